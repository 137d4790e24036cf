"""A leveled text brings in no numbers and names of its own."""

import pytest

from sandbox.bundled.checks.kept_to_the_text import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.leveled_examples import BRIDGE, SOURCE, leveled

FAILS = {
    "another year": "In 1913 the people of Ardmore built a bridge.",
    "a year of its own": "The bridge was painted blue in 1988.",
    "another number of cars": "Each day, 800 cars cross the bridge.",
    "another sum of repairs": "In 1974 it cost a lot. People paid for 250 cars.",
    "a person": "The plan was drawn by Otto Brandt and his sister.",
    "a second person": "Ida worked with her friend Clara Holt on the plan.",
}
WARNS = {
    "a count that was in words": "The old span is very long. It carried 60 residents.",
    "a new count": "There were 17 ducks on the ice.",
    "a share": "It was closed for 35% of the winter.",
    "a place": "The steel came from Wexford by boat.",
    "a first name": "Her cousin Petra helped her with the plan.",
    "a decimal": "The beams weigh 2.5 tons each.",
    "a far-off rounding": "About 900 ducks live near the bridge.",
}
KEPT = {
    "the good one": BRIDGE,
    "number words": "She asked 120 people to stand on the 90 meter bridge.",
    "digits in words": "Nearly four hundred cars use it.",
    "rounded": "About 400 cars cross it each day.",
    "almost": "Almost 400 cars cross it.",
    "years between": "It was fixed 43 years later.",
    "money without comma": "The work cost $12000.",
    "small counts": "There are 3 reasons and 2 people.",
    "a name at the start": "Builders liked her. Boats were slow. Winters were cold.",
    "a name of the source": "The people of Ardmore thanked Ida Marsh.",
    "the river": "It goes over the Lorn River.",
    "months and days": "Workers come on a Monday in April.",
    "speech": "They said, “Nobody will cross it!” and went home.",
    "possessive": "It was Ida’s plan and Ardmore's bridge.",
    "I": "She said that I should try it, and I did.",
    "a heading": "How It Began\n\nThe boats were slow.",
    "another form of a name": "The Ardmoreans liked it, said the people near the Lorn.",
}


def _text(words):
    return leveled(words)


@pytest.mark.parametrize("words", FAILS.values(), ids=FAILS.keys())
def test_a_fact_of_its_own_fails(subject_for, words):
    """It is quoted from the text."""
    judgement = CHECK.run(subject_for(_text(words), inputs={"source_text": SOURCE}))

    assert judgement.outcome is Outcome.FAIL
    assert all(found.quote in words for found in judgement.evidence)


@pytest.mark.parametrize("words", WARNS.values(), ids=WARNS.keys())
def test_what_the_source_does_not_hold_is_a_warning(subject_for, words):
    """It may be explained by something else."""
    assert CHECK.run(subject_for(_text(words), inputs={"source_text": SOURCE})).outcome is Outcome.WARN


@pytest.mark.parametrize("words", KEPT.values(), ids=KEPT.keys())
def test_what_the_source_says_too_passes(subject_for, words):
    """The same number may be written or rounded otherwise."""
    assert CHECK.run(subject_for(_text(words), inputs={"source_text": SOURCE})).outcome is Outcome.PASS


def test_without_a_source_nothing_is_compared(subject_for):
    """A text that was written from nothing is another matter."""
    assert CHECK.run(subject_for(leveled())).outcome is Outcome.NOT_APPLICABLE


def test_german_nouns_are_no_names(subject_for):
    """In German every noun has a capital letter."""
    words = (
        "Die Leute aus Ardmore bauten eine Brücke aus Stahl, weil der Fluss im Winter voller Eis war. " * 3
    )

    judgement = CHECK.run(subject_for(leveled(words), inputs={"source_text": SOURCE}))

    assert judgement.outcome is Outcome.PASS
