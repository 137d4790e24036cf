"""The guard that keeps contacts, id numbers, street addresses and dates of birth from leaving.

It knows them by their form, their check digits, or the words before them, and leaves sums, scores, years,
book numbers and dates in history alone. Names are the roster guard's work.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from sandbox.bundled.guards.birth_dates import birth_dates
from sandbox.bundled.guards.folding import fold
from sandbox.bundled.guards.identity_numbers import Place, identity_numbers, school_numbers
from sandbox.bundled.guards.kinds import WORDS, Kind
from sandbox.bundled.guards.phone_numbers import phone_numbers
from sandbox.bundled.guards.street_addresses import street_addresses
from sandbox.contracts.guard import GuardDecision, GuardSpec, Outgoing
from sandbox.contracts.redaction import PLACEHOLDER, Stretch, redact

_EMAIL = re.compile(
    rf"(?<![\w.+%-])(?:{PLACEHOLDER}|[\w.+%-])(?:{PLACEHOLDER}|[\w.+%'-])*"
    rf"@(?:(?:{PLACEHOLDER}|[\w-])+\.)+[^\W\d_]{{2,24}}(?!\w)"
)
_DIGIT = re.compile(r"\d")
_LONG_NUMBER = re.compile(r"\d(?:[-+(). /A-Z]{0,4}\d){5,}")
_DIGITS = 6
"""So many at least are in a long number."""


class PersonalDataGuard:
    """Gives every piece of personal data a placeholder that says what kind it is."""

    def inspect(self, outgoing: Outgoing) -> GuardDecision:
        """Take personal data out of the texts."""
        return redact(
            outgoing.texts, _personal_data_in, words=WORDS, clean="No contact or id was recognised."
        )


GUARD = GuardSpec(
    name="personal_data",
    version="1.0.0",
    summary="Keeps e-mail and street addresses, phone and id numbers, and dates of birth from leaving.",
    guard=PersonalDataGuard(),
)


@lru_cache(maxsize=64)  # the words of the prompt are the same in every request
def _personal_data_in(text: str) -> tuple[Stretch, ...]:
    folded = fold(text)
    stretches: list[Stretch] = []
    end_of_last = 0
    found = sorted(_places(folded.text), key=lambda found: (found[1][0], -found[1][1]))
    for kind, (start, end) in found:
        if start >= end_of_last:
            value = re.sub(r"[\W_]", "", folded.text[start:end].casefold())
            stretches.append(Stretch(*folded.original_span(start, end), kind, value))
            end_of_last = end
    return tuple(stretches)


def _places(text: str) -> Iterator[tuple[Kind, Place]]:
    """What may be personal data, and where. The cheap questions come first: most texts hold none of it."""
    if "@" in text:
        yield from ((Kind.EMAIL, match.span()) for match in _EMAIL.finditer(text))
    if not _DIGIT.search(text):
        return
    for start, end in _around_long_numbers(text):
        yield from ((Kind.ID, place) for place in identity_numbers(text, start, end))
        yield from ((Kind.PHONE, place) for place in phone_numbers(text, start, end))
    yield from ((Kind.ID, place) for place in school_numbers(text))
    yield from ((Kind.ADDRESS, place) for place in street_addresses(text))
    yield from ((Kind.BIRTH_DATE, place) for place in birth_dates(text))


def _around_long_numbers(text: str) -> list[Place]:
    """The parts of the text with long numbers and what may tell their meaning: most texts have none."""
    parts: list[Place] = []
    for match in _LONG_NUMBER.finditer(text):
        start, end = match.span()
        if end - start == _DIGITS and not text[end : end + 1].isupper():
            continue  # so short and in one piece, only one of British national insurance counts: AB123456C
        start, end = max(0, start - 80), end + 50
        if parts and start <= parts[-1][1]:
            start = parts.pop()[0]
        parts.append((start, end))
    return parts
