"""The levels of a rubric differ in something that can be seen."""

import pytest

from sandbox.bundled.checks.rubric_levels_differ import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.rubric_examples import REASONS, criterion, rubric

SAME = {
    "word for word": ("Uses evidence.", "Uses evidence.", "Uses no evidence."),
    "first and last": ("Names a source.", "Names two sources.", "Names a source."),
    "capitals and full stop": ("Uses evidence", "uses evidence.", "Uses no evidence."),
}
ALIKE = {
    "always, often, rarely": ("Always uses evidence.", "Often uses evidence.", "Rarely uses evidence."),
    "consistently, usually": (
        "Consistently cites the text.",
        "Usually cites the text.",
        "Does not cite the text.",
    ),
    "clearly, somewhat": ("Explains the idea clearly.", "Somewhat explains the idea.", "Explains no idea."),
    "one adverb": ("Explains the steps thoroughly.", "Explains the steps.", "Lists the steps."),
    "little words": (
        "Draws the graph with its labels.",
        "Draws a graph with the labels.",
        "Draws a graph.",
    ),
    "good, fair, poor": ("Excellent use of color.", "Good use of color.", "Poor use of color."),
    "excellent work": ("Excellent work.", "Good work.", "Needs improvement."),
    "understanding": ("Strong understanding.", "Three facts are named.", "No fact is named."),
    "expectations": ("Exceeds expectations.", "Meets expectations.", "Below expectations."),
    "frequency in the middle": (
        "The writer sometimes ends sentences with a mark.",
        "The writer seldom ends sentences with a mark.",
        "No sentence ends with a mark.",
    ),
    "plural only": ("Gives a reason for the claim.", "Gives reasons for the claim.", "Gives no claim."),
}
DIFFERENT = {
    "counts": ("Uses three sources.", "Uses two sources.", "Uses one source."),
    "digits": ("Has 5 or more details.", "Has 3 details.", "Has 1 detail."),
    "negation": ("Labels the axes.", "Does not label the axes but draws them.", "Does not label the axes."),
    "all, most, few": (
        "All sentences end with a mark.",
        "Most sentences end with a mark.",
        "Few sentences end with a mark.",
    ),
    "adds something": (
        "Names the claim and gives a reason.",
        "Names the claim.",
        "Names a topic.",
    ),
    "always with something seen": (
        "Always tells which page the fact is from.",
        "Sometimes tells which page, and names the book.",
        "Names neither page nor book.",
    ),
    "what is missing": ("Shows each step.", "Leaves out one step.", "Shows only the answer."),
    "fractions": ("Cuts the bar into equal parts.", "Cuts it into parts of other sizes.", "Cuts no bar."),
    "quality with evidence": (
        "Good: the ending takes up the first sentence.",
        "The ending stops at the last event.",
        "There is no ending.",
    ),
    "spanish counts": ("Da tres razones.", "Da una razón.", "No da razones."),
    "who": ("Asks a classmate and answers one.", "Answers a classmate.", "Talks to nobody."),
    "latex": (r"Writes \(x^2\) with its sign.", r"Writes \(x\) only.", "Writes nothing."),
}


def describing(words):
    """A rubric in which one criterion has these levels."""
    return rubric(REASONS, criterion("Details", *words))


@pytest.mark.parametrize("words", SAME.values(), ids=SAME.keys())
def test_the_same_description_twice_fails(subject_for, words):
    """Both places are named."""
    judgement = CHECK.run(subject_for(describing(words)))

    assert judgement.outcome is Outcome.FAIL
    assert all(found.where.startswith("criteria[1].levels[") for found in judgement.evidence)


@pytest.mark.parametrize("words", ALIKE.values(), ids=ALIKE.keys())
def test_a_ladder_of_adverbs_is_a_warning(subject_for, words):
    """Nobody sees 'often' in a piece of work."""
    assert CHECK.run(subject_for(describing(words))).outcome is Outcome.WARN


@pytest.mark.parametrize("words", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_levels_that_can_be_told_apart_pass(subject_for, words):
    """A number, a 'not' or a thing that is missing can be seen."""
    assert CHECK.run(subject_for(describing(words))).outcome is Outcome.PASS


def test_the_same_words_for_students_are_a_warning(subject_for):
    """Students read only their own column."""
    levels = tuple(
        level.model_copy(update={"in_student_words": "I give reasons."}) for level in REASONS.levels
    )
    grid = rubric(REASONS, REASONS.model_copy(update={"levels": levels}))

    assert CHECK.run(subject_for(grid)).outcome is Outcome.WARN


def test_ladders_in_other_languages_are_not_judged(subject_for):
    """The words are English, but the same text twice is the same in every language."""
    words = ("Good work.", "Excellent work.", "Poor work.")
    there = CHECK.run(subject_for(describing(words), inputs={"language": "es"}))
    same = CHECK.run(subject_for(describing(["Bien.", "Bien.", "Mal."]), inputs={"language": "es"}))

    assert (there.outcome, same.outcome) == (Outcome.PASS, Outcome.FAIL)
