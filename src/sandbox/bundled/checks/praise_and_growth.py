"""Check: feedback holds both what works and what could grow."""

from sandbox.bundled.artifacts.feedback import Feedback, NextStep
from sandbox.bundled.reading.actions import something_to_do
from sandbox.bundled.reading.placeholders import is_none_said, is_placeholder
from sandbox.bundled.reading.unanswered import is_unanswered
from sandbox.bundled.reading.wording import either, fold, is_english
from sandbox.contracts.check import Check, Judgement, Subject, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_NOTHING_GOOD = late_pattern(
    either(
        r"\b(?:nothing|not (?:much|a lot|anything)|little|no(?: real)? strengths?|no strong points?)"
        r"(?: here)?(?: (?:is|was|that|to|works?|worked|praise|good|right|can be|could be)\b|[.!]|$)",
        r"\b(?:hard|difficult) to find (?:anything|something) (?:good|positive|right|to praise)\b",
        r"^(?:but|however|unfortunately|sadly)\b",
    )
)
_NOTHING_TO_GROW = late_pattern(
    either(
        r"\b(?:nothing|not (?:anything|much)|no (?:changes?|corrections?|revisions?|improvements?"
        r"|next steps?))"
        r" (?:to (?:improve|change|add|fix|work on|revise|correct)|(?:is|are) (?:needed|necessary)|needed"
        r"|else|more|left|at all)\b",
        r"\b(?:keep (?:it|this) up|keep up the|keep (?:going|doing)|stay as|do (?:not|n't) change"
        r"|leave it as"
        r"|just (?:keep|continue)|continue (?:like this|as you are|the (?:good|great)))\b",
        r"\b(?:perfect|flawless|all (?:is )?(?:good|great|perfect|done)|well done|great (?:job|work)"
        r"|good (?:job|work)|excellent|amazing|awesome|fantastic)\b",
    )
)


def _run(subject: Subject) -> Judgement:
    feedback = subject.artifact
    if not isinstance(feedback, Feedback):
        return not_applicable("It looks at feedback only.")
    english = is_english(subject)
    no_praise = [
        Evidence(quote=strength.why, where=f"strengths[{i}].why")
        for i, strength in enumerate(feedback.strengths)
        if _is_none(strength.why) or (english and _NOTHING_GOOD.search(fold(strength.why)))
    ]
    if len(no_praise) == len(feedback.strengths) and not is_unanswered(subject):
        return warned("Nothing in the work is named as a strength.", *no_praise)
    no_growth = [
        Evidence(quote=step.how, where=f"next_steps[{i}].how")
        for i, step in enumerate(feedback.next_steps)
        if _is_none(step.how) or (english and _only_praises(step))
    ]
    if len(no_growth) == len(feedback.next_steps):
        return warned("It holds praise only: the next step leads nowhere.", *no_growth)
    return passed("It names something that works and something that could grow.")


def _is_none(text: str) -> bool:
    folded = fold(text)
    return is_placeholder(folded) or is_none_said(folded)


def _only_praises(step: NextStep) -> bool:
    if something_to_do(step.how) or something_to_do(step.what):
        return False
    return _NOTHING_TO_GROW.search(fold(step.how)) is not None


CHECK = Check(
    name="praise_and_growth",
    version="1.0.0",
    title="Holds praise and a next step",
    why="Only faults discourage, only praise teaches nothing: a student needs to know what to do next.",
    how=(
        "It is a warning if no strength is named ('nothing here works'), or if all next steps say nothing "
        "but praise or 'keep it up'. Work that says 'I don't know' needs no strength. In other languages "
        "than English only empty fields are seen."
    ),
    mend="Ask for one thing that works and, even for strong work, for a harder step.",
    source="A norm of practice with weak evidence, so it only warns; see Kluger and DeNisi (1996).",
    run=_run,
    is_quick=True,
    artifacts=("feedback",),
    limits="It knows English words from lists, and does not weigh how much praise is good for whom.",
)
