"""Telling work in which a student tried nothing from work that holds an answer."""

from sandbox.bundled.reading.wording import fold
from sandbox.contracts.check import Subject
from sandbox.contracts.late import late_pattern

_GAVE_UP = late_pattern(
    r"\b(?:idk|dunno|no idea|no clue|i (?:do ?n[o']?t|don'?t|can ?not|can'?t) (?:really )?"
    r"(?:know|get (?:it|this)|understand|do (?:it|this)|remember)|nothing|no answer|skip(?:ped)?)\b"
)
_MOST_WORDS = 14
_WORD = late_pattern(r"\w")


def is_unanswered(subject: Subject) -> bool:
    """Whether the case has work that is empty, or says in a few words that the student does not know."""
    if "student_work" not in subject.case.inputs:
        return False
    folded = fold(subject.input_text("student_work"))
    if not _WORD.search(folded):
        return True
    return len(folded.split()) <= _MOST_WORDS and _GAVE_UP.search(folded) is not None
