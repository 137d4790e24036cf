"""An answer is written in American or in British spelling, not in both."""

import pytest

from sandbox.bundled.checks.one_spelling import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import but, but_segment
from tests.bundled.checks.lessons import CLAIMS, FRACTIONS, POND, SHARING

MIXED = {
    "color and colour": "Color the needs. Then choose another colour for the wants.",
    "center and behaviour": "Meet in the center of the room; the behaviour of magnets is next.",
    "analyze and favourite": "Analyze the poem, then read your favourite line aloud.",
    "organise and organize": "Organise your notes. When they are organized, write.",
    "neighbors and travelled": "The neighbors travelled to the coast.",
    "liter and metre": "A liter of water in a tank one metre long.",
    "aluminum and colour": "Polished aluminum has a gray colour.",
    "modeling and labelled": "The teacher is modeling; the labelled picture hangs on the wall.",
    "defense and honour": "The defense of the city was a point of honour.",
    "fiber and mould": "Cotton fiber lies beside the mould on the bread.",
    "catalog and programme": "The catalog lists each theatre and its programme.",
    "gray areas left, recognise and color": "We recognise the color of each leaf.",
}
ONE_SPELLING = {
    "American": "Color the map. Analyze the center, and organize your favorite facts.",
    "British": "Colour the map. Analyse the centre, and organise your favourite facts.",
    "Oxford": "Organize your notes and choose a colour; recognize the pattern.",
    "grey and color": "A grey day, and no color in the sky.",
    "a name": "Visit the Globe Theatre on the map, and color the river.",
    "a party": "The Labour Party won, so color the map red.",
    "advice in both": "Advertise the play, then exercise and revise your favorite part.",
    "a quoted word": "The sign said “Colour Shop”. Color the sign.",
    "a meter that measures": "Read the meter; the colour tells the rest.",
    "practice": "Practice daily, practise your lines; both are written here.",
    "dialog": "Open the dialog and read the dialogue in the play with favorite lines.",
    "none": "Fold the strip again and look.",
    "Spanish words": "The Spanish word “color” means colour.",
}


@pytest.mark.parametrize("text", MIXED.values(), ids=MIXED.keys())
def test_two_spellings_in_one_answer_are_a_warning(subject_for, text):
    """One word of each is quoted."""
    judgement = CHECK.run(subject_for(text))

    assert judgement.outcome is Outcome.WARN
    assert len(judgement.evidence) >= 2


@pytest.mark.parametrize("text", ONE_SPELLING.values(), ids=ONE_SPELLING.keys())
def test_one_spelling_passes(subject_for, text):
    """Names, quotes, and words that both sides write, are let be."""
    assert CHECK.run(subject_for(text)).outcome in {Outcome.PASS, Outcome.NOT_APPLICABLE}


def test_two_places_of_a_plan_are_compared(subject_for):
    """The paths of both words are told."""
    plan = but_segment(but(POND, title="The colours of a pond"), 0, students_do="Color the frog.")

    judgement = CHECK.run(subject_for(plan))

    assert {found.where for found in judgement.evidence} == {"title", "segments[0].students_do"}


@pytest.mark.parametrize("plan", [SHARING, FRACTIONS, POND, CLAIMS], ids=["1", "4", "5", "7"])
def test_good_plans_have_one_spelling(subject_for, plan):
    """Nothing is found in them."""
    assert CHECK.run(subject_for(plan)).outcome in {Outcome.PASS, Outcome.NOT_APPLICABLE}


def test_the_spelling_of_the_inputs_is_let_be(subject_for):
    """A student who writes colour is quoted as such."""
    subject = subject_for(
        "You wrote: my colour wheel. Which color is next?", inputs={"student_work": "my colour wheel"}
    )

    assert CHECK.run(subject).outcome is Outcome.PASS


def test_another_language_is_not_judged(subject_for):
    """In Spanish, color and labor are words of their own."""
    assert CHECK.run(subject_for("El color.", inputs={"language": "es"})).outcome is Outcome.NOT_APPLICABLE
