"""An objective has to be something that can be seen or heard."""

import pytest

from sandbox.bundled.checks.objective_measurable import CHECK
from sandbox.domain.finding import Outcome

NOT_MEASURABLE = {
    "understand": "I can understand equivalent fractions.",
    "know": "I can know the parts of a plant.",
    "learn": "Students will learn about the water cycle.",
    "appreciate": "I can fully appreciate poems of the 1920s.",
    "be aware": "I can be aware of how ads persuade.",
    "explore": "I can explore the causes of the war.",
    "begin to understand": "I can begin to understand place value.",
    "think about": "By the end of the lesson I can think about fairness.",
    "curly quotes": "“I can” really understand “theme”.",
    "no verb at all": "Equivalent fractions",
    "topic and colon": "Objective: photosynthesis in leaves",
    "too long": "I can explain " + "and again with many more words " * 6 + "how plants grow.",
}

MEASURABLE = {
    "explain": "I can explain why the moon seems to change its shape.",
    "solve": "I can solve two-step word problems with a drawing.",
    "with an adverb": "I can clearly describe the main character.",
    "by the end": "By the end of the lesson, I can compare two fractions.",
    "curly apostrophe": "I can name three parts of a plant’s stem.",
    "compare and contrast": "I can compare and contrast two accounts of the storm.",
    "clause with another verb": "I can explain how plants make and use food.",
    "noun pairs": "I can describe supply and demand in a market.",
    "means with to": "I can use a number line to add and subtract.",
    "non-breaking space": "I\u00a0can\u00a0label the layers of the soil.",
    "retell": "I can retell the story in order: first, next, last.",
    "design as a noun": "I can sketch the plan and design of a bridge.",
}


@pytest.mark.parametrize("objective", NOT_MEASURABLE.values(), ids=NOT_MEASURABLE.keys())
def test_an_objective_that_nobody_can_see_fails(subject_for, good_lesson_plan, objective):
    """What goes on inside a head is no objective."""
    judgement = CHECK.run(subject_for(good_lesson_plan.model_copy(update={"objective": objective})))

    assert judgement.outcome is Outcome.FAIL
    assert [(found.quote, found.where) for found in judgement.evidence] == [(objective, "objective")]


@pytest.mark.parametrize("objective", MEASURABLE.values(), ids=MEASURABLE.keys())
def test_an_objective_that_can_be_seen_passes(subject_for, good_lesson_plan, objective):
    """One verb for what a student does."""
    plan = good_lesson_plan.model_copy(update={"objective": objective})

    assert CHECK.run(subject_for(plan)).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "objective",
    [
        "I can identify the theme and explain how it grows.",
        "I can measure, record and compare lengths.",
        "Students will be able to compare two fractions.",
        "I can yodel the C major scale.",
    ],
    ids=["two verbs", "three verbs", "not said by the student", "a verb on no list"],
)
def test_a_doubtful_objective_is_a_warning(subject_for, good_lesson_plan, objective):
    """A person should look."""
    plan = good_lesson_plan.model_copy(update={"objective": objective})

    assert CHECK.run(subject_for(plan)).outcome is Outcome.WARN


def test_a_plan_in_another_language_is_not_judged(subject_for, good_lesson_plan):
    """The list of verbs is English."""
    plan = good_lesson_plan.model_copy(update={"objective": "Puedo entender las fracciones."})

    assert CHECK.run(subject_for(plan, inputs={"language": "es"})).outcome is Outcome.NOT_APPLICABLE
