"""Check: what is to be mended is shown in the work."""

from collections.abc import Sequence

from sandbox.bundled.artifacts.feedback import Feedback, NextStep
from sandbox.bundled.artifacts.tutor_turn import ErrorType, TutorTurn
from sandbox.bundled.reading.passages import known_to_the_student, words_of_the_student
from sandbox.bundled.reading.placeholders import is_placeholder
from sandbox.bundled.reading.places import Work
from sandbox.bundled.reading.wording import fold
from sandbox.contracts.check import Check, Judgement, Subject, not_applicable, passed, warned
from sandbox.domain.finding import Evidence

_SHORTEST_WORK = 4
"""Words; in less there is nothing to point at."""
_LONG_WORK = 25
_MOST_OF_THE_WORK = 0.6
_NOTHING_TO_LOCATE = frozenset({ErrorType.NONE, ErrorType.GUESS, ErrorType.UNKNOWN})


def _run(subject: Subject) -> Judgement:
    work = words_of_the_student(subject)
    if len(work.split()) < _SHORTEST_WORK:
        return not_applicable("The case has no work, or too little, to point at.")
    match subject.answer:
        case Feedback() as feedback:
            nowhere = _steps_without_a_place(feedback.next_steps, work)
        case TutorTurn() as turn:
            if turn.error_type in _NOTHING_TO_LOCATE:
                return not_applicable("The turn is about no mistake in particular.")
            nowhere = _without_a_place(turn.tutor_says, "tutor_says", subject)
        case str() as text if text.strip():
            nowhere = _without_a_place(text, "", subject)
        case _:
            return not_applicable("It looks at what a student is told about a mistake only.")
    if nowhere:
        return warned("It does not show which place in the work is meant.", *nowhere)
    return passed("It shows which place in the work is meant.")


def _steps_without_a_place(steps: Sequence[NextStep], text: str) -> list[Evidence]:
    work = Work(text)
    return [
        Evidence(quote=step.quote, where=f"next_steps[{i}].quote")
        for i, step in enumerate(steps)
        if not (_is_a_place(step.quote, text) or work.is_pointed_at(f"{step.what}\n{step.how}"))
    ]


def _is_a_place(quote: str, work: str) -> bool:
    """Whether a quote shows one place, and not nothing or nearly all."""
    if is_placeholder(fold(quote)):
        return False
    n_work = len(work.split())
    return n_work < _LONG_WORK or len(quote.split()) <= _MOST_OF_THE_WORK * n_work


def _without_a_place(text: str, where: str, subject: Subject) -> list[Evidence]:
    if Work(known_to_the_student(subject)).is_pointed_at(text):
        return []
    return [Evidence(quote=text, where=where)]


CHECK = Check(
    name="mistake_is_located",
    version="1.0.0",
    title="Shows the place that is meant",
    why="'There is a mistake' sends a student hunting; the place lets them think about the mistake.",
    how=(
        "The quote of each next step has to show one place: not nothing, and not nearly all of a longer "
        "work. A tutor's turn, or a text, has to quote the work, or name one of its numbers, two of its "
        "words, or a line, a step, a sentence. It never fails, it only warns."
    ),
    mend="Ask for the student's own words or numbers, copied, at the place where the mistake begins.",
    source=(
        "Hattie and Timperley (2007), The Power of Feedback; Maurya and others (2025), Unifying AI Tutor "
        "Evaluation (MRBench), 'Mistake location'."
    ),
    run=_run,
    is_quick=True,
    artifacts=("feedback", "tutor_turn"),
    needs_artifact=False,
    limits=(
        "It sees whether a place is named, not whether it is the place of the mistake; a turn that repeats "
        "the task's numbers passes. Where it warned, people mostly agreed, but it is silent on most turns "
        "in which people missed a place."
    ),
)
