"""Check: what students and families are told is not too hard for them to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from sandbox.bundled.artifacts.family_message import FamilyMessage
from sandbox.bundled.artifacts.tutor_turn import TutorTurn
from sandbox.bundled.reading.passages import family_passages, student_passages
from sandbox.bundled.reading.readability import Ease, count_words, read_ease
from sandbox.bundled.reading.wording import is_english
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.domain.audience import GRADES
from sandbox.domain.finding import Evidence
from sandbox.domain.passages import Passage
from sandbox.pipeline.language import other_language

_ENOUGH_WORDS = 75
_ENOUGH_WORDS_OF_A_TURN = 20
_WARN_ABOVE = 2
_FAIL_ABOVE = 4
_WARN_ABOVE_IN_A_TURN = 6
"""Measured on 2,896 published excerpts: of 30 words, 7 in 100 look so much harder than the whole."""
_FOR_FAMILIES = 6
"""Two grades above are fine: grade 8, as plain language asks."""
_READ_ALOUD = frozenset({"K", "1"})


@dataclass(frozen=True, slots=True)
class _Reading:
    """What somebody is to read, and how hard it may be."""

    text: str
    reader: str
    grade: int
    is_turn: bool = False

    @classmethod
    def of(cls, subject: Subject) -> Self:
        if isinstance(subject.answer, FamilyMessage):
            text = _joined(family_passages(subject.answer))
            return cls(text, f"families should not need more than grade {_FOR_FAMILIES + 2}", _FOR_FAMILIES)
        text, grade = _joined(student_passages(subject)), subject.audience.grade
        is_turn = isinstance(subject.answer, TutorTurn) and count_words(text) < _ENOUGH_WORDS
        return cls(text, f"the student is in grade {grade}", GRADES.index(grade or "K"), is_turn)

    def judge(self, ease: Ease) -> Judgement:
        level = f"grade {ease.grade:.0f}" if ease.grade < len(GRADES) else "college"
        reason = f"It reads like {level} (Flesch-Kincaid {ease.flesch_kincaid:.1f}); {self.reader}."
        hardest = Evidence(quote=ease.hardest_sentence[:300], where="the hardest sentence")
        above = ease.grade - self.grade
        if self.is_turn:
            return warned(reason, hardest) if above > _WARN_ABOVE_IN_A_TURN else passed(reason)
        if above > _FAIL_ABOVE:
            return failed(reason, hardest)
        return warned(reason, hardest) if above > _WARN_ABOVE else passed(reason)


def _run(subject: Subject) -> Judgement:
    reading = _Reading.of(subject)
    if reason := _cannot_judge(subject, reading):
        return not_applicable(reason)
    return reading.judge(read_ease(reading.text))


def _joined(passages: Iterable[Passage]) -> str:
    return "\n\n".join(passage.text for passage in passages)


def _cannot_judge(subject: Subject, reading: _Reading) -> str:
    """Why nothing can be said of how hard the text is; empty if something can."""
    if not isinstance(subject.answer, FamilyMessage):
        if subject.audience.grade is None:
            return "The grade is not known."
        if subject.audience.grade in _READ_ALOUD:
            return "In kindergarten and grade 1, what is written to students is read aloud."
    if not is_english(subject):
        return "The formula is made for English, and this is in another language."
    enough = _ENOUGH_WORDS_OF_A_TURN if reading.is_turn else _ENOUGH_WORDS
    if (n_words := count_words(reading.text)) < enough:
        return f"The formula needs {enough} words to be trusted; here are {n_words}."
    name = other_language(reading.text, expected="en")
    return f"The formula is made for English, and this is {name}." if name else ""


CHECK = Check(
    name="reading_level_fits",
    version="1.0.1",
    title="Easy enough to read",
    why="Feedback that the student cannot read is no feedback, and the same holds for a family's letter.",
    how=(
        "Sentence length and syllables give the Flesch-Kincaid grade; the Lexile bands of the Common Core "
        f"turn it into a school grade. More than {_WARN_ABOVE} grades above the student's is a warning, "
        f"more than {_FAIL_ABOVE} fails. For a message to families, grade {_FOR_FAMILIES} stands in that "
        f"place. Easy is never a fault. Under {_ENOUGH_WORDS} words nothing is said, save of a tutor's "
        f"turn: from {_ENOUGH_WORDS_OF_A_TURN} words on, more than {_WARN_ABOVE_IN_A_TURN} grades above "
        "the student's is a warning."
    ),
    mend="Name the grade in the prompt, and ask for short sentences and the words of that grade.",
    source=(
        "Kincaid and others (1975), the Flesch-Kincaid grade; Common Core State Standards, Appendix A, "
        "for the bands."
    ),
    run=_run,
    is_quick=True,
    artifacts=("feedback", "family_message", "tutor_turn"),
    needs_artifact=False,
    limits=(
        "It counts syllables and words, and knows nothing of meaning, layout or what the student knows "
        "already. English only."
    ),
)
