"""Dates of birth: a date after a word for birth, unless the year belongs to history."""

import re
from collections.abc import Iterator

from sandbox.bundled.guards.identity_numbers import Place

_WORDS = ("birth", "born", "dob", "d.o.b", "nac")
_FIRST_YEAR_OF_PEOPLE = 1920
"""A date of birth in so many words counts from here on: it may be a teacher's or a parent's."""
_FIRST_YEAR_OF_PUPILS = 2000
"""'Born' alone counts from here on: before that, it is somebody whom the lesson is about."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    r"|septiembre|octubre|noviembre|diciembre)\b\.?"
)
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_DATE = (
    r"(?:[0-3]?\d(?P<gap>[-/.])[0-3]?\d(?P=gap)(?P<year>\d{4}|\d\d)"
    r"|(?P<year_first>\d{4})[-/.][01]?\d[-/.][0-3]?\d"
    rf"|(?:{_MONTH}\s+{_DAY}|{_DAY}\s+(?:(?:of|de)\s+)?{_MONTH})(?:,?\s+(?:del?\s+)?(?P<year_last>\d{{4}}))?)"
    r"(?!\w)"
)
_BIRTH = re.compile(
    rf"""(?:(?P<plain>\bd\.?o\.?b\b\.?|\bdates?\s+of\s+birth|\bbirth\s?dates?|\bfecha\s+de\s+nacimiento
            |\b(?:my|his|her|their|your|our)\s+(?:\w+'s\s+)?birthday|\]'s\s+birthday
            |\w's\s+birthday(?=\s+is\b|:)|\bi\s+was\s+born)
        |\bborn|\bbirthday|\bnacid[oa]|\bnac[ií][oó]?)\b
    (?:\s+in\s+[^.\n\d]{{1,40}}?(?=\s+on\b))?
    (?:[\s:=,|-]|\b(?:is|was|on|the|el)\b|\b(?:sun|mon|tues|wednes|thurs|fri|satur)day\b)*
    (?P<date>{_DATE})""",
    re.IGNORECASE | re.VERBOSE,
)


def birth_dates(text: str) -> Iterator[Place]:
    """Every date of birth in the text."""
    lower = text.casefold()
    for word in _WORDS:
        place = lower.find(word)
        while place >= 0:
            for match in _BIRTH.finditer(text, max(0, place - 40), place + 130):
                if _is_of_somebody_now(match):
                    yield match.span("date")
            place = lower.find(word, place + 1)


def _is_of_somebody_now(match: re.Match[str]) -> bool:
    year = match["year"] or match["year_first"] or match["year_last"]
    if year is None:
        return match["plain"] is not None
    first_year = _FIRST_YEAR_OF_PEOPLE if match["plain"] else _FIRST_YEAR_OF_PUPILS
    return len(year) == 2 or int(year) >= first_year
