"""Our own checks are held to what the kit asks of everybody's, with the cases that their own tests have."""

from collections.abc import Iterable, Mapping, Sequence

from sandbox.bundled import plugin
from sandbox.bundled.artifacts.feedback import Feedback, NextStep, Strength
from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.checks import (
    answer_not_given_away,
    arithmetic_correct,
    formative_checks,
    minutes_add_up,
    must_not_say,
    must_say,
    no_invented_links,
    objective_measurable,
    praises_the_work,
    quotes_student_work,
    reading_level_fits,
    sections_present,
)
from sandbox.testing.check_conformance import CheckCase, CheckConformance
from tests.bundled.checks import test_answer_not_given_away as given_away
from tests.bundled.checks import test_arithmetic_correct as arithmetic
from tests.bundled.checks import test_formative_checks as formative
from tests.bundled.checks import test_must_not_say as ruled_out
from tests.bundled.checks import test_must_say as asked_for
from tests.bundled.checks import test_no_invented_links as links
from tests.bundled.checks import test_objective_measurable as objectives
from tests.bundled.checks import test_praises_the_work as praise
from tests.bundled.checks import test_quotes_student_work as quotes
from tests.bundled.checks import test_reading_level_fits as levels
from tests.bundled.checks import test_sections_present as sections
from tests.examples import FEEDBACK, LESSON_PLAN

ANSWER = Feedback.model_validate(FEEDBACK)
PLAN = LessonPlan.model_validate(LESSON_PLAN)
_, SECOND, *_ = PLAN.segments


def telling(words: str) -> Feedback:
    """Feedback that tells the student this as the way to go on."""
    step = ANSWER.next_steps[0].model_copy(update={"how": words})
    return ANSWER.model_copy(update={"next_steps": (step,)})


def quoting(words: str) -> Feedback:
    """Feedback that quotes this as the words to work on."""
    strength = Strength(quote="ate the hole cake", why="It shows what happened.")
    step = NextStep(quote=words, what="Look at this.", how="Read it aloud.")
    return ANSWER.model_copy(update={"strengths": (strength,), "next_steps": (step,)})


def plan(**changes: object) -> LessonPlan:
    """The plan, changed in these fields."""
    return PLAN.model_copy(update=changes)


def lasting(*minutes: int) -> LessonPlan:
    """The plan with segments of these lengths."""
    return plan(segments=tuple(SECOND.model_copy(update={"minutes": each}) for each in minutes))


def checking(words: str) -> LessonPlan:
    """The plan in which this is how one segment shows who understood."""
    return plan(segments=(SECOND, SECOND.model_copy(update={"check_for_understanding": words})))


def answering(cases: Iterable[tuple[str, str]]) -> Sequence[CheckCase]:
    """Feedback on a student's work, each with the answer that must not be given away."""
    work = {"student_work": given_away.WORK}
    return [
        CheckCase(telling(words), inputs=work, answer_key=(key,) if key else ()) for key, words in cases
    ]


def at_grades(grades: str, text: str) -> Sequence[CheckCase]:
    """The same text for several grades."""
    return [CheckCase(text, grade=grade, name=f"grade {grade}") for grade in grades]


class TestAnswerNotGivenAway(CheckConformance):
    """Hints may stand in feedback, answers not."""

    check = answer_not_given_away.CHECK
    catches = answering(given_away.GIVEN_AWAY.values())
    leaves_alone = answering(given_away.KEPT_BACK.values())


class TestArithmeticCorrect(CheckConformance):
    """Wrong equations are caught, and what is none is left alone."""

    check = arithmetic_correct.CHECK
    catches = [CheckCase(text) for text in arithmetic.WRONG.values()]
    leaves_alone = [CheckCase(text) for text in arithmetic.RIGHT_OR_NOT_UNDERSTOOD.values()]


class TestFormativeChecks(CheckConformance):
    """Each segment shows who understood."""

    check = formative_checks.CHECK
    catches = [CheckCase(checking(words)) for words in formative.SHOWS_NOTHING.values()]
    leaves_alone = [CheckCase(checking(words)) for words in formative.SHOWS_SOMETHING.values()]


class TestMinutesAddUp(CheckConformance):
    """The segments fill the lesson."""

    check = minutes_add_up.CHECK
    catches = [CheckCase(lasting(10, 10, 10)), CheckCase(lasting(10, 15, 20), inputs={"minutes": "60"})]
    leaves_alone = [CheckCase(PLAN), CheckCase(lasting(10, 15, 20), inputs={"minutes": "45 min"})]


class TestMustNotSay(CheckConformance):
    """What the case rules out is not said."""

    check = must_not_say.CHECK
    catches = [CheckCase(text, must_not=[phrase]) for phrase, text in ruled_out.SAID.values()]
    leaves_alone = [CheckCase(text, must_not=[phrase]) for phrase, text in ruled_out.NOT_SAID.values()]


class TestMustSay(CheckConformance):
    """What the case asks for is said."""

    check = must_say.CHECK
    catches = [CheckCase(text, must=[phrase]) for phrase, text in asked_for.MISSING.values()]
    leaves_alone = [CheckCase(text, must=[phrase]) for phrase, text in asked_for.SAID.values()]


class TestNoInventedLinks(CheckConformance):
    """Links that nobody gave are caught."""

    check = no_invented_links.CHECK
    catches = [CheckCase(text, inputs=links.GIVEN) for text, _ in links.INVENTED.values()]
    leaves_alone = [CheckCase(text, inputs=links.GIVEN) for text in links.NO_LINKS.values()]


class TestObjectiveMeasurable(CheckConformance):
    """An objective can be seen or heard."""

    check = objective_measurable.CHECK
    catches = [CheckCase(plan(objective=words)) for words in objectives.NOT_MEASURABLE.values()]
    leaves_alone = [CheckCase(plan(objective=words)) for words in objectives.MEASURABLE.values()]


class TestPraisesTheWork(CheckConformance):
    """Praise is for the work, never for the child."""

    check = praises_the_work.CHECK
    catches = [CheckCase(telling(words)) for words in praise.ABOUT_THE_PERSON.values()]
    leaves_alone = [
        CheckCase(telling(words), inputs={"student_work": "She yelled: you are so stupid"})
        for words in praise.ABOUT_THE_WORK.values()
    ]


class TestQuotesStudentWork(CheckConformance):
    """What is quoted stands in the student's work."""

    check = quotes_student_work.CHECK
    catches = [
        CheckCase(quoting(words), inputs={"student_work": quotes.WORK})
        for words in quotes.INVENTED.values()
    ]
    leaves_alone = [
        CheckCase(quoting(words), inputs={"student_work": quotes.WORK}) for words in quotes.REAL.values()
    ]


class TestReadingLevelFits(CheckConformance):
    """Feedback can be read in its grade."""

    check = reading_level_fits.CHECK
    catches = at_grades("2345678", levels.HARD)
    leaves_alone = [
        *at_grades("234568", levels.EASY),
        CheckCase(levels.HARD, name="no grade"),
        CheckCase(telling("Fold the strip again, and look."), grade="4"),
    ]


class TestSectionsPresent(CheckConformance):
    """Every section says something."""

    check = sections_present.CHECK
    catches = [
        *(CheckCase(plan(worked_example=text)) for text in sections.EMPTY.values()),
        CheckCase(ANSWER.model_copy(update={"teacher_note": "N/A"})),
    ]
    leaves_alone = [
        *(CheckCase(plan(worked_example=text)) for text in sections.FULL.values()),
        CheckCase(ANSWER),
    ]


def test_every_check_of_ours_is_held_to_it() -> None:
    """A new check needs a class here."""
    suites: Mapping[str, object] = {
        suite.check.name: suite
        for suite in CheckConformance.__subclasses__()
        if suite.__module__ == __name__
    }

    assert set(suites) == {check.name for check in plugin.sandbox_checks()}
