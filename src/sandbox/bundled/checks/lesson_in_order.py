"""Check: the phases of a lesson plan come in an order that can work."""

from collections.abc import Iterator

from sandbox.bundled.artifacts.lesson_plan import LessonPlan, Phase, Segment
from sandbox.bundled.reading.wording import fold, is_english
from sandbox.contracts.check import Check, Judgement, Subject, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_EXPLORES = late_pattern(
    r"\b(?:explor|investigat|discover|inquir|experiment|experience|notic|wonder|tinker|try out|play"
    r"|observ|gather"
    r"|collect)\w*"
)
_CLOSES = late_pattern(
    r"\b(?:exit|tickets?|review\w*|shar\w+|reflect\w*|summar\w+|clos(?:e|es|ing|ure)|discuss\w*"
    r"|recap\w*|quiz\w*"
    r"|present\w*|gallery|debrief\w*|wrap|hand(?:s|ed)? in|self-assess\w*|looks? back|perform\w*"
    r"|checks? (?:their|the"
    r"|your|answers)|compares? answers|journal)\b"
)
_PRACTICE = (Phase.GUIDED_PRACTICE, Phase.INDEPENDENT_PRACTICE)


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    if not plan.segments:
        return not_applicable("The plan has no segments.")
    odd = list(_odd(plan.segments, english=is_english(subject)))
    if not odd:
        return passed(f"The {len(plan.segments)} segments come in an order that can work.")
    reasons = " ".join(dict.fromkeys(reason for reason, _ in odd))
    return warned(
        reasons,
        *(Evidence(quote=plan.segments[at].phase, where=f"segments[{at}].phase") for _, at in odd),
    )


def _odd(segments: tuple[Segment, ...], *, english: bool) -> Iterator[tuple[str, int]]:
    """What is odd in the order, and the index of the segment where it is seen."""
    phases = [segment.phase for segment in segments]
    first = {phase: phases.index(phase) for phase in Phase if phase in phases}
    starter, explain = first.get(Phase.STARTER, 0), first.get(Phase.EXPLAIN)
    guided, alone = first.get(Phase.GUIDED_PRACTICE), first.get(Phase.INDEPENDENT_PRACTICE)
    if starter > 0 and phases[0] is not Phase.REVIEW:
        yield "The starter does not stand at the start.", starter
    if explain is not None and alone is not None and alone < explain:
        yield "Students practice alone before it is explained.", alone
    elif guided is not None and alone is not None and alone < guided:
        yield "Students practice alone before they practice together.", alone
    if explain is not None and guided is not None and guided < explain and not _explores(segments[guided]):
        yield "Students practice before it is explained.", guided
    if explain is None and guided is None and alone is None:
        yield "Nothing is explained or practiced.", len(segments) - 1
    elif phases[-1] in (Phase.STARTER, Phase.EXPLAIN):
        yield "The lesson stops without practice or a look back at its end.", len(segments) - 1
    elif phases[-1] in _PRACTICE and english and not _closes(segments[-1]):
        yield "The lesson stops in the middle of practice, without a look back.", len(segments) - 1


def _explores(segment: Segment) -> bool:
    """Whether students find something out first, as lessons by inquiry do."""
    return _EXPLORES.search(_said(segment)) is not None


def _closes(segment: Segment) -> bool:
    return _CLOSES.search(_said(segment)) is not None


def _said(segment: Segment) -> str:
    return fold(
        "\n".join(
            (segment.title, segment.teacher_does, segment.students_do, segment.check_for_understanding)
        )
    )


CHECK = Check(
    name="lesson_in_order",
    version="1.0.0",
    title="The phases come in an order that works",
    why=(
        "Students who practice alone what nobody has shown them yet practice mistakes, and a lesson "
        "that stops "
        "in the middle leaves the teacher without a picture of what was learned."
    ),
    how=(
        "The phases of the segments are compared: a starter stands first, explaining comes before "
        "practice, "
        "practice together before practice alone, and something closes the lesson. Only the first "
        "segment of "
        "each phase counts, so rounds are fine; a segment in which students explore may come before the "
        "explanation. An odd order is a warning, never a failure."
    ),
    mend=(
        "List the phases in the prompt in the order you want: start from what students know, explain, "
        "practice "
        "together, practice alone, look back."
    ),
    source="Rosenshine (2012), Principles of Instruction.",
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits=(
        "It reads the names of the phases and cannot see whether a segment is what it is called. "
        "Lessons by "
        "inquiry may have good reasons for another order."
    ),
)
