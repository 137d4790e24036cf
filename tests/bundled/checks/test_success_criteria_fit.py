"""Success criteria have to say what good work on the objective looks like."""

import pytest

from sandbox.bundled.checks.success_criteria_fit import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import but, language_of
from tests.bundled.checks.lessons import AGUA, CLAIMS, FRACTIONS, GOOD_PLANS, POND, SHARING


def _criteria(plan, *criteria):
    return but(plan, success_criteria=criteria)


FAILS = {
    "none at all": _criteria(FRACTIONS),
    "only one": _criteria(POND, "My arrows in the food web point the right way."),
    "only good conduct": _criteria(SHARING, "I listen to the teacher.", "I work quietly with my partner."),
    "finish the sheet": _criteria(FRACTIONS, "I finish the worksheet.", "I hand it in on time."),
    "all tasks done": _criteria(CLAIMS, "I complete all the tasks.", "I try my best."),
    "effort and conduct": _criteria(POND, "I stay on task.", "I follow directions.", "I do my best work."),
    "of another lesson": _criteria(POND, "I can name the planets.", "I can say how far Mars is."),
    "of another subject": _criteria(CLAIMS, "I run for ten minutes.", "My pulse is back after one minute."),
    "Spanish, of another lesson": _criteria(AGUA, "Puedo contar hasta cien.", "Sumo de diez en diez."),
}
WARNS = {
    "one of them is conduct": _criteria(FRACTIONS, "I add the numerators only.", "I finish my worksheet."),
    "participates": _criteria(CLAIMS, "I support my claim with evidence.", "I participate in the lesson."),
    "pays attention": _criteria(SHARING, "I sort needs and wants.", "I pay attention to the teacher."),
    "neat and on time": _criteria(POND, "My web shows decomposers.", "I turn in my work on time."),
    "curly apostrophe": _criteria(FRACTIONS, "I add fractions.", "I don’t talk, and I raise my hand."),
}
PASSES = {
    **GOOD_PLANS,
    "complete a table": but(
        FRACTIONS,
        objective="I can complete a table of equal ratios.",
        success_criteria=("I complete the table so that each ratio is equal.", "I say the rule."),
    ),
    "follow directions on a map": but(
        SHARING,
        objective="I can follow directions on a map with a compass rose.",
        success_criteria=("I follow the directions to the place on the map.", "I say north or south."),
    ),
    "listening is the aim": but(
        SHARING,
        objective="I can clap a steady beat while I listen to a song.",
        success_criteria=(
            "I listen for the beat and clap on it.",
            "My claps are as far apart as the beats.",
        ),
    ),
    "other words, one shared": _criteria(
        FRACTIONS, "I keep the size of the parts.", "My sum fits the bar."
    ),
    "word forms": but(
        POND,
        objective="I can explain how evaporation and condensation move water.",
        success_criteria=("I say where water evaporates.", "I say where vapor condenses."),
    ),
    "teamwork is the aim": but(
        SHARING,
        subject="Physical education",
        objective="I can take turns and pass the ball to my partner.",
        success_criteria=("I take turns with my partner.", "I pass so that my partner can catch the ball."),
    ),
    "students will": _criteria(
        CLAIMS, "Students quote the article exactly.", "Students link evidence and claim."
    ),
    "four criteria": _criteria(
        POND, "Six animals and plants.", "Arrows.", "One decomposer.", "A sentence on matter."
    ),
    "finish a sentence": _criteria(
        CLAIMS, "I finish the sentence so that it links evidence and claim.", "I cite the article."
    ),
}


@pytest.mark.parametrize("plan", FAILS.values(), ids=FAILS.keys())
def test_criteria_that_say_nothing_of_the_objective_fail(subject_for, plan):
    """Conduct, other lessons and too few are found."""
    assert CHECK.run(subject_for(plan, inputs=language_of(plan))).outcome is Outcome.FAIL


@pytest.mark.parametrize("plan", WARNS.values(), ids=WARNS.keys())
def test_a_criterion_for_conduct_among_others_is_a_warning(subject_for, plan):
    """The one that says nothing of the work is quoted."""
    judgement = CHECK.run(subject_for(plan, inputs=language_of(plan)))

    assert judgement.outcome is Outcome.WARN
    assert [found.where for found in judgement.evidence] == ["success_criteria[1]"]


@pytest.mark.parametrize("plan", PASSES.values(), ids=PASSES.keys())
def test_criteria_for_the_work_pass(subject_for, plan):
    """Words such as complete, follow and listen are let be where the objective is about them."""
    assert CHECK.run(subject_for(plan, inputs=language_of(plan))).outcome is Outcome.PASS


def test_a_script_without_spaces_is_not_judged(subject_for):
    """Words are not told apart in every script."""
    plan = but(
        POND, objective="我会画食物网。", title="食物网", success_criteria=("箭头对。", "有分解者。")
    )

    assert CHECK.run(subject_for(plan, inputs={"language": "zh"})).outcome is Outcome.NOT_APPLICABLE
