"""Reading numbers as exact fractions: 1,250 · 0.75 · 75% · 3/4 · ¾ · 2 1/2 · fractions in LaTeX."""

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from sandbox.contracts.late import late_pattern

Exact = int | Fraction
"""A whole number stays an int: sums of those cost a tenth."""

NUMBER = (
    r"(?<!\d)(?<!\d[.,:])(?:"
    r"\\[dt]?frac\{\d{1,9}\}\{\d{1,9}\}"
    r"|(?:\d{1,9}\x20?)?[¼-¾⅐-⅞]"
    r"|(?:\d{1,9}[\x20\u00a0])?\d{1,9}[/⁄]\d{1,9}(?!\d|[/⁄.,:^²³]\d)"
    r"|\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3}){1,4}(?:\.\d{1,12})?(?!\d|[.,:]\d)"
    r"|\d{0,15}\.\d{1,12}(?!\d|[.,:]\d)"
    r"|\d{1,15}(?!\d|[.,:]\d)"
    r")"
)
"""A pattern for one number; what is murky, such as 3,5 or 10:30 or 1.2.3, is no number."""

_LATEX = late_pattern(r"\\[dt]?frac\{(\d+)\}\{(\d+)\}")
_SLASHED = late_pattern(r"(?:(\d+)\s)?(\d+)[/⁄](\d+)")
_GLUED_UNITS = r"(?:mm|cm|km|kg|mg|ml|lbs?|min|hrs?|ft|in|oz|[glhm])(?![a-zA-Z])"
_STANDING = late_pattern(
    rf"(?<!\w)(?<!\d[.,:/⁄^])(?P<sign>[-−](?=[\d.]))?(?P<number>{NUMBER})"
    rf"(?P<percent>\s?\\?%|\spercent\b)?(?:(?={_GLUED_UNITS})|(?![\w^²³]))"
)
_BEGINNING = late_pattern(r"[\d¼-¾⅐-⅞.\\−-]")
"""What a match of `_STANDING` begins with."""


class Number(NamedTuple):
    """A number that stands in a text."""

    value: Exact
    start: int
    end: int
    decimals: int = 0
    """Digits after the point, as shown."""
    is_plain: bool = True
    """Whether it is written without a fraction bar."""
    is_percent: bool = False

    def equals(self, other: "Number") -> bool:
        """Whether both name one amount: 75% is 0.75, and is 75 of a hundred."""
        if self.is_percent or other.is_percent:
            return not self.amounts.isdisjoint(other.amounts)
        return self.value == other.value

    @property
    def amounts(self) -> frozenset[Exact]:
        """What it may be meant as."""
        return frozenset({self.value, Fraction(self.value, 100)} if self.is_percent else {self.value})


def read_number(text: str, start: int = 0) -> Number | None:
    """The number that a match of `NUMBER` holds; None if it divides by nothing."""
    end = start + len(text)
    if text.isascii() and text.isdigit():  # most numbers are no more than that
        return Number(int(text), start, end)
    if (slashed := _LATEX.fullmatch(text) or _SLASHED.fullmatch(text)) is not None:
        *whole, top, bottom = slashed.groups()
        if int(bottom) == 0:
            return None
        value: Exact = Fraction(int(top), int(bottom)) + int(whole[0] or 0 if whole else 0)
        return Number(value, start, end, is_plain=False)
    if not text[-1].isdecimal():
        vulgar = Fraction(unicodedata.numeric(text[-1])).limit_denominator(10)
        return Number(vulgar + int(text[:-1].strip() or 0), start, end, is_plain=False)
    whole_digits, _, decimals = re.sub(r"[,\u00a0\u202f\u2009]", "", text).partition(".")
    digits = int(whole_digits + decimals)
    value = Fraction(digits, 10 ** len(decimals)) if decimals else digits
    return Number(value, start, end, decimals=len(decimals))


@lru_cache(maxsize=64)  # one text is asked about several times
def numbers_in(text: str) -> tuple[Number, ...]:
    """The numbers that stand by themselves in a text, signs and percent signs included."""
    numbers: list[Number] = []
    for found in _standing(text):
        sign, digits, percent = found.group("sign", "number", "percent")
        number = read_number(digits, found.start("number"))
        if number is not None and (sign or percent):
            value = -number.value if sign else number.value
            start, end = found.span()
            number = number._replace(value=value, start=start, end=end, is_percent=bool(percent))
        if number is not None:
            numbers.append(number)
    return tuple(numbers)


def _standing(text: str) -> Iterator[re.Match[str]]:
    """Every match of `_STANDING`, which is only tried where one can begin: that is few places."""
    at = 0
    while beginning := _BEGINNING.search(text, at):
        found = _STANDING.match(text, beginning.start())
        if found:
            yield found
        at = (found or beginning).end()
