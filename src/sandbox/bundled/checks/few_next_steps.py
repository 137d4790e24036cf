"""Check: a student gets few things to do next, in few sentences."""

from sandbox.bundled.artifacts.feedback import Feedback, NextStep
from sandbox.bundled.artifacts.tutor_turn import TutorTurn
from sandbox.bundled.reading.wording import sentences
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_MOST_STEPS = 2
_MOST_SENTENCES_OF_HOW = 4
_MOST_SENTENCES_OF_A_STEP = 6
_MOST_SENTENCES_OF_A_TURN = 3
_FAR_TOO_MANY = 5
_LIST_MARK = late_pattern(r"(?:^|\s)\(?\d[.)]\s+(?=\w)|(?:^|\n)[ \t]{0,8}[-*•]\s+(?=\w)")
"""What a list begins its items with; a minus sign stands between numbers."""
_LONG_LIST = 4
_WORD = late_pattern(r"\w")


def _run(subject: Subject) -> Judgement:
    match subject.artifact:
        case Feedback() as feedback:
            return _judged_feedback(feedback)
        case TutorTurn() as turn:
            return _judged_turn(turn)
        case _:
            return not_applicable("It looks at feedback and at turns of a tutor only.")


def _judged_feedback(feedback: Feedback) -> Judgement:
    steps = feedback.next_steps
    if len(steps) > _MOST_STEPS:
        extra = [
            Evidence(quote=step.how, where=f"next_steps[{i}].how")
            for i, step in enumerate(steps)
            if i >= _MOST_STEPS
        ]
        return failed(
            f"There are {len(steps)} next steps; a student can take {_MOST_STEPS} at most.", *extra
        )
    long = [
        Evidence(quote=step.how, where=f"next_steps[{i}].how")
        for i, step in enumerate(steps)
        if _is_long(step)
    ]
    if long:
        return warned(
            "A next step holds so many sentences that a student may not know where to start.", *long
        )
    if not steps:
        return not_applicable("There is no next step.")
    return passed("The next steps are few and short.")


def _is_long(step: NextStep) -> bool:
    n_how = _n_sentences(step.how)
    return (
        n_how > _MOST_SENTENCES_OF_HOW
        or n_how + _n_sentences(step.what) > _MOST_SENTENCES_OF_A_STEP
        or len(_LIST_MARK.findall(step.how)) >= _LONG_LIST
    )


def _judged_turn(turn: TutorTurn) -> Judgement:
    n = _n_sentences(turn.tutor_says)
    if n <= _MOST_SENTENCES_OF_A_TURN:
        return passed("The turn is short.")
    reason = f"The turn has {n} sentences; more than {_MOST_SENTENCES_OF_A_TURN} is a lecture."
    evidence = Evidence(quote=turn.tutor_says, where="tutor_says")
    return failed(reason, evidence) if n >= _FAR_TOO_MANY else warned(reason, evidence)


def _n_sentences(text: str) -> int:
    """How many sentences hold a word; dots that nobody spoke do not count."""
    return sum(_WORD.search(sentence) is not None for sentence in sentences(text))


CHECK = Check(
    name="few_next_steps",
    version="1.0.0",
    title="Gives few things to do next",
    why="A student who is told everything at once does nothing, or only what is easiest.",
    how=(
        f"Feedback may hold {_MOST_STEPS} next steps. One of more than {_MOST_SENTENCES_OF_HOW} sentences "
        f"on how to do it, with more than {_MOST_SENTENCES_OF_A_STEP} in all, or with a list of "
        f"{_LONG_LIST} items is a warning. A tutor's turn may have {_MOST_SENTENCES_OF_A_TURN} sentences; "
        f"{_FAR_TOO_MANY} or more fail."
    ),
    mend="Ask for the one or two steps that matter most, in two or three short sentences each.",
    source=(
        "Hattie and Timperley (2007), The Power of Feedback: a student has to be able to use it; the "
        "numbers are a convention of this project."
    ),
    run=_run,
    is_quick=True,
    artifacts=("feedback", "tutor_turn"),
    limits="It counts sentences. Whether the steps are the most important ones it cannot tell.",
)
