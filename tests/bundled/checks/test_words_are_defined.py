"""Keywords are explained in words that students know, and the lesson uses them."""

import pytest

from sandbox.bundled.checks.words_are_defined import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import but, but_segment, language_of, words
from tests.bundled.checks.lessons import AGUA, CLAIMS, FRACTIONS, GOOD_PLANS, POND, SHARING


def _word(plan, term, definition):
    return but(plan, keywords=words((term, definition)))


FAILS = {
    "the word itself": _word(SHARING, "need", "a need that people have"),
    "its plural": _word(FRACTIONS, "denominator", "one of the denominators of two fractions"),
    "in capitals": _word(CLAIMS, "Claim", "The claim of a writer"),
    "an expression": _word(POND, "food web", "a web of food: the food web of a pond"),
    "Spanish": _word(AGUA, "vapor", "el vapor que sube del agua"),
    "with a hyphen": _word(POND, "food-web", "what we call the food web in a place"),
}
WARNS = {
    "same family": _word(POND, "decomposer", "a living thing that decomposes dead plants"),
    "both words of it": but(
        _word(FRACTIONS, "bar graph", "a graph that shows numbers with bars"),
        objective="I can draw a bar graph.",
    ),
    "nowhere in the lesson": _word(POND, "photosynthesis", "how plants make sugar from light"),
    "of another subject": _word(CLAIMS, "hypotenuse", "the longest side of a right triangle"),
    "too long for grade 1": _word(
        SHARING,
        "want",
        "something that a person would like to have very much because it is nice but that is not a must",
    ),
    "too long for grade 4": _word(
        FRACTIONS,
        "numerator",
        "the number that is written above the line and that tells the reader how many of the equal "
        "parts of the "
        "whole are being counted, taken or shaded",
    ),
    "too long for grade 5": _word(
        POND,
        "decomposer",
        "any of the very many kinds of living things, such as bacteria or fungi, that break down the "
        "remains of "
        "plants and animals and return what they hold",
    ),
    "five new words at once in grade 1": but_segment(
        but(
            SHARING,
            keywords=words(
                ("budget", "a plan for money"),
                ("goods", "things we buy"),
                ("service", "work done for us"),
                ("save", "keep for later"),
                ("spend", "give money away"),
            ),
        ),
        1,
        teacher_does="Tells of goods, a service, a budget, and when to save and spend.",
    ),
}
PASSES = {
    **GOOD_PLANS,
    "one part of the expression": but(
        _word(FRACTIONS, "equivalent fractions", "fractions that name the same amount"),
        objective="I can name equivalent fractions.",
    ),
    "looks alike": but(
        _word(FRACTIONS, "area", "how many squares cover a flat shape"), objective="I can find the area."
    ),
    "inside a longer word": but(
        _word(FRACTIONS, "mean", "the fair share: meaningful for comparing groups"),
        objective="I can find the mean of five numbers.",
    ),
    "other form in the lesson": but(
        _word(POND, "evaporate", "turn from liquid into gas"),
        key_points=("Evaporation needs heat.", "Air moves."),
    ),
    "plural in the lesson": _word(POND, "arrow", "a line that shows which way something goes"),
    "used only in the exit ticket": _word(POND, "pile", "a heap of things"),
    "twelve words in grade 1": _word(
        SHARING, "need", "a thing that all people must have so that they can live"
    ),
    "long in grade 7": _word(
        CLAIMS,
        "evidence",
        "facts, numbers, examples or quotations from a source that help a reader to see why a statement is "
        "likely to be true",
    ),
    "an expression of small words": but(
        _word(FRACTIONS, "less than", "smaller in number"),
        objective="I can say which number is less than 10.",
    ),
    "a symbol": but(_word(FRACTIONS, "π", "how often the width fits round a circle"), title="Meet π"),
}


@pytest.mark.parametrize("plan", FAILS.values(), ids=FAILS.keys())
def test_a_word_explained_by_itself_fails(subject_for, plan):
    """The definition is quoted."""
    judgement = CHECK.run(subject_for(plan, inputs=language_of(plan)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "keywords[0].definition"


@pytest.mark.parametrize("plan", WARNS.values(), ids=WARNS.keys())
def test_a_word_that_helps_little_is_a_warning(subject_for, plan):
    """Circles, long sentences, and words that the lesson does not use."""
    assert CHECK.run(subject_for(plan, inputs=language_of(plan))).outcome is Outcome.WARN


@pytest.mark.parametrize("plan", PASSES.values(), ids=PASSES.keys())
def test_a_word_that_is_explained_and_used_passes(subject_for, plan):
    """Words that only look alike are let be."""
    assert CHECK.run(subject_for(plan, inputs=language_of(plan))).outcome is Outcome.PASS


def test_without_keywords_nothing_is_said(subject_for):
    """There is nothing to look at."""
    assert CHECK.run(subject_for(but(POND, keywords=()))).outcome is Outcome.NOT_APPLICABLE
