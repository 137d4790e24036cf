"""Numbers that are written out in English words: seven, twenty-five, three hundred, half."""

from collections.abc import Mapping
from fractions import Fraction

from sandbox.bundled.reading.exact_numbers import Exact
from sandbox.bundled.reading.wording import fold
from sandbox.contracts.late import late_pattern

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS = {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}
VALUES = {word: value for value, word in enumerate(_SMALL.split())} | TENS
"""What each word for a number below a hundred stands for."""
_TIMES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_PARTS: Mapping[str, Exact] = {
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "fourth": Fraction(1, 4),
    "dozen": 12,
}
_WORD = late_pattern(r"[a-z]+|\d[\d,]*(?:\.\d+)?|[^\sa-z\d-]")


def written_out_numbers(text: str) -> frozenset[Exact]:
    """The numbers that a text says in words, alone or behind digits: 3 million, two thirds."""
    found: set[Exact] = set()
    total: Exact | None = None
    for word in _WORD.findall(fold(text)):
        part = word if word in _PARTS else word.removesuffix("s")
        if part in _PARTS:
            found.update({_PARTS[part], (total or 1) * _PARTS[part]})
            total = None
        elif word in VALUES:
            is_unit = VALUES[word] < 10 and total is not None and total >= 20 and total % 10 == 0
            if total is not None and not is_unit and not (total >= 100 and total % 100 == 0):
                found.add(total)
                total = None
            total = (total or 0) + VALUES[word]
        elif word in _TIMES or word.removesuffix("s") in _TIMES:
            total = (total or 1) * _TIMES.get(word, _TIMES.get(word.removesuffix("s"), 1))
        elif word[0].isdecimal() and word.isascii():
            if total is not None:
                found.add(total)
            total = Fraction(word.replace(",", "")) if len(word) < 16 else None
        elif word != "and" and total is not None:
            found.add(total)
            total = None
    if total is not None:
        found.add(total)
    return frozenset(found)
