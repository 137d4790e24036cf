"""Telling whether a text is in another language than it should be."""

from functools import lru_cache

import pycld2  # type: ignore[import-untyped]  # it ships no types

_ENOUGH_BYTES = 200
_ENOUGH_PERCENT = 80


@lru_cache(maxsize=16)  # parsing and checks ask about one text after the other
def other_language(text: str, *, expected: str) -> str:
    """The name of the language that a text is in, if it is surely not the expected one; else empty.

    `expected` is a code such as `en` or `es-MX`. Short, mixed and undecided texts get the benefit of the
    doubt. Compact Language Detector 2 decides (Sites 2013).
    """
    is_plain = text.replace("\n", " ").isprintable()
    is_reliable, size, found = pycld2.detect(
        text if is_plain else _plain(text), isPlainText=True, bestEffort=False
    )
    name, code, percent, _ = found[0]
    is_sure = is_reliable and size >= _ENOUGH_BYTES and percent >= _ENOUGH_PERCENT
    same = code.partition("-")[0] == expected.lower().partition("-")[0]
    return "" if same or not is_sure or code == "un" else str(name).title()


def _plain(text: str) -> str:
    """The text without control characters and the like, on some of which the detector gives up."""
    return "".join(" " if each.isspace() else each for each in text if each.isprintable() or each.isspace())
