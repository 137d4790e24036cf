"""Check: a lesson plan begins with what students know already."""

from sandbox.bundled.artifacts.lesson_plan import LessonPlan, Phase, Segment
from sandbox.bundled.reading.lesson_words import all_stems, is_about, is_spanish, knows_words
from sandbox.bundled.reading.student_acts import acts_visibly, only_takes_in
from sandbox.bundled.reading.wording import fold
from sandbox.contracts.check import Check, Judgement, Subject, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_RECALLS = late_pattern(
    r"\b(?:recall\w*|remember\w*|from memory|without (?:notes|looking)|last (?:week|lesson|time|class"
    r"|year|unit)"
    r"|yesterday|already know|know already|review\w*|previous\w*|k-?w-?l)\b"
)


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    if not any(text.strip() for text in plan.prior_knowledge) or not plan.segments:
        return not_applicable("The plan does not say what students know already.")
    if not knows_words(subject):
        return not_applicable("The words of this language cannot be compared by this check.")
    spanish = is_spanish(subject)
    starters = [
        (index, segment)
        for index, segment in enumerate(plan.segments)
        if segment.phase == Phase.STARTER or (index == 0 and segment.phase == Phase.REVIEW)
    ]
    if not starters:
        return warned(
            "No segment starts from what students know already.",
            Evidence(quote=plan.segments[0].phase, where="segments[0].phase"),
        )
    known = all_stems(plan.prior_knowledge, spanish=spanish)
    if any(_recalls(segment, known, spanish=spanish) for _, segment in starters):
        return passed("The start has students recall what the lesson builds on.")
    return warned(
        "The start does not have students recall what the lesson builds on.",
        *(
            Evidence(quote=segment.students_do, where=f"segments[{index}].students_do")
            for index, segment in starters
        ),
    )


def _recalls(segment: Segment, known: frozenset[str], *, spanish: bool) -> bool:
    """Whether students do something that brings back what they know, or are told to recall it."""
    asked = "\n".join((segment.students_do, segment.check_for_understanding))
    whole = "\n".join((segment.title, segment.teacher_does, asked))
    if (
        not spanish
        and only_takes_in(segment.students_do)
        and not acts_visibly(segment.check_for_understanding)
    ):
        return False
    if is_about(whole, known, spanish=spanish):
        return True
    return not spanish and _RECALLS.search(fold(whole)) is not None


CHECK = Check(
    name="recalls_prior_learning",
    version="1.0.0",
    title="Starts from what students know",
    why=(
        "New ideas stick to what is already known, and recalling it makes it last. A starter that "
        "recalls shows "
        "the teacher where to begin."
    ),
    how=(
        "The starter, or a review that opens the lesson, has to have students do something, and has to "
        "share a "
        "word with what the plan lists as prior knowledge, or to speak of recalling it. Otherwise it "
        "warns; it "
        "never fails."
    ),
    mend="Ask for a starter of two or three questions about the prior knowledge that the plan lists.",
    source=(
        "Roediger and Karpicke (2006), Test-Enhanced Learning; Rosenshine (2012), Principles of "
        "Instruction."
    ),
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits=(
        "It compares words, and cannot tell whether the prior knowledge is what the lesson needs. "
        "English and "
        "Spanish only."
    ),
)
