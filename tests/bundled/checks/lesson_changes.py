"""Making lesson plans for tests, and changing one thing in them."""

from sandbox.bundled.artifacts.lesson_plan import (
    Keyword,
    LessonPlan,
    Misconception,
    Phase,
    Segment,
    Support,
    Task,
)

STARTER, EXPLAIN = Phase.STARTER, Phase.EXPLAIN
GUIDED, ALONE, REVIEW = Phase.GUIDED_PRACTICE, Phase.INDEPENDENT_PRACTICE, Phase.REVIEW


def segment(
    title: str,
    phase: Phase,
    minutes: int,
    teacher: str,
    students: str,
    check: str = "Write it on your board.",
) -> Segment:
    """One stretch of a lesson."""
    return Segment(
        title=title,
        phase=phase,
        minutes=minutes,
        teacher_does=teacher,
        students_do=students,
        check_for_understanding=check,
    )


def but(plan: LessonPlan, **changes: object) -> LessonPlan:
    """The plan, changed in these fields."""
    return plan.model_copy(update=changes)


def but_segment(plan: LessonPlan, index: int, **changes: object) -> LessonPlan:
    """The plan, one of its segments changed."""
    segments = list(plan.segments)
    segments[index] = segments[index].model_copy(update=changes)
    return but(plan, segments=tuple(segments))


def in_order(plan: LessonPlan, *indices: int) -> LessonPlan:
    """The plan with its segments in another order."""
    return but(plan, segments=tuple(plan.segments[index] for index in indices))


def tasks(*pairs: tuple[str, str]) -> tuple[Task, ...]:
    """Tasks with their answers."""
    return tuple(Task(task=task, answer=answer) for task, answer in pairs)


def words(*pairs: tuple[str, str]) -> tuple[Keyword, ...]:
    """Keywords with what they mean."""
    return tuple(Keyword(term=term, definition=definition) for term, definition in pairs)


def wrong_ideas(*pairs: tuple[str, str]) -> tuple[Misconception, ...]:
    """Wrong ideas with what the teacher answers."""
    return tuple(Misconception(misconception=idea, response=response) for idea, response in pairs)


def supports(*pairs: tuple[str, str]) -> tuple[Support, ...]:
    """Needs with what is offered."""
    return tuple(Support(need=need, support=support) for need, support in pairs)


def language_of(plan: LessonPlan) -> dict[str, str]:
    """The inputs that say in which language a plan was asked for; one of them is in Spanish."""
    return {"language": "es" if plan.subject == "Ciencias" else "en"}
