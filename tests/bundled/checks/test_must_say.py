"""What a case asks for has to be said."""

import pytest

from sandbox.bundled.checks.must_say import CHECK
from sandbox.domain.finding import Outcome

MISSING = {
    "not there": ("goggles", "Wear gloves and tie your hair back."),
    "only inside a word": ("art", "We start with the smartest part of the cartoon."),
    "neither of two": ("main topic | main idea", "The main character is idle."),
    "words in another order": ("rate of change", "The change of rate is steady."),
    "denied by its ending": ("I can", "I can't do it yet."),
    "only the beginning": ("top", "The topic is topology."),
    "a number inside a number": ("42", "There are 142 seats, or 420."),
    "one phrase of a line break apart": ("heart rate", "The heart is strong. The rate is low."),
    "an accent less": ("río", "El rio crece."),
}

SAID = {
    "plain": ("goggles", "Wear goggles."),
    "other case": ("main idea", "What is the MAIN IDEA here?"),
    "second of two": ("main topic | main idea", "Find the main idea."),
    "non-breaking space and line break": (
        "heart rate",
        "Take your heart\u00a0rate, then your heart\nrate again.",
    ),
    "curly quote": ("don't guess", "Don’t guess: measure."),
    "plural": ("fraction", "Both fractions cover the same length."),
    "ending in -ing": ("count", "Keep counting on."),
    "a stem": ("multipl*", "Multiply both of them."),
    "beside punctuation": ("y", "Look at (y), not at x."),
    "long s": ("Straße", "DIE STRASSE IST LANG"),
    "no spaces between words": ("水", "植物喝水吗"),
    "right to left": ("الماء", "أين ذهب الماء؟"),
    "dashes of another kind": ("two-digit", "Use two‑digit numbers."),
    "spaces around signs": ("range(1, 11)", "Try range(1,11) once."),
}


@pytest.mark.parametrize(("phrase", "text"), MISSING.values(), ids=MISSING.keys())
def test_a_missing_phrase_fails(subject_for, phrase, text):
    """A phrase that is not said as whole words fails, and is named."""
    judgement = CHECK.run(subject_for(text, must=(phrase,)))

    assert judgement.outcome is Outcome.FAIL
    assert phrase in judgement.reason


@pytest.mark.parametrize(("phrase", "text"), SAID.values(), ids=SAID.keys())
def test_a_phrase_that_is_said_passes(subject_for, phrase, text):
    """Case, spaces, quotes, dashes and endings do not matter."""
    assert CHECK.run(subject_for(text, must=(phrase,))).outcome is Outcome.PASS


def test_the_place_is_told(subject_for, good_lesson_plan):
    """The evidence is the plan's own wording, with its path."""
    judgement = CHECK.run(subject_for(good_lesson_plan, must=("LAY BOTH STRIPS",)))

    assert (judgement.evidence[0].quote, judgement.evidence[0].where) == (
        "Lay both strips",
        "misconceptions[0].response",
    )


def test_a_case_that_asks_for_nothing_is_not_judged(subject_for):
    """No phrase, no judgement."""
    assert CHECK.run(subject_for("Anything.")).outcome is Outcome.NOT_APPLICABLE
