"""A leveled text can be read in its grade."""

import pytest

from sandbox.bundled.checks.text_fits_grade import CHECK
from sandbox.bundled.reading.everyday_words import is_everyday
from sandbox.bundled.reading.readability import read_ease
from sandbox.domain.finding import Outcome
from tests.bundled.checks.leveled_examples import BRIDGE, SOURCE, leveled
from tests.bundled.checks.test_reading_level_fits import EASY, HARD, MIDDLE, SPANISH

TOO_HARD = {
    **{
        f"a hard text for grade {grade}": (HARD, grade)
        for grade in ("K", "1", "2", "3", "4", "5", "6", "7", "8")
    },
    "the source for grade 3": (SOURCE * 2, "3"),
    "the source for grade 4": (SOURCE * 2, "4"),
    "a middle text for grade 2": (MIDDLE, "2"),
}
FITS = {
    **{f"easy for grade {grade}": (EASY, grade) for grade in ("1", "2", "3", "5", "8", "12")},
    "the bridge in grade 3": (BRIDGE, "3"),
    "the bridge in grade 5": (BRIDGE, "5"),
    "a middle text for grade 6": (MIDDLE, "6"),
    "too short": ("Notwithstanding considerable sophistication, it necessitates elaboration.", "2"),
    "is Spanish": (SPANISH, "2"),
    "is Chinese": ("水" * 500, "2"),
}


@pytest.mark.parametrize(("text", "grade"), TOO_HARD.values(), ids=TOO_HARD.keys())
def test_a_text_above_its_grade_is_caught(subject_for, text, grade):
    """The hardest sentence is quoted."""
    judgement = CHECK.run(subject_for(leveled(text, grade=grade)))

    assert judgement.outcome in {Outcome.WARN, Outcome.FAIL}
    assert judgement.evidence[0].quote in text


@pytest.mark.parametrize(("text", "grade"), FITS.values(), ids=FITS.keys())
def test_a_text_within_reach_is_left_alone(subject_for, text, grade):
    """Easy is never a fault, and what cannot be measured is not judged."""
    assert CHECK.run(subject_for(leveled(text, grade=grade))).outcome in {
        Outcome.PASS,
        Outcome.NOT_APPLICABLE,
    }


def test_a_harder_text_is_told_by_its_words_and_sentences():
    """Long sentences of rare words come last, and words that are explained are not rare."""
    difficulties = [read_ease(text).difficulty for text in (EASY, MIDDLE, HARD)]
    bare, explained = read_ease("Magma rises."), read_ease("Magma rises.", explained=("magma",))

    assert difficulties == sorted(difficulties)
    assert (bare.rare_share, explained.rare_share) == (0.5, 0)


@pytest.mark.parametrize("word", ["house", "Houses", "running", "happier", "tried", "don’t", "7", "cat's"])
def test_words_of_every_day_are_known_in_each_form(word):
    """Endings and capitals make no rare word."""
    assert is_everyday(word)


@pytest.mark.parametrize("word", ["magma", "notwithstanding", "photosynthesis", "elasticity"])
def test_words_of_a_subject_are_none_of_every_day(word):
    """They have to be learned."""
    assert not is_everyday(word)


def test_words_of_the_glossary_do_not_count_as_hard(subject_for):
    """The topic's own words have to stay."""
    text = "Photosynthesis helps plants grow. Chlorophyll catches light for photosynthesis. " * 12
    bare = CHECK.run(subject_for(leveled(text, grade="3")))
    terms = (("photosynthesis", "how plants make food"), ("chlorophyll", "the green in leaves"))
    explained = CHECK.run(subject_for(leveled(text, grade="3", glossary=terms)))

    assert (bare.outcome, explained.outcome) == (Outcome.FAIL, Outcome.PASS)
