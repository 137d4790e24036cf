"""Check: whether feedback asks for a revision fits its next steps."""

from sandbox.bundled.artifacts.feedback import Feedback, NextStep
from sandbox.bundled.reading.wording import either, fold, is_english
from sandbox.contracts.check import Check, Judgement, Subject, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_NO_MISTAKE = late_pattern(
    r"\b(?:no|not an?|without|n't an?|isn't an?) (?:real )?(?:mistakes?|errors?|slips?)\b"
    r"|\b(?:nothing|not|isn't|n't) (?:is )?(?:wrong|incorrect|missing)\b|\bno(?:thing)? (?:is )?missing\b"
)
_MISTAKE = late_pattern(
    either(
        r"\b(?:not|n't) (?:yet )?(?:right|correct|true|match|fit|agree|make sense|follow|add up|work"
        r"|work out|the same"
        r"|quite (?:right|correct|true|what)|what the|answer the)\b",
        r"\b(?:wrong|incorrect|mistakes?|errors?|misread|misspelled|mixed up|mix-up|confused?"
        r"|confuses|slip)\b",
        r"\b(?:forgot|forget|left out|leaves? out|missing|skipped|contradicts?|does not (?:say|tell"
        r"|show|give|have)"
        r"|doesn't (?:say|tell|show|give|have)|has no|there is no|gives no)\b",
        r"\b(?:should|has to|must|needs to) (?:be|have|say|show|start|come)\b",
    )
)
"""Words with which somebody says that something has to be mended."""
_STRETCH = late_pattern(
    either(
        r"\b(?:all|everything|this|the work|your work|your answer|it|each step"
        r"|every step) (?:here )?(?:is|are|looks)"
        r" (?:already )?(?:right|correct|complete|done|good|strong|ready)\b",
        r"\b(?:ready for|go(?:ing)? further|challenge|harder|next level|extend|extension|stretch"
        r"|a step further"
        r"|as an extra|if you like|for fun|once you are done|beyond the task|bonus)\b",
    )
)
"""Words with which somebody leads on from work that is done."""


def _run(subject: Subject) -> Judgement:
    feedback = subject.artifact
    if not isinstance(feedback, Feedback):
        return not_applicable("It looks at feedback only.")
    if not is_english(subject):
        return not_applicable("The lists of words are English, and this feedback is in another language.")
    mended = [
        Evidence(quote=step.what, where=f"next_steps[{i}].what")
        for i, step in enumerate(feedback.next_steps)
        if _mends(step)
    ]
    if not feedback.is_revision_needed and mended:
        return warned(
            "It says that no revision is needed, but a next step speaks of something that is not right.",
            *mended,
        )
    stretches = [
        Evidence(quote=step.what, where=f"next_steps[{i}].what")
        for i, step in enumerate(feedback.next_steps)
        if not _mends(step) and _STRETCH.search(fold(f"{step.what} {step.how}"))
    ]
    if feedback.is_revision_needed and stretches and len(stretches) == len(feedback.next_steps):
        return warned(
            "It asks for a revision, but its next steps only lead on from work that is right.", *stretches
        )
    return passed("Whether a revision is asked for fits the next steps.")


def _mends(step: NextStep) -> bool:
    return _MISTAKE.search(_NO_MISTAKE.sub(" ", fold(step.what))) is not None


CHECK = Check(
    name="revision_call_agrees",
    version="1.0.0",
    title="Asks for a revision only where there is one to make",
    why="'You are done' beside a mistake, or 'do it again' beside none, leaves the student with a riddle.",
    how=(
        "What each next step says is searched for words about something that is not right. With them, no "
        "revision needed is a warning; without them, and with 'all is right' or 'a challenge' in every "
        "step, a revision needed is one. It never fails."
    ),
    mend="Say that a revision is needed if, and only if, a next step mends something.",
    source="Hattie and Timperley (2007), The Power of Feedback: how am I going, and where to next?",
    run=_run,
    is_quick=True,
    artifacts=("feedback",),
    limits=(
        "It knows English words from lists, and cannot tell whether the work meets the goal. A step that "
        "could be either is let be."
    ),
)
