"""Our checks of lesson plans are held to what the kit asks, with the cases that their own tests have."""

from collections.abc import Mapping, Sequence

from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.checks import (
    aims_and_tasks_agree,
    depth_of_questions,
    example_before_practice,
    lesson_in_order,
    misconceptions_met,
    numbers_agree,
    one_spelling,
    recalls_prior_learning,
    safety_is_named,
    standards_given,
    students_are_active,
    success_criteria_fit,
    supports_keep_the_aim,
    words_are_defined,
)
from sandbox.testing.check_conformance import CheckCase, CheckConformance
from tests.bundled.checks import test_aims_and_tasks_agree as aims_and_tasks_agree_cases
from tests.bundled.checks import test_depth_of_questions as depth_of_questions_cases
from tests.bundled.checks import test_example_before_practice as example_before_practice_cases
from tests.bundled.checks import test_lesson_in_order as lesson_in_order_cases
from tests.bundled.checks import test_misconceptions_met as misconceptions_met_cases
from tests.bundled.checks import test_numbers_agree as numbers_agree_cases
from tests.bundled.checks import test_one_spelling as one_spelling_cases
from tests.bundled.checks import test_recalls_prior_learning as recalls_prior_learning_cases
from tests.bundled.checks import test_safety_is_named as safety_is_named_cases
from tests.bundled.checks import test_standards_given as standards_given_cases
from tests.bundled.checks import test_students_are_active as students_are_active_cases
from tests.bundled.checks import test_success_criteria_fit as success_criteria_fit_cases
from tests.bundled.checks import test_supports_keep_the_aim as supports_keep_the_aim_cases
from tests.bundled.checks import test_words_are_defined as words_are_defined_cases
from tests.bundled.checks.lesson_changes import language_of


def planned(*groups: Mapping[str, LessonPlan]) -> Sequence[CheckCase]:
    """Lesson plans, each in the language that it was asked for in."""
    return [
        CheckCase(plan, name=name, inputs=language_of(plan))
        for group in groups
        for name, plan in group.items()
    ]


class TestAimsAndTasksAgree(CheckConformance):
    """Tasks are about what the objective says."""

    check = aims_and_tasks_agree.CHECK
    catches = planned(aims_and_tasks_agree_cases.FAILS, aims_and_tasks_agree_cases.WARNS)
    leaves_alone = planned(aims_and_tasks_agree_cases.PASSES)


class TestDepthOfQuestions(CheckConformance):
    """Some question goes beyond recall."""

    check = depth_of_questions.CHECK
    catches = planned(depth_of_questions_cases.CAUGHT)
    leaves_alone = planned(depth_of_questions_cases.LEFT_ALONE)


class TestExampleBeforePractice(CheckConformance):
    """An example comes before practice alone."""

    check = example_before_practice.CHECK
    catches = planned(example_before_practice_cases.CAUGHT)
    leaves_alone = planned(example_before_practice_cases.LEFT_ALONE)


class TestLessonInOrder(CheckConformance):
    """The phases come in an order that works."""

    check = lesson_in_order.CHECK
    catches = planned(lesson_in_order_cases.ODD)
    leaves_alone = planned(lesson_in_order_cases.WORKS)


class TestMisconceptionsMet(CheckConformance):
    """Wrong ideas are wrong ideas, and are met."""

    check = misconceptions_met.CHECK
    catches = planned(misconceptions_met_cases.FAILS, misconceptions_met_cases.WARNS)
    leaves_alone = planned(misconceptions_met_cases.PASSES)


class TestNumbersAgree(CheckConformance):
    """Numbers in words agree with the fields."""

    check = numbers_agree.CHECK
    catches = planned(numbers_agree_cases.CAUGHT)
    leaves_alone = planned(numbers_agree_cases.LEFT_ALONE)


class TestOneSpelling(CheckConformance):
    """American and British spelling are not mixed."""

    check = one_spelling.CHECK
    catches = [CheckCase(text) for text in one_spelling_cases.MIXED.values()]
    leaves_alone = [CheckCase(text) for text in one_spelling_cases.ONE_SPELLING.values()]


class TestRecallsPriorLearning(CheckConformance):
    """The lesson starts from what students know."""

    check = recalls_prior_learning.CHECK
    catches = planned(recalls_prior_learning_cases.CAUGHT)
    leaves_alone = planned(recalls_prior_learning_cases.LEFT_ALONE)


class TestSafetyIsNamed(CheckConformance):
    """A hazard comes with a word on safety."""

    check = safety_is_named.CHECK
    catches = planned(safety_is_named_cases.CAUGHT)
    leaves_alone = planned(safety_is_named_cases.LEFT_ALONE)


class TestStandardsGiven(CheckConformance):
    """No standard is invented."""

    check = standards_given.CHECK
    catches = [
        CheckCase(answer, inputs=inputs)
        for answer, inputs in [
            *standards_given_cases.INVENTED.values(),
            *standards_given_cases.OF_ANOTHER_GRADE.values(),
        ]
    ]
    leaves_alone = [
        CheckCase(answer, inputs=inputs) for answer, inputs in standards_given_cases.GIVEN.values()
    ]


class TestStudentsAreActive(CheckConformance):
    """Students do something themselves."""

    check = students_are_active.CHECK
    catches = planned(students_are_active_cases.FAILS, students_are_active_cases.WARNS)
    leaves_alone = planned(students_are_active_cases.PASSES)


class TestSuccessCriteriaFit(CheckConformance):
    """Criteria are about the work."""

    check = success_criteria_fit.CHECK
    catches = planned(success_criteria_fit_cases.FAILS, success_criteria_fit_cases.WARNS)
    leaves_alone = planned(success_criteria_fit_cases.PASSES)


class TestSupportsKeepTheAim(CheckConformance):
    """Supports lead to the same aim."""

    check = supports_keep_the_aim.CHECK
    catches = planned(supports_keep_the_aim_cases.FAILS, supports_keep_the_aim_cases.WARNS)
    leaves_alone = planned(supports_keep_the_aim_cases.PASSES)


class TestWordsAreDefined(CheckConformance):
    """Keywords are explained and used."""

    check = words_are_defined.CHECK
    catches = planned(words_are_defined_cases.FAILS, words_are_defined_cases.WARNS)
    leaves_alone = planned(words_are_defined_cases.PASSES)
