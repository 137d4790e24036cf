"""A wrong idea is one that a student could hold, and the lesson meets it."""

import pytest

from sandbox.bundled.checks.misconceptions_met import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import but, language_of, wrong_ideas
from tests.bundled.checks.lessons import AGUA, CLAIMS, FRACTIONS, GOOD_PLANS, POND, SHARING


def _idea(plan, idea, response):
    return but(plan, misconceptions=wrong_ideas((idea, response)))


FAILS = {
    "a fact of the lesson": _idea(
        POND, "Animals get matter by eating plants or other animals.", "Draw the arrow on the board."
    ),
    "another fact of the lesson": _idea(
        FRACTIONS, "The denominator names the size of the parts, so it stays.", "Show the bar of eighths."
    ),
    "a fact in small letters": _idea(
        SHARING, "a need is something we must have to live", "Ask for three needs at home."
    ),
    "what students know already": _idea(
        CLAIMS, "A claim is a statement that someone could argue against.", "Vote."
    ),
    "response says the same": _idea(
        POND, "Plants get their food from the soil.", "Plants get their food from the soil."
    ),
    "response is part of it": _idea(
        FRACTIONS, "You add the bottoms of two fractions too.", "You add the bottoms too."
    ),
    "nothing is wrong in it, in Spanish": _idea(
        AGUA, "El calor del sol evapora el agua.", "Mostrar la bolsa."
    ),
}
WARNS = {
    "a topic": _idea(FRACTIONS, "Denominators", "Show the bar and count the parts."),
    "a topic of three words": _idea(POND, "Food web arrows", "Follow the snail along the arrow."),
    "trouble with a topic": _idea(
        FRACTIONS, "Difficulty with fractions", "Use bars to show the denominator."
    ),
    "they do not understand": _idea(
        CLAIMS, "Students may not understand evidence.", "Read the article again."
    ),
    "a lack": _idea(CLAIMS, "Lack of vocabulary about claims", "Make a word wall with evidence and claim."),
    "only correct it": _idea(POND, "Decomposers are bad for a pond.", "Correct the misconception."),
    "only explain it": _idea(
        FRACTIONS,
        "A bigger denominator means a bigger fraction.",
        "Explain the correct concept to students.",
    ),
    "only remind": _idea(SHARING, "Toys are needs.", "Remind students of the right answer."),
    "only a denial": _idea(POND, "Mushrooms are plants.", "No, mushrooms are not plants."),
    "nowhere in the lesson": _idea(
        SHARING, "The moon makes its own light.", "Hold a lamp beside a ball and turn it."
    ),
    "another unit": _idea(FRACTIONS, "A kilometer is shorter than a mile is long.", "Walk the hallway."),
}
PASSES = {
    **GOOD_PLANS,
    "turned round": but(
        _idea(
            FRACTIONS,
            "All rectangles are squares.",
            "Draw a long one. Which rule of squares does it break?",
        ),
        key_points=("All squares are rectangles.", "A denominator counts parts."),
        objective="I can sort squares and rectangles.",
    ),
    "one word differs from the fact": _idea(
        FRACTIONS,
        "The numerator names the size of the parts.",
        "Cut one bar into fourths and one into eighths.",
    ),
    "a quotation": _idea(
        FRACTIONS, "“1/8 is more than 1/4, since 8 is more than 4.”", "Lay both bars together."
    ),
    "short but whole": _idea(POND, "Plants eat soil.", "Weigh the pot: where does the matter come from?"),
    "two words and a verb": _idea(POND, "Fungi are plants.", "Look: do they make food from light?"),
    "denied and then shown": _idea(
        POND, "Matter disappears.", "Matter does not disappear: follow the leaf from week 1 to week 6."
    ),
    "response is a question": _idea(
        CLAIMS,
        "Any quotation is good evidence.",
        "Which of these two quotations is about the claim at all?",
    ),
    "confusing two things": _idea(
        CLAIMS, "Students confuse the claim with the topic.", "Ask: could anybody argue against this?"
    ),
    "two ideas": but(
        SHARING,
        misconceptions=wrong_ideas(
            ("Everything my family buys is a need.", "Sort the picture of candy: can we live without it?"),
            ("Wants are bad.", "Tell of a want that makes you glad, and that is fine."),
        ),
    ),
    "a negation": _idea(
        FRACTIONS, "A fraction cannot be more than a whole.", "Shade five fourths on two bars."
    ),
    "non-breaking spaces": _idea(
        FRACTIONS, "You\u00a0add\u00a0the denominators.", "Fold the bar: how big is each part now?"
    ),
}


@pytest.mark.parametrize("plan", FAILS.values(), ids=FAILS.keys())
def test_a_fact_and_an_echo_fail(subject_for, plan):
    """A fact of the lesson is no wrong idea, and saying it again is no response."""
    judgement = CHECK.run(subject_for(plan, inputs=language_of(plan)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where.startswith("misconceptions[0]")


@pytest.mark.parametrize("plan", WARNS.values(), ids=WARNS.keys())
def test_a_doubtful_pair_is_a_warning(subject_for, plan):
    """Topics, empty responses and ideas that the lesson never touches."""
    assert CHECK.run(subject_for(plan, inputs=language_of(plan))).outcome is Outcome.WARN


@pytest.mark.parametrize("plan", PASSES.values(), ids=PASSES.keys())
def test_a_wrong_idea_that_is_met_passes(subject_for, plan):
    """Order, single words and short sentences make a difference."""
    assert CHECK.run(subject_for(plan, inputs=language_of(plan))).outcome is Outcome.PASS
