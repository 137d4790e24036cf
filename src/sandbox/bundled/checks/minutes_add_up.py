"""Check: the minutes of a lesson plan add up."""

import re

from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.domain.finding import Evidence

_TOLERANCE_PERCENT = 10
_LARGEST_SEGMENT_PERCENT = 60


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    total = sum(segment.minutes for segment in plan.segments)
    segments = tuple(
        Evidence(quote=str(segment.minutes), where=f"segments[{index}].minutes")
        for index, segment in enumerate(plan.segments)
    )
    duration = Evidence(quote=str(plan.duration_minutes), where="duration_minutes")
    if not _is_near(total, plan.duration_minutes):
        return failed(
            f"The segments take {total} minutes, but the lesson is {plan.duration_minutes} minutes long.",
            duration,
            *segments,
        )
    asked = _asked_minutes(subject)
    if asked and not (_is_near(total, asked) and _is_near(plan.duration_minutes, asked)):
        return failed(
            f"The teacher asked for {asked} minutes; the plan says {plan.duration_minutes} "
            f"and its segments take {total}.",
            duration,
            *segments,
        )
    long = [
        index
        for index, segment in enumerate(plan.segments)
        if segment.minutes * 100 > plan.duration_minutes * _LARGEST_SEGMENT_PERCENT
    ]
    if long:
        return warned(
            f"One segment fills more than {_LARGEST_SEGMENT_PERCENT} % of the lesson.",
            *(segments[index] for index in long),
        )
    return passed(f"The segments take {total} of {plan.duration_minutes} minutes.", duration)


def _is_near(minutes: int, wanted: int) -> bool:
    return abs(minutes - wanted) * 100 <= wanted * _TOLERANCE_PERCENT


def _asked_minutes(subject: Subject) -> int:
    """What the teacher asked for; 0 if nothing was said."""
    number = re.search(r"(?<!\d)\d{1,4}(?!\d)", subject.input_text("minutes"))
    return int(number[0]) if number else 0


CHECK = Check(
    name="minutes_add_up",
    version="1.0.0",
    title="The minutes add up",
    why=(
        "A plan whose parts do not fit the period is cut off in the middle, most often before anyone "
        "checks who understood."
    ),
    how=(
        f"The segments' minutes are added up: the sum has to be within {_TOLERANCE_PERCENT} % of the "
        "lesson's length and of the minutes that the teacher asked for. A segment of more than "
        f"{_LARGEST_SEGMENT_PERCENT} % of the lesson is a warning."
    ),
    mend="Repeat the number of minutes beside the segments in the prompt, and ask that they add up to it.",
    source="Plain arithmetic; the tolerances are a convention of this project and rest on no study.",
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits="It cannot tell whether the time is enough for what is planned.",
)
