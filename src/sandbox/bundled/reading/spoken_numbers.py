"""Finding where a number stands as a word: seven, twenty-four."""

import re
from collections.abc import Iterator

from sandbox.bundled.reading.exact_numbers import Number
from sandbox.contracts.late import late_pattern

_ONES = "two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_VALUES = {"one": 1}
_VALUES |= {word: value for value, word in enumerate(f"{_ONES}|{_TEENS}".split("|"), 2)}
_VALUES |= {word: 10 * value for value, word in enumerate(_TENS.split("|"), 2)}
_WORDS = late_pattern(
    rf"\b(?:(?P<tens>{_TENS})(?:[-‑ ](?P<ones>one|{_ONES}))?|(?P<small>{_ONES}|{_TEENS}))\b(?![-‑’'])",
    re.IGNORECASE,
)


def spoken_numbers_in(text: str) -> Iterator[Number]:
    """The numbers from two to ninety-nine that stand as words; 'one' alone is seldom meant as a number."""
    for found in _WORDS.finditer(text):
        words = [word.casefold() for word in found.group("tens", "ones", "small") if word]
        yield Number(sum(_VALUES[word] for word in words), *found.span())
