"""Supports help everybody to the same aim, and label nobody."""

import pytest

from sandbox.bundled.checks.supports_keep_the_aim import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import but, supports
from tests.bundled.checks.lessons import AGUA, CLAIMS, ENGLISH_PLANS, FRACTIONS, POND, SHARING


def _support(plan, need, support):
    return but(plan, differentiation=supports((need, support)))


FAILS = {
    "easier problems": _support(
        FRACTIONS, "finds fractions hard", "Give easier problems with whole numbers."
    ),
    "skips": _support(CLAIMS, "writes slowly", "May skip the explanation of the evidence."),
    "fewer standards": _support(POND, "is behind", "Hold to fewer standards this term."),
    "excused": _support(CLAIMS, "is shy", "Is excused from the exit ticket."),
    "another sheet": _support(FRACTIONS, "works slowly", "Gets a different worksheet with coloring."),
    "only colors": _support(POND, "reads little", "Colors a picture of a pond instead of drawing the web."),
    "need not explain": _support(SHARING, "speaks little English", "Does not have to say why."),
    "gets the answers": _support(FRACTIONS, "loses track", "Give them the answers to copy."),
    "lower aim": _support(
        CLAIMS, "finds it hard", "Lower the expectations: one sentence without evidence."
    ),
    "ADHD": _support(FRACTIONS, "has ADHD", "Cards with one step each."),
    "dyslexia": _support(CLAIMS, "students with dyslexia", "The article is read aloud."),
    "autistic": _support(SHARING, "autistic children", "A picture of what comes next."),
    "learning disability": _support(POND, "has a learning disability", "Organism cards to move."),
    "diagnosis in the support": _support(
        SHARING, "moves a lot", "For the child with ADD: a standing desk."
    ),
}
WARNS = {
    "only more time": _support(CLAIMS, "writes slowly", "Extra time."),
    "more minutes": _support(FRACTIONS, "works slowly", "Give 10 more minutes to finish."),
    "slow learners": _support(FRACTIONS, "slow learners", "Fraction bars to lay on the page."),
    "low students": _support(POND, "low students", "Organism cards to move."),
    "easier text": _support(CLAIMS, "reads below grade level", "Offer an easier article."),
    "all of them time": but(
        SHARING,
        differentiation=supports(
            ("draws slowly", "More time to draw."), ("speaks slowly", "Extended time.")
        ),
    ),
}
PASSES = {
    **ENGLISH_PLANS,
    "time and a frame": but(
        CLAIMS,
        differentiation=supports(
            ("writes slowly", "More time."), ("is learning English", "A frame: The article says ...")
        ),
    ),
    "not easier": _support(
        FRACTIONS, "loses track", "The same problems, not easier ones, with a step card."
    ),
    "skip counting": _support(FRACTIONS, "is unsure of facts", "A number line for skip counting by fives."),
    "skip lines": _support(CLAIMS, "writes large", "Paper on which they skip a line between rows."),
    "without skipping": _support(POND, "loses track", "A checklist, so that no step is skipped."),
    "simple words": _support(POND, "is learning English", "Directions in simpler words with pictures."),
    "fewer on a page": _support(
        FRACTIONS, "loses their place", "The same four sums, with fewer on each page."
    ),
    "easier to read": _support(CLAIMS, "needs large print", "The article in large print, easier to read."),
    "makes it easier to hold": _support(
        SHARING, "has weak hands", "Thick pencils that are easier to hold."
    ),
    "speaks instead of writing": _support(
        POND, "tires when writing", "Explains the web aloud instead of writing."
    ),
    "harder": _support(FRACTIONS, "is done early", "Write a sum whose answer is more than one whole."),
    "need not write by hand": _support(
        CLAIMS, "tires by hand", "Does not have to write by hand: may type it."
    ),
    "an easier text in science": _support(POND, "reads slowly", "A simpler text on the same web."),
    "answers to check with": _support(
        FRACTIONS, "is unsure", "Gets the answers to the first two so that they can check themselves."
    ),
    "hearing": _support(SHARING, "hears little", "Sits in front, and every question is written down, too."),
    "wheelchair": _support(POND, "uses a wheelchair", "The cards lie on a table that can be reached."),
}


@pytest.mark.parametrize("plan", FAILS.values(), ids=FAILS.keys())
def test_a_lower_aim_or_a_diagnosis_fails(subject_for, plan):
    """The words are quoted with the support they stand in."""
    judgement = CHECK.run(subject_for(plan))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where.startswith("differentiation[0].")


@pytest.mark.parametrize("plan", WARNS.values(), ids=WARNS.keys())
def test_a_doubtful_support_is_a_warning(subject_for, plan):
    """Time alone teaches nothing, and labels stick."""
    assert CHECK.run(subject_for(plan)).outcome is Outcome.WARN


@pytest.mark.parametrize("plan", PASSES.values(), ids=PASSES.keys())
def test_a_support_for_the_same_aim_passes(subject_for, plan):
    """Words such as skip, easier and instead are let be where they mean something else."""
    assert CHECK.run(subject_for(plan)).outcome is Outcome.PASS


def test_in_another_language_nothing_is_said(subject_for):
    """The words are English."""
    assert CHECK.run(subject_for(AGUA, inputs={"language": "es"})).outcome is Outcome.NOT_APPLICABLE
