"""How hard a text is to read, by the length of its sentences and words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

from sandbox.bundled.reading.everyday_words import is_everyday
from sandbox.bundled.reading.wording import sentences
from sandbox.contracts.late import late_pattern

_WORD = late_pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,/]*")
_VOWELS = late_pattern(r"[aeiouyáéíóúüàèêëïîôöâäå]+")
_SILENT = late_pattern(r"(?:[^laeiouy]|[aeiouy]l)es?$|[^dt]ed$|[^aeiouyl]ely$")

_GRADE_BY_LEXILE = ((620.0, 2.5), (875.0, 4.5), (1055.0, 7.0), (1192.5, 9.5), (1285.0, 11.5))
"""The middles of the Common Core's Lexile bands, and of the grades that they stand for."""
_WEIGHT_OF_RARE_WORDS = 5
"""Twenty rare words in a hundred weigh about as much as sentences that are nearly three times as long.

A round number, not fitted on anything.
"""


@dataclass(frozen=True, slots=True)
class Ease:
    """How hard a text is to read."""

    n_words: int
    flesch_kincaid: float
    grade: float
    """The school grade in whose band the text lies."""
    hardest_sentence: str
    rare_share: float = 0
    """The share of words that are none of every day."""
    difficulty: float = 0
    """Longer sentences and rarer words together, to put texts in order; it is no grade."""


def count_words(text: str) -> int:
    """How many words a text has, without reading it any closer."""
    return len(_WORD.findall(text))


def read_ease(text: str, *, explained: Iterable[str] = ()) -> Ease:
    """How hard a text is to read; of a text without words, nothing but that can be said.

    Words that are `explained` beside the text count as short ones, whatever -s hangs on them.
    """
    easy = {word.casefold() for term in explained for word in _WORD.findall(term)}
    easy |= {f"{word}s" for word in easy} | {f"{word}es" for word in easy}
    counted = [
        (
            len(words),
            sum(1 if word.casefold() in easy else count_syllables(word) for word in words),
            sentence,
        )
        for sentence in sentences(text)
        if (words := _WORD.findall(sentence))
    ]
    if not counted:
        return Ease(0, 0, 0, "")
    n_words = sum(n for n, _, _ in counted)
    flesch_kincaid = _flesch_kincaid(len(counted), n_words, sum(n for _, n, _ in counted))
    *_, hardest = max(counted, key=lambda sentence: _flesch_kincaid(1, sentence[0], sentence[1]))
    n_rare = sum(
        word.casefold() not in easy and not is_everyday(word)
        for *_, sentence in counted
        for word in _WORD.findall(sentence)
    )
    rare_share = n_rare / n_words
    difficulty = log(n_words / len(counted)) + _WEIGHT_OF_RARE_WORDS * rare_share
    grade = school_grade(flesch_kincaid)
    return Ease(n_words, flesch_kincaid, grade, hardest, rare_share, difficulty)


def _flesch_kincaid(n_sentences: int, n_words: int, n_syllables: int) -> float:
    return 0.39 * n_words / n_sentences + 11.8 * n_syllables / n_words - 15.59


@lru_cache(maxsize=4096)
def count_syllables(word: str) -> int:
    """About how many syllables an English word has; at least one."""
    plain = word.lower()
    count = len(_VOWELS.findall(plain))
    if count > 1 and _SILENT.search(plain):
        count -= 1
    return max(count, 1)


def school_grade(flesch_kincaid: float) -> float:
    """The school grade that a Flesch-Kincaid grade stands for, by way of the Lexile scale.

    The line was fitted on published excerpts: Flesch-Kincaid alone calls school texts too hard.
    """
    lexile = 559 + 49 * flesch_kincaid
    grade = 0.0
    for (low, low_grade), (high, high_grade) in pairwise(_GRADE_BY_LEXILE):
        grade = low_grade + (lexile - low) * (high_grade - low_grade) / (high - low)
        if lexile <= high:
            break
    return grade
