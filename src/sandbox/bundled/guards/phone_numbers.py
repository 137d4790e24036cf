"""Phone numbers of North America and the world, told apart from sums, lists, years and book numbers."""

import re
from collections.abc import Iterator

from sandbox.bundled.guards.identity_numbers import Place

_EXTENSION = r"(?:,?\s*(?:extension|ext\.?|x|\#)\s*\d{1,6})?"
_AFTER = rf"{_EXTENSION}(?!\w|[-.,/]\d)"
_WITH_AREA = re.compile(
    rf"""(?<![\w.])(?<!\d[-/,])
    (?:(?:\+|00)?1[-. ]?)?
    (?:\(\d{{3}}\)[-. ]{{0,3}}\d{{3}}[-. ]{{0,3}}\d{{4}}
        |\d{{3}}(?P<gap>[-.])\d{{3}}(?P=gap)\d{{4}}
        |\d{{3}}[ /]\d{{3}}[-.]\d{{4}}){_AFTER}""",
    re.VERBOSE,
)
_INTERNATIONAL = re.compile(rf"(?<![\w+.])\+[1-9]\d{{0,3}}(?:[-. ]{{0,2}}\(?\d{{1,8}}\)?){{1,6}}{_AFTER}")
_LEADING_ZERO = re.compile(
    rf"(?<![\w.])(?<!\d[-/., ])(?!\d{{3}}-\d\d-)(?:\(0\d{{1,4}}\)|0\d{{2,4}})[-/. ]\d{{2,4}}"
    rf"(?:[-. ]?\d{{2,4}}){{1,2}}{_AFTER}"
)
_SPACED = re.compile(rf"(?<![\w.])(?<!\d[-/., ])[2-9]\d\d [2-9]\d\d \d{{4}}(?! \d){_AFTER}")
_FICTIONAL = re.compile(rf"(?<![\w.])(?<!\d[-/., ])[2-9]\d\d-0\d{{3}}{_AFTER}")
_DEVICE = (
    r"(?:phone|telephone|tel[eé]fono|t[eé]l[eé]phone|telefone?|tel|cell|cellphone|mobile|m[oó]vil|celular|fax"
    r"|whatsapp|hotline)s?"
)
_CALL = r"(?:call|text|ring|dial|reach|phone)(?:ed|ing)?"
_AFTER_CUE = re.compile(
    rf"""(?:\b{_DEVICE}\b|\bmy\s+number
        |\b{_CALL}\s+(?:me|us|him|her|them|home|mom|mum|dad|(?:my|the|our)\s\w+)
        |\b{_CALL}(?:\s+\S+)?(?=\s+(?:at|on)\b)|\b{_CALL}(?=\s+\d+[-. ]\d))
    (?:\s+(?:number|no\b\.?|\#))?(?:[\s:.\#=-]|\b(?:is|was|at|on|now)\b)*
    (?P<value>[+(]?\d(?:\)?[-./ ]{{0,2}}\(?\d){{6,14}}){_AFTER}""",
    re.IGNORECASE | re.VERBOSE,
)
_CUE_NEAR = re.compile(rf"\b(?:{_DEVICE}|{_CALL})\b", re.IGNORECASE)
_SIGN_BEFORE = re.compile(r"(?:[=×÷^$€£]|\d\s*[+*])\s*$")
_SIGN_AFTER = re.compile(r"\s*(?:[=×÷^%]|\*\s*\d)")
_VARIABLE_BEFORE = re.compile(r"(?:^|[^\w])[A-Za-z]\s*$|[\d)]\s*$")
_BOOK_NUMBER_BEFORE = re.compile(r"\b(?:isbn|issn|doi)[\s:-]*(?:1[03][\s:]*)?$", re.IGNORECASE)


def phone_numbers(text: str, start: int, end: int) -> Iterator[Place]:
    """Every phone number between two places of the text."""
    yield from (match.span("value") for match in _AFTER_CUE.finditer(text, start, end))
    for pattern in (_WITH_AREA, _LEADING_ZERO, _FICTIONAL):
        yield from (
            match.span() for match in pattern.finditer(text, start, end) if not _is_sum_or_book(text, match)
        )
    for match in _SPACED.finditer(text, start, end):
        has_cue = _CUE_NEAR.search(text, max(0, match.start() - 60), match.start())
        if has_cue and not _is_sum_or_book(text, match):
            yield match.span()
    for match in _INTERNATIONAL.finditer(text, start, end):
        if _is_international(text, match) and not _is_sum_or_book(text, match):
            yield match.span()


def _is_international(text: str, match: re.Match[str]) -> bool:
    """Whether there are digits enough, and the plus sign adds nothing."""
    digits = sum(character.isdigit() for character in match[0])
    is_added = _VARIABLE_BEFORE.search(text, max(0, match.start() - 12), match.start())
    return digits >= 8 and not is_added


def _is_sum_or_book(text: str, match: re.Match[str]) -> bool:
    """Whether the number is part of arithmetic or names a book."""
    before = max(0, match.start() - 12)
    return bool(
        _SIGN_AFTER.match(text, match.end())
        or _SIGN_BEFORE.search(text, before, match.start())
        or _BOOK_NUMBER_BEFORE.search(text, before, match.start())
    )
