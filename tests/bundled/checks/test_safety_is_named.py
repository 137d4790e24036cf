"""Where something can hurt, the plan says how to keep safe."""

import pytest

from sandbox.bundled.checks.safety_is_named import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import but, but_segment
from tests.bundled.checks.lessons import AGUA, CLAIMS, ENGLISH_PLANS, FRACTIONS, POND, SHARING

CAUGHT = {
    "hot plate": but(POND, materials=("hot plate", "beaker of pond water")),
    "candle": but_segment(POND, 1, teacher_does="Lights a candle and puts a glass over it."),
    "boiling": but_segment(POND, 2, students_do="Boil pond water and look for what is left."),
    "Bunsen burner": but_segment(POND, 2, students_do="Heat the tube over a Bunsen burner for a minute."),
    "acid": but(POND, materials=("dilute hydrochloric acid", "limestone")),
    "bleach": but_segment(POND, 2, students_do="Drop bleach on the leaf and time it."),
    "scalpel": but_segment(POND, 3, students_do="Dissect a flower with a scalpel."),
    "craft knives": but(SHARING, materials=("craft knives", "cardboard")),
    "a walk to the pond": but_segment(
        POND, 0, students_do="Walk to the pond behind the school with a net."
    ),
    "field trip": but_segment(POND, 0, teacher_does="Leads the field trip to the creek."),
    "dodgeball": but_segment(
        but(SHARING, subject="Physical education"), 2, students_do="Play dodgeball in two teams."
    ),
    "hurdles": but(SHARING, subject="PE", materials=("hurdles", "whistle")),
    "climbing": but_segment(but(SHARING, subject="PE"), 2, students_do="Climb the rope to the mark."),
    "hot glue": but(SHARING, materials=("hot glue gun", "craft sticks")),
    "empty note": but(POND, materials=("hot plate",), safety_notes=("None",)),
}
LEFT_ALONE = {
    **ENGLISH_PLANS,
    "with a note": but(
        POND, materials=("hot plate",), safety_notes=("Only the teacher touches the plate.",)
    ),
    "goggles": but(POND, materials=("dilute hydrochloric acid", "goggles and gloves")),
    "adult helps": but_segment(
        SHARING, 2, teacher_does="Cuts cardboard with a craft knife; an adult helps."
    ),
    "supervised": but_segment(
        POND, 0, students_do="Walk to the pond.", teacher_does="Supervises at the water's edge."
    ),
    "a fire in a story": but_segment(
        CLAIMS, 1, teacher_does="Reads how the boy builds a fire in the snow."
    ),
    "acid rain": but(POND, key_points=("Acid rain harms fish.", "Decomposers return matter.")),
    "boil it down": but_segment(CLAIMS, 3, students_do="Boil the article down to one sentence."),
    "heated debate": but_segment(CLAIMS, 2, students_do="Hold a heated debate about the claim."),
    "sharp turn": but_segment(
        CLAIMS, 2, students_do="Mark the sharp turn in the story, and its burning question."
    ),
    "a knife in a play": but_segment(
        CLAIMS, 1, students_do="Read aloud: is this a dagger, a knife, or fear?"
    ),
    "a picture of a stove": but(SHARING, materials=("picture of a stove and a knife", "paper")),
    "scissors and glue": but(FRACTIONS, materials=("scissors", "glue sticks")),
    "chemical words": but(
        POND, worked_example="Sugar and acid are chemicals. Both hold carbon. So both are matter."
    ),
    "run a vote": but_segment(CLAIMS, 0, teacher_does="Runs a quick vote and climbs into the topic."),
    "a plastic knife": but(FRACTIONS, materials=("plastic knives", "play dough")),
    "the sun heats water": but_segment(POND, 1, teacher_does="Explains how the sun heats the water."),
    "asked about home": but_segment(POND, 1, teacher_does="Asks what happens when you boil water at home."),
    "a river in a figure": but_segment(CLAIMS, 1, teacher_does="Lead students to a river of ideas."),
    "outside the box": but_segment(
        SHARING, 2, students_do="Think outside the box and draw outside the line."
    ),
    "running total": but_segment(
        FRACTIONS, 2, students_do="Keep a running total and jump on the number line."
    ),
    "PE with space and warm-up": but_segment(
        but(SHARING, subject="PE"), 2, students_do="Warm up, keep an arm's length apart, then jog two laps."
    ),
}


@pytest.mark.parametrize("plan", CAUGHT.values(), ids=CAUGHT.keys())
def test_a_hazard_without_a_word_on_safety_is_a_warning(subject_for, plan):
    """It is quoted where it stands."""
    judgement = CHECK.run(subject_for(plan))

    assert judgement.outcome is Outcome.WARN
    assert judgement.evidence


@pytest.mark.parametrize("plan", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_no_hazard_or_a_word_on_safety_is_left_alone(subject_for, plan):
    """Stories, figures of speech, pictures and toys are let be."""
    assert CHECK.run(subject_for(plan)).outcome is Outcome.PASS


def test_in_another_language_nothing_is_said(subject_for):
    """The words are English."""
    assert CHECK.run(subject_for(AGUA, inputs={"language": "es"})).outcome is Outcome.NOT_APPLICABLE
