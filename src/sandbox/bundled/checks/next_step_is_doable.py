"""Check: each next step can be done, by an act or by answering a pointed question."""

from collections.abc import Iterator

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.artifacts.tutor_turn import ErrorType, Strategy, TutorTurn
from sandbox.bundled.reading.actions import something_to_do, vague_advice
from sandbox.bundled.reading.passages import known_to_the_student
from sandbox.bundled.reading.places import Work
from sandbox.bundled.reading.wording import fold, is_english
from sandbox.contracts.check import Check, Judgement, Subject, not_applicable, passed, warned
from sandbox.domain.finding import Evidence


def _run(subject: Subject) -> Judgement:
    if not is_english(subject):
        return not_applicable("The lists of words are English, and this is in another language.")
    match subject.answer:
        case TutorTurn(error_type=ErrorType.NONE) | TutorTurn(strategy=Strategy.CONFIRM):
            return not_applicable("The turn confirms what is right, so there is nothing to mend.")
        case TutorTurn() as turn:
            vague = _vague_turn(turn.tutor_says, "tutor_says", subject)
        case Feedback() as feedback:
            vague = [
                evidence
                for i, step in enumerate(feedback.next_steps)
                if not something_to_do(step.what)
                for evidence in _vague(step.how, f"next_steps[{i}].how")
            ]
        case str() as text:
            if not text.strip():
                return not_applicable("There is nothing that is said to a student.")
            vague = _vague_turn(text, "", subject)
        case _:
            return not_applicable("It looks at feedback and at turns of a tutor only.")
    if not vague:
        return passed("Each next step names something that a student can do.")
    words = vague_advice(fold(vague[0].quote))
    said = f"'{words}' does not say what to do" if words else "It is not clear what to do"
    return warned(
        f"{said}: a student needs an act, or a pointed question, about a place in the work.", *vague
    )


def _vague_turn(text: str, where: str, subject: Subject) -> list[Evidence]:
    """A turn often makes its point without an order: it has to be vague, or about nothing in the work."""
    if not vague_advice(fold(text)) and Work(known_to_the_student(subject)).is_pointed_at(text):
        return []
    return list(_vague(text, where))


def _vague(text: str, where: str) -> Iterator[Evidence]:
    if text.strip() and not something_to_do(text):
        yield Evidence(quote=text, where=where)


CHECK = Check(
    name="next_step_is_doable",
    version="1.0.0",
    title="Says what to do next",
    why="'Try harder' and 'be careful' leave a student stuck: they would have done it if they could.",
    how=(
        "Each next step has to hold a sentence that asks for an act ('draw', 'compare', 'find') or asks a "
        "question, with something to do it to: a number, or a word that is more than 'your work'. 'Be more "
        "careful', 'check your work', 'add more details' do not count. A tutor's turn without such a "
        "sentence is let be if it speaks of the student's numbers or words. It only warns."
    ),
    mend="Ask for a verb that can be seen and for the words or the step of the work that it is done to.",
    source=(
        "Hattie and Timperley (2007), The Power of Feedback ('where to next?'); Maurya and others (2025), "
        "Unifying AI Tutor Evaluation (MRBench), 'Actionability'."
    ),
    run=_run,
    is_quick=True,
    artifacts=("feedback", "tutor_turn"),
    needs_artifact=False,
    limits=(
        "It knows English verbs from a list, and cannot tell whether the act helps. On tutors' turns most "
        "of its warnings were right, but it was silent on most turns that people found hard to act on; so "
        "it only warns."
    ),
)
