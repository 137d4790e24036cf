"""What a plan says in words agrees with its fields."""

import pytest

from sandbox.bundled.checks.numbers_agree import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import but, but_segment, tasks
from tests.bundled.checks.lessons import CLAIMS, ENGLISH_PLANS, FRACTIONS, POND, SHARING

CAUGHT = {
    "minutes in a title": but_segment(FRACTIONS, 0, title="Warm-up (10 min)"),
    "minutes in words in a title": but_segment(POND, 1, title="Building one web: fifteen minutes"),
    "minutes at the end of a title": but_segment(CLAIMS, 2, title="Pairs decide - 20 minutes"),
    "timer too long": but_segment(SHARING, 0, teacher_does="Sets a timer for 15 minutes and asks."),
    "work longer than the segment": but_segment(CLAIMS, 3, students_do="Write for 30 minutes."),
    "length of the lesson": but_segment(
        FRACTIONS, 0, teacher_does="Shows the plan of this 45-minute lesson."
    ),
    "length of the period": but(POND, materials=("cards for a 60-minute class period",)),
    "grade in the title": but(FRACTIONS, title="Grade 5: adding fractions with like denominators"),
    "grade in words": but(POND, title="Pond food webs for third graders"),
    "ordinal grade": but(CLAIMS, title="Evidence and claims in 8th grade"),
    "three causes, two told": but(
        POND, key_points=("Matter has three sources: air and water.", "Bacteria break things down.")
    ),
    "two steps, three told": but(
        FRACTIONS, worked_example="There are two steps: draw, shade, count. Then 2/8 + 3/8 = 5/8."
    ),
    "exit ticket of three questions": but_segment(
        SHARING, 4, teacher_does="Reads the three exit ticket questions aloud."
    ),
    "two exit questions": but_segment(POND, 4, students_do="Answer the 4-question exit ticket alone."),
    "four keywords": but_segment(CLAIMS, 1, teacher_does="Puts the four keywords on the wall."),
    "five criteria": but_segment(FRACTIONS, 1, teacher_does="Reads the five success criteria aloud."),
}
LEFT_ALONE = {
    **ENGLISH_PLANS,
    "same minutes in a title": but_segment(FRACTIONS, 0, title="Warm-up (7 min)"),
    "part of the segment": but_segment(CLAIMS, 3, students_do="Write for 10 minutes, then read it over."),
    "a train in a problem": but_segment(FRACTIONS, 3, students_do="A train rides 90 minutes. Solve it."),
    "a study of sleep": but(
        CLAIMS, worked_example="Teens slept 40 minutes more. So start later. That is why."
    ),
    "two questions in one task": but_segment(
        but(FRACTIONS, exit_ticket=tasks(("What is 2/5 + 2/5? Why does the 5 stay?", "4/5"))),
        4,
        teacher_does="Reads the two exit ticket questions aloud.",
    ),
    "builds on grade 3": but(
        FRACTIONS, prior_knowledge=("In grade 3, students named fractions.", "Parts.")
    ),
    "next year": but(POND, key_points=("In grade 6 you will meet energy.", "Matter moves.")),
    "three sources told": but(
        POND, key_points=("Matter has three sources: air, water and soil.", "Bacteria break things down.")
    ),
    "a ratio is no list": but(FRACTIONS, key_points=("Two to three: 2:3.", "Like parts are counted.")),
    "an example after a colon": but(
        CLAIMS, key_points=("Two facts: one from the study, which is long, and one more.", "Evidence.")
    ),
    "same grade in words": but(POND, title="Pond food webs for fifth graders"),
    "minute by the clock": but_segment(SHARING, 1, title="Two-minute talk"),
    "a ten-minute walk away": but_segment(
        POND, 3, students_do="Draw a pond that is a 75-minute walk away."
    ),
    "a class in a word problem": but(
        FRACTIONS, practice=tasks(("In a 40-minute class, you read 10 pages. In 20 minutes?", "5"))
    ),
    "pairs in a list": but(POND, key_points=("Two groups: plants and fungi, fish and snails.", "Matter.")),
    "such as": but(POND, key_points=("There are many decomposers, such as three fungi: one, two.", "Yes.")),
    "right number of keywords": but_segment(CLAIMS, 1, teacher_does="Puts the two keywords on the wall."),
}


@pytest.mark.parametrize("plan", CAUGHT.values(), ids=CAUGHT.keys())
def test_a_number_that_contradicts_the_plan_is_caught(subject_for, plan):
    """It is quoted where it stands."""
    judgement = CHECK.run(subject_for(plan))

    assert judgement.outcome in {Outcome.FAIL, Outcome.WARN}
    assert judgement.evidence


@pytest.mark.parametrize("plan", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_a_number_about_something_else_is_left_alone(subject_for, plan):
    """Numbers in problems, in stories and about other years."""
    assert CHECK.run(subject_for(plan)).outcome in {Outcome.PASS, Outcome.NOT_APPLICABLE}


def test_another_grade_than_the_teacher_asked_for_fails(subject_for):
    """The request said grade 3."""
    judgement = CHECK.run(subject_for(FRACTIONS, inputs={"grade": "3"}))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "grade"


def test_kindergarten_is_a_grade(subject_for):
    """In words, too."""
    plan = but(SHARING, grade="K", title="Kindergarten: needs and wants")

    assert CHECK.run(subject_for(plan)).outcome is Outcome.PASS
    assert CHECK.run(subject_for(but(plan, grade="1"))).outcome is Outcome.FAIL
