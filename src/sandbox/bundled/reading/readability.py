"""How hard a text is to read, by the length of its sentences and words."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sandbox.bundled.reading.wording import sentences
from sandbox.contracts.late import late_pattern

_WORD = late_pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,/]*")
_VOWELS = late_pattern(r"[aeiouyáéíóúüàèêëïîôöâäå]+")
_SILENT = late_pattern(r"(?:[^laeiouy]|[aeiouy]l)es?$|[^dt]ed$|[^aeiouyl]ely$")

_GRADE_BY_LEXILE = ((620.0, 2.5), (875.0, 4.5), (1055.0, 7.0), (1192.5, 9.5), (1285.0, 11.5))
"""The middles of the Common Core's Lexile bands, and of the grades that they stand for."""


@dataclass(frozen=True, slots=True)
class Ease:
    """How hard a text is to read."""

    n_words: int
    flesch_kincaid: float
    grade: float
    """The school grade in whose band the text lies."""
    hardest_sentence: str


def count_words(text: str) -> int:
    """How many words a text has, without reading it any closer."""
    return len(_WORD.findall(text))


def read_ease(text: str) -> Ease:
    """How hard a text is to read; of a text without words, nothing but that can be said."""
    counted = [
        (len(words), sum(map(count_syllables, words)), sentence)
        for sentence in sentences(text)
        if (words := _WORD.findall(sentence))
    ]
    if not counted:
        return Ease(0, 0, 0, "")
    n_words = sum(n for n, _, _ in counted)
    flesch_kincaid = _flesch_kincaid(len(counted), n_words, sum(n for _, n, _ in counted))
    *_, hardest = max(counted, key=lambda sentence: _flesch_kincaid(1, sentence[0], sentence[1]))
    return Ease(n_words, flesch_kincaid, school_grade(flesch_kincaid), hardest)


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
