"""Check: where something in a lesson plan can hurt somebody, it says how to keep safe."""

from collections.abc import Iterator

from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.reading.hazards import (
    DANGEROUS_ACTS,
    DANGEROUS_THINGS,
    HARMLESS,
    KEEPS_SAFE,
    PHYSICAL_ACTS,
    PHYSICAL_SUBJECT,
)
from sandbox.bundled.reading.placeholders import is_none_said
from sandbox.bundled.reading.wording import fold, is_english
from sandbox.contracts.check import Check, Judgement, Subject, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_TELLS = late_pattern(
    r"\b(?:explain|ask|tell|read|describe|discuss|predict|say|write|talk)s? (?:about |of )?"
    r"(?:how|what|why|that|whether|when|if|about)\b[^.!?]*$"
)
"""What is told or asked is not done."""


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    if not is_english(subject):
        return not_applicable("The lists of words are English, and this plan is in another language.")
    hazards = list(_hazards(plan))
    if not hazards:
        return passed("Nothing in it is on the list of what can hurt.")
    if any(not is_none_said(fold(note)) for note in plan.safety_notes):
        return passed("Something can hurt, and a safety note is given.")
    if any(KEEPS_SAFE.search(fold(text)) for _, text in _done(plan)):
        return passed("Something can hurt, and the plan says how to keep safe.")
    return warned("Something here can hurt, and nothing is said about safety.", *hazards)


def _hazards(plan: LessonPlan) -> Iterator[Evidence]:
    """Dangerous things among the materials, and dangerous acts in what is done."""
    for index, text in enumerate(plan.materials):
        folded = fold(text)
        if DANGEROUS_THINGS.search(folded) and not HARMLESS.search(folded):
            yield Evidence(quote=text, where=f"materials[{index}]")
    is_physical = PHYSICAL_SUBJECT.search(fold(plan.subject)) is not None
    for where, text in _done(plan):
        if where.startswith("materials"):
            continue
        folded = fold(text)
        found = DANGEROUS_ACTS.search(folded)
        is_shown = found and HARMLESS.search(folded[max(0, found.start() - 40) : found.end() + 15])
        is_told = found and _TELLS.search(folded[: found.start()])
        if (found and not (is_shown or is_told)) or (is_physical and PHYSICAL_ACTS.search(folded)):
            yield Evidence(quote=text, where=where)


def _done(plan: LessonPlan) -> Iterator[tuple[str, str]]:
    """What is used and done; facts, stories and examples to read are none of it."""
    for index, text in enumerate(plan.materials):
        yield f"materials[{index}]", text
    for index, part in enumerate(plan.segments):
        yield f"segments[{index}].teacher_does", part.teacher_does
        yield f"segments[{index}].students_do", part.students_do


CHECK = Check(
    name="safety_is_named",
    version="1.0.0",
    title="Hazards come with a word on safety",
    why=("A plan that says 'heat the water' and nothing more leaves the risk to whoever teaches it first."),
    how=(
        "Materials, and what teacher and students do, are searched for heat, chemicals, sharp tools, "
        "ways out of "
        "school, and exercise in physical education. If there is a hazard and neither a safety note nor "
        "words such as "
        "goggles, supervise or an adult, it warns. Facts, stories and pictures are not searched."
    ),
    mend="Ask for a safety note for every hazard: what can happen, and what the teacher does about it.",
    source="Oak National Academy, categories for practical lessons; the word list is our own.",
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits=(
        "It knows words from a list, and sees that something is said about safety, not that it is "
        "enough. Your "
        "school's own risk assessment counts."
    ),
)
