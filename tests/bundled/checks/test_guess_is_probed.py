"""A guess that is not asked about is caught; a turn that asks for reasons is let be."""

import pytest

from sandbox.bundled.checks.guess_is_probed import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.turns import turn

NOT_PROBED = {
    "told": "It is not 20. Count the rows.",
    "try again": "Try again!",
    "a hint": "Think of rows of tiles.",
    "another question": "Is it more than 10?",
    "a smaller problem": "What is 2 times 4?",
    "reproach": "Please do not guess.",
    "a formula": "Remember that area is length times width.",
    "which": "Which is bigger, 20 or 24?",
    "praise": "Good try, and now the next one.",
    "a choice": "Is it the edge or the inside?",
    "count": "Count the tiles in the first row.",
}
PROBED = {
    "how did you": "How did you get 20?",
    "why": "Why 20?",
    "what made you": "What made you choose 20?",
    "tell me how": "Tell me how you found it.",
    "explain": "Explain your steps to me.",
    "walk me through": "Walk me through what you did first.",
    "where from": "Where does the 20 come from?",
    "how do you know": "How do you know that it is 20?",
    "what were you thinking of": "What were you thinking of when you wrote 20?",
    "show": "Show me with tiles what you counted.",
    "how could we check": "How could we find out whether 20 fits?",
    "what did you see": "What did you see in the picture when you said 20?",
}


@pytest.mark.parametrize("words", NOT_PROBED.values(), ids=NOT_PROBED.keys())
def test_a_guess_that_is_not_asked_about_is_a_warning(subject_for, words):
    """The tutor calls it a guess, and goes on without asking."""
    assert CHECK.run(subject_for(turn(words, error_type="guess"))).outcome is Outcome.WARN


@pytest.mark.parametrize("words", PROBED.values(), ids=PROBED.keys())
def test_a_turn_that_asks_for_reasons_passes(subject_for, words):
    """The student can say what lies behind it."""
    assert CHECK.run(subject_for(turn(words, error_type="guess"))).outcome is Outcome.PASS


def test_only_a_guess_is_judged(subject_for, good_feedback):
    """Other mistakes, and feedback, are none of its business."""
    assert CHECK.run(subject_for(turn("Try again!"))).outcome is Outcome.NOT_APPLICABLE
    assert CHECK.run(subject_for(good_feedback)).outcome is Outcome.NOT_APPLICABLE


def test_in_another_language_the_strategy_counts(subject_for):
    """Spanish words are not read, so what the turn says of itself is."""
    spanish = {"inputs": {"language": "es"}}
    asking = turn("¿Cómo lo pensaste?", error_type="guess", strategy="ask_for_reasoning")
    hinting = turn("Piensa en las filas.", error_type="guess", strategy="give_hint")

    assert CHECK.run(subject_for(asking, **spanish)).outcome is Outcome.PASS
    assert CHECK.run(subject_for(hinting, **spanish)).outcome is Outcome.WARN
