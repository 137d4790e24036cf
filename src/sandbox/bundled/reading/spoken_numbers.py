"""Finding where a number stands as a word: seven, twenty-four."""

import re
from collections.abc import Iterator

from sandbox.bundled.reading.exact_numbers import Number
from sandbox.bundled.reading.number_words import TENS, VALUES
from sandbox.contracts.late import late_pattern

_ONES = "|".join(word for word, value in VALUES.items() if 2 <= value <= 9)
_TEENS = "|".join(word for word, value in VALUES.items() if 10 <= value <= 19)
_WHOLE_TENS = "|".join(TENS)
_WORDS = late_pattern(
    rf"\b(?:(?P<tens>{_WHOLE_TENS})(?:[-‑ ](?P<ones>one|{_ONES}))?|(?P<small>{_ONES}|{_TEENS}))"
    r"\b(?![-‑’'])",
    re.IGNORECASE,
)


def spoken_numbers_in(text: str) -> Iterator[Number]:
    """The numbers from two to ninety-nine that stand as words; 'one' alone is seldom meant as a number."""
    for found in _WORDS.finditer(text):
        words = [word.casefold() for word in found.group("tens", "ones", "small") if word]
        yield Number(sum(VALUES[word] for word in words), *found.span())
