"""Praise that fits any work is caught; what words achieve is let be."""

import pytest

from sandbox.bundled.checks.strength_is_specific import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.turns import with_whys

GENERIC = {
    "good job": "Good job!",
    "great work": "Great work, keep it up!",
    "nice sentence": "This is a really nice sentence.",
    "well done": "Well done. I am proud of this.",
    "i like it": "I like this part very much.",
    "wow": "Wow, amazing!",
    "strong": "A very strong line.",
    "effort": "You worked hard here, and it is great.",
    "interesting": "This is interesting and well written.",
    "beautiful": "What a beautiful piece of writing!",
    "thumbs": "Super, fantastic, excellent!",
    "correct": "Correct, good!",
    "a bare label": "A clear metaphor.",
}
SPECIFIC = {
    "a reader": "A reader can smell the tomatoes here.",
    "a method": "You break the numbers apart, so each step is small.",
    "a reason": "You tried it out and told what you saw. That makes your reason easy to believe.",
    "a picture": "The rain on the roof lets us hear the night.",
    "evidence": "You name the year and the treaty, which shows when it began.",
    "a check": "You counted twice, and that is how you caught the missing bead.",
    "good with a reason": "Good choice: the short sentence slows the story down before the fall.",
    "a word": "'Creaked' tells what the old door sounds like.",
    "two languages": "Your abuela speaks in her own words, so we hear who she is.",
    "a number": "You kept the unit through all the lines of the calculation.",
    "a plan": "First, next and last stand in the order of the seed's life.",
    "short": "It makes the reader curious about the key.",
}


@pytest.mark.parametrize("words", GENERIC.values(), ids=GENERIC.keys())
def test_praise_for_any_work_is_caught(subject_for, words):
    """Nobody can repeat it, because nobody knows what was good."""
    judgement = CHECK.run(subject_for(with_whys(words)))

    assert judgement.outcome in {Outcome.FAIL, Outcome.WARN}
    assert judgement.evidence[0].where == "strengths[0].why"


@pytest.mark.parametrize("words", SPECIFIC.values(), ids=SPECIFIC.keys())
def test_what_words_achieve_passes(subject_for, words):
    """It says what the words do, or how they were found."""
    assert CHECK.run(subject_for(with_whys(words))).outcome is Outcome.PASS


def test_only_praise_for_all_strengths_fails(subject_for):
    """One generic strength beside a good one is a warning; nothing else is a failure."""
    good, empty = SPECIFIC["a reader"], GENERIC["good job"]

    assert CHECK.run(subject_for(with_whys(empty, empty))).outcome is Outcome.FAIL
    assert CHECK.run(subject_for(with_whys(good, empty))).outcome is Outcome.WARN


@pytest.mark.parametrize("work", ["idk", "I don’t know how to do this", "", "no idea sorry!!"])
def test_work_without_an_answer_needs_no_strength(subject_for, work):
    """Nothing has to be praised where nothing was tried."""
    subject = subject_for(with_whys("Good job!"), inputs={"student_work": work})

    assert CHECK.run(subject).outcome is Outcome.NOT_APPLICABLE


def test_other_languages_are_not_judged(subject_for):
    """The lists are English."""
    subject = subject_for(with_whys("¡Muy bien!"), inputs={"language": "es", "student_work": "3 + 4 = 7"})

    assert CHECK.run(subject).outcome is Outcome.NOT_APPLICABLE
