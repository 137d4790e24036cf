"""Check: students do something that can be seen or heard for most of a lesson."""

from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.reading.student_acts import acts_visibly, only_takes_in
from sandbox.bundled.reading.wording import is_english
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.domain.finding import Evidence

_ENOUGH_PERCENT = 50


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    if not is_english(subject):
        return not_applicable("The list of verbs is English, and this plan is in another language.")
    told = [segment for segment in plan.segments if segment.students_do.strip()]
    if not told:
        return not_applicable("The plan does not say what students do.")
    passive = [
        (index, segment)
        for index, segment in enumerate(plan.segments)
        if only_takes_in(segment.students_do)
    ]
    evidence = [
        Evidence(quote=segment.students_do, where=f"segments[{index}].students_do")
        for index, segment in passive
    ]
    if len(passive) == len(told) and not any(
        acts_visibly(segment.check_for_understanding) for segment in plan.segments
    ):
        return failed("Students only listen, watch or copy, from start to end.", *evidence)
    total = sum(segment.minutes for segment in plan.segments)
    active = total - sum(segment.minutes for _, segment in passive)
    share = f"Students do something that can be seen or heard in {active} of {total} minutes."
    return warned(share, *evidence) if active * 100 < total * _ENOUGH_PERCENT else passed(share)


CHECK = Check(
    name="students_are_active",
    version="1.0.0",
    title="Students do something themselves",
    why=(
        "Students learn more when they write, sort, solve or explain than when they only listen, and a "
        "teacher "
        "can see what they think."
    ),
    how=(
        "What students do in each segment is read: listening, watching, looking, copying and taking "
        "notes count "
        "as taking in, unless an act of their own stands beside it. It warns if segments in which they "
        "only take "
        f"in fill more than {100 - _ENOUGH_PERCENT} % of the minutes, and fails only if nothing else "
        f"happens in "
        "the whole lesson."
    ),
    mend=(
        "Ask that every segment says what each student writes, solves, sorts, draws or explains, also "
        "while "
        "the teacher explains."
    ),
    source="Chi and Wylie (2014), The ICAP Framework; the share of minutes is a convention of this "
    "project.",
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits=(
        "It reads English verbs, counts a segment as a whole, and cannot tell busy hands from busy minds."
    ),
)
