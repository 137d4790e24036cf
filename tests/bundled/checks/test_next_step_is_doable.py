"""Advice that leaves a student where they were is caught; acts and pointed questions are let be."""

import pytest

from sandbox.bundled.checks.next_step_is_doable import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.turns import turn, with_step

VAGUE = {
    "try harder": "Try harder next time.",
    "be careful": "Be more careful!",
    "study more": "You need to study more at home.",
    "check your work": "Check your work carefully.",
    "pay attention": "Please pay more attention.",
    "add details": "Add more details.",
    "improve writing": "Improve your writing and keep going.",
    "practice": "You need more practice.",
    "proofread": "Proofread your essay for mistakes.",
    "review the chapter": "Review the chapter again.",
    "think again": "Think about it again.",
    "slow down": "Slow down and take your time.",
    "make sense": "Does that make sense?",
    "are you sure": "Are you sure?",
    "can you try again": "Can you try again?",
    "work on it": "Work on your spelling.",
    "be specific": "Be more specific and more detailed.",
    "a curly wish": "It’s important that you do better.",
}
DOABLE = {
    "draw": "Draw a bar with eight parts and shade three of them.",
    "after an opener": "First, fold the strip into six parts.",
    "try with a target": "Try starting your first sentence with a sound that you heard.",
    "you could": "You could tell what your grandmother said when she saw the snow.",
    "a pointed question": "What does the 8 in 3/8 count?",
    "which": "Which sentence shows that Tom is afraid?",
    "check what": "Check the second line by counting the beads again.",
    "be careful where": "Be careful with the signs: circle each minus before you add.",
    "add details of what": "Add two details that let a reader hear the storm.",
    "see if you can": "See if you can find one more reason in the text.",
    "go back": "Go back to the page where the letter is hidden.",
    "let's": "Let’s put the numbers 9 and 4 on the line.",
    "in the middle": "A picture may help, so sketch the two plates with their slices.",
    "non-breaking spaces": "Underline\u00a0the\u00a0verb\u00a0in\u00a0your\u00a0title.",
    "can you": "Can you explain why you added the bottoms?",
    "after a quote": "You wrote “it was fun”. Tell what you saw, heard and smelled on that day.",
}
NOTHING_MORE = {"what": "Your answer could be better."}


@pytest.mark.parametrize("words", VAGUE.values(), ids=VAGUE.keys())
def test_vague_advice_is_a_warning(subject_for, words):
    """A student cannot act on it."""
    judgement = CHECK.run(subject_for(with_step(how=words, **NOTHING_MORE)))

    assert judgement.outcome is Outcome.WARN
    assert judgement.evidence[0].where == "next_steps[0].how"


@pytest.mark.parametrize("words", DOABLE.values(), ids=DOABLE.keys())
def test_acts_and_pointed_questions_pass(subject_for, words):
    """A student knows what to do and to what."""
    assert CHECK.run(subject_for(with_step(how=words, **NOTHING_MORE))).outcome is Outcome.PASS


def test_a_turn_and_a_text_are_judged_too(subject_for):
    """What a tutor says is read as a whole; where it confirms, there is nothing to do."""
    vague, doable = VAGUE["try harder"], DOABLE["draw"]

    assert CHECK.run(subject_for(turn(vague))).outcome is Outcome.WARN
    assert CHECK.run(subject_for(turn(doable))).outcome is Outcome.PASS
    assert CHECK.run(subject_for(vague)).outcome is Outcome.WARN
    assert CHECK.run(subject_for(doable)).outcome is Outcome.PASS
    assert CHECK.run(subject_for(turn(vague, strategy="confirm"))).outcome is Outcome.NOT_APPLICABLE


def test_other_languages_and_empty_texts_are_not_judged(subject_for):
    """The lists are English, and silence is no advice."""
    spanish = subject_for(with_step(how="Esfuérzate más."), inputs={"language": "es"})

    assert CHECK.run(spanish).outcome is Outcome.NOT_APPLICABLE
    assert CHECK.run(subject_for("  ")).outcome is Outcome.NOT_APPLICABLE
