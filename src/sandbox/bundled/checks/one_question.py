"""Check: a tutor's turn asks one question, or gives one thing to do."""

from sandbox.bundled.artifacts.tutor_turn import TutorTurn
from sandbox.bundled.reading.actions import something_to_do
from sandbox.bundled.reading.passages import known_to_the_student
from sandbox.bundled.reading.wording import fold, is_english, without_quotes
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_ASKED = late_pattern(r"[^.!?？؟。\n]{0,300}[?？؟][?？؟!]*")
_FAR_TOO_MANY = 3
_WORD = late_pattern(r"\w")


def _run(subject: Subject) -> Judgement:
    turn = subject.artifact
    if not isinstance(turn, TutorTurn):
        return not_applicable("It looks at turns of a tutor only.")
    said = without_quotes(turn.tutor_says, of=fold(known_to_the_student(subject)))
    questions = [words.strip() for words in _ASKED.findall(said) if _WORD.search(words)]
    if len(questions) > 1:
        reason = f"The turn asks {len(questions)} questions at once; a student can answer one."
        asked = Evidence(quote=turn.tutor_says, where="tutor_says")
        return failed(reason, asked) if len(questions) >= _FAR_TOO_MANY else warned(reason, asked)
    if questions:
        return passed("The turn asks one question.")
    if not is_english(subject):
        return not_applicable(
            "The turn asks nothing, and whether it gives something to do can be told in English only."
        )
    if something_to_do(said):
        return passed("The turn asks nothing, but gives something to do.")
    return warned(
        "The turn neither asks nor gives something to do, so the student has nothing to answer.",
        Evidence(quote=turn.tutor_says, where="tutor_says"),
    )


CHECK = Check(
    name="one_question",
    version="1.0.0",
    title="Asks one question",
    why="Of three questions at once the easiest is answered, and after none the dialogue is over.",
    how=(
        "The questions in what the tutor says are counted, outside quotes from the task and the work: two "
        f"are a warning, {_FAR_TOO_MANY} or more fail. None is a warning, unless the turn gives something "
        "to do."
    ),
    mend="Ask for one question a turn, at the end, which the student can answer from what is there.",
    source=(
        "Macina and others (2023), MathDial; Macina and others (2025), MathTutorBench: one question a turn."
    ),
    run=_run,
    is_quick=True,
    artifacts=("tutor_turn",),
    limits="It counts question marks: two questions in one sentence are one. A good one it cannot tell.",
)
