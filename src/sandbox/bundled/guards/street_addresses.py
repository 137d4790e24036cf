"""Street addresses of the United States: a number, a name, and the kind of street."""

import re
from collections.abc import Iterator

from sandbox.bundled.guards.identity_numbers import Place
from sandbox.contracts.redaction import PLACEHOLDER

_NUMBER = r"\d(?<![\w.,$]\d)\d{0,5}[A-Za-z]?"
_DIRECTION = r"(?:[ \t]+(?:[NSEW]\b\.?|North|South|East|West))?"
_NAME = rf"(?:[A-Z][\w'.-]*|{PLACEHOLDER}|\d{{1,3}}(?:st|nd|rd|th))"
_UNIT = r"(?:,?\s+(?:(?:apartment|apt|unit|suite|ste)\b\.?\s*#?\w{1,5}|\#\s?\w{1,5}))?"
_TOWN = r"(?:(?:,?\s+[A-Z][a-z]+(?:\s[A-Z][a-z]+){0,2})?(?:,?\s+[A-Z]{2}\b)?,?\s+\d{5}(?:-\d{4})?\b)?"
_CLEAR_STREET = (
    r"(?:Street|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Parkway|Pkwy|Highway|Hwy)\b\.?"
    r"|(?:Drive|Court|Terrace|Place|Way|Circle|Trail|St|Dr|Ct|Pl|Cir|Ter|Trl)\b\.?"
    r"(?=\s*(?:[,;)\n]|\Z|(?:Apt|Apartment|Unit|Suite)\b|\#))"
)
_ANY_STREET = (
    r"(?:street|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|st|terrace|parkway|highway|way"
    r"|place|pl|circle|square|row|loop|trail|path|plaza|alley|crossing)\b"
)
_NO_NAME = (
    r"(?:a|an|and|at|away|blocks?|by|days?|down|feet|from|hours?|houses?|in|kilometers?|km|meters?|miles?"
    r"|minutes?|of|on|people|the|times|to|up|weeks?|years?)\b"
)
_LETTERS = re.compile("[a-z]+")
_STREETS = {word for word in _LETTERS.findall((_CLEAR_STREET + _ANY_STREET).lower()) if len(word) > 1}
"""Without one of these words there is no street: a quick look that spares most texts the slow one."""
_ADDRESS = re.compile(
    rf"{_NUMBER}{_DIRECTION}(?:[ \t]+{_NAME}){{1,4}}?[ \t]+(?:{_CLEAR_STREET})(?i:{_UNIT}){_TOWN}"
)
_LOOSE_ADDRESS = re.compile(
    rf"{_NUMBER}{_DIRECTION}(?i:(?:[ \t]+(?!{_NO_NAME})(?:[\w'.-]+|{PLACEHOLDER})){{1,4}}?"
    rf"[ \t]+{_ANY_STREET}{_UNIT})"
)
_POST_BOX = re.compile(rf"\b[Pp]\.?[ ]?[Oo]\.?[ ]Box[ ]\d+\b{_TOWN}")
_HOME_BEFORE = re.compile(
    r"\b(?:live[sd]?|living|address|house|home|moved|stay(?:s|ing)?)\b[^.!?\n\d]{0,30}$", re.IGNORECASE
)
_YEAR = re.compile(r"(?:1\d|20)\d\d\b")
_YEAR_BEFORE = re.compile(r"\b(?:in|since|by|of|during|from|until|after|before)\s+$", re.IGNORECASE)


def street_addresses(text: str) -> Iterator[Place]:
    """Every street address in the text; streets in small letters need a word such as 'live' before them."""
    if "Box" in text:
        yield from (match.span() for match in _POST_BOX.finditer(text))
    if _STREETS.isdisjoint(_LETTERS.findall(text.casefold())):
        return
    for match in _ADDRESS.finditer(text):
        if not (
            _YEAR.match(match[0]) and _YEAR_BEFORE.search(text, max(0, match.start() - 10), match.start())
        ):
            yield match.span()
    for match in _LOOSE_ADDRESS.finditer(text):
        if _HOME_BEFORE.search(text, max(0, match.start() - 40), match.start()):
            yield match.span()
