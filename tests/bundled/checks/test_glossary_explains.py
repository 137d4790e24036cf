"""The glossary explains words of the text in easier ones."""

import pytest

from sandbox.bundled.checks.glossary_explains import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.leveled_examples import BRIDGE, leveled

TEXT = BRIDGE + " Water evaporated from the river. The water cycle went on. Glaciers lay near by."

NO_EXPLANATION = {
    "not in the text": ("volcano", "a mountain that throws out hot rock"),
    "two words, not in the text": ("magnetic field", "where a magnet pulls"),
    "by itself": ("steel", "steel that is strong"),
    "by its plural": ("beam", "one of many beams"),
    "phrase by itself": ("water cycle", "what the water cycle does"),
    "only itself": ("rust", "rust"),
    "nothing": ("steel", "..."),
    "a placeholder": ("steel", "TBD"),
    "defined twice over": ("steel", "Steel is a kind of steel from a mill."),
    "capitals": ("Steel", "STEEL of a mill"),
}
DOUBTFUL = {
    "a word of its family": ("evaporated", "what happens when evaporation goes on"),
    "long": (
        "steel",
        (
            "a very hard and strong metal that people make in a mill out of iron and a little coal, and "
            "that they use for bridges and cars and tools"
        ),
    ),
}
EXPLAINED = {
    "plain": ("steel", "a hard metal made from iron"),
    "names itself first": ("steel", "Steel is a hard metal made from iron."),
    "with an article": ("beam", "A beam: a long piece of metal or wood"),
    "means": ("rust", "Rust means the red stuff on old iron."),
    "another form in the text": ("evaporate", "to turn into a gas"),
    "singular of the text's plural": ("glacier", "a river of ice"),
    "part of a phrase": ("water cycle", "the way of water from sea to cloud and back"),
    "capital": ("Bridge", "a road over a river"),
    "name": ("Lorn River", "a river that runs past Ardmore"),
    "part of another word": ("ice", "water that froze; a slice of it floats"),
    "to": ("trust", "to feel sure about somebody"),
    "opposite": ("storm", "wind and rain that do harm"),
}


def _explaining(*entries, text=TEXT, grade="5"):
    return leveled(text, glossary=entries, grade=grade)


@pytest.mark.parametrize("entry", NO_EXPLANATION.values(), ids=NO_EXPLANATION.keys())
def test_a_word_that_is_not_explained_fails(subject_for, entry):
    """The entry is named."""
    judgement = CHECK.run(subject_for(_explaining(("river", "a stream of water"), entry)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where.startswith("glossary[1].")


@pytest.mark.parametrize("entry", DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_an_explanation_that_may_not_help_is_a_warning(subject_for, entry):
    """A person should look."""
    assert CHECK.run(subject_for(_explaining(entry))).outcome is Outcome.WARN


@pytest.mark.parametrize("entry", EXPLAINED.values(), ids=EXPLAINED.keys())
def test_a_word_that_is_explained_passes(subject_for, entry):
    """The form in which it stands in the text is free."""
    assert CHECK.run(subject_for(_explaining(entry))).outcome is Outcome.PASS


def test_the_limit_of_length_grows_with_the_grade(subject_for):
    """What is long in grade 1 is short in grade 8."""
    entry = (
        "steel",
        "a hard metal that people make from iron and a little coal in a big and very hot mill",
    )
    outcomes = [CHECK.run(subject_for(_explaining(entry, grade=grade))).outcome for grade in ("1", "8")]

    assert outcomes == [Outcome.WARN, Outcome.PASS]


def test_a_word_explained_twice_is_a_warning(subject_for):
    """The second one is named."""
    judgement = CHECK.run(
        subject_for(_explaining(("rust", "red stuff on iron"), ("Rust", "old iron's coat")))
    )

    assert (judgement.outcome, judgement.evidence[0].where) == (Outcome.WARN, "glossary[1].term")


def test_without_a_glossary_nothing_is_judged(subject_for):
    """A text may need none."""
    assert CHECK.run(subject_for(_explaining())).outcome is Outcome.NOT_APPLICABLE


def test_other_scripts_are_compared_as_well(subject_for):
    """A word is found in a script without spaces."""
    text = "植物通过光合作用制造食物。"

    assert (
        CHECK.run(subject_for(_explaining(("光合作用", "植物用光制造食物"), text=text))).outcome
        is Outcome.PASS
    )
