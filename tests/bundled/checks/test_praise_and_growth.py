"""Feedback with nothing to keep, or nothing to try, is caught; both together are let be."""

import pytest

from sandbox.bundled.checks.praise_and_growth import CHECK
from sandbox.domain.artifact import Artifact
from sandbox.domain.finding import Outcome
from tests.bundled.checks.turns import feedback, with_step, with_whys

PRAISE_ONLY = {
    "keep it up": "Keep it up!",
    "nothing to improve": "There is nothing to improve here.",
    "no changes": "No changes are needed.",
    "perfect": "It is perfect.",
    "great job": "Great job, really!",
    "none": "None",
    "n/a": "N/A",
    "leave it": "Leave it as it is.",
    "continue": "Just continue like this.",
    "all good": "All good!",
}
NO_PRAISE = {
    "nothing works": "Nothing here works yet.",
    "not much": "There is not much to praise.",
    "hard to find": "It is hard to find something positive.",
    "none": "None.",
    "but": "But the ending is missing.",
    "unfortunately": "Unfortunately the sum is wrong.",
}
ONE_SIDED: dict[str, Artifact] = {
    **{f"praise only: {name}": with_step(what="Well done.", how=how) for name, how in PRAISE_ONLY.items()},
    **{f"no praise: {name}": with_whys(why) for name, why in NO_PRAISE.items()},
    "no strength at all": feedback(strengths=()),
    "no step at all": feedback(next_steps=()),
}
BALANCED: dict[str, Artifact] = {
    "both": feedback(),
    "a stretch": with_step(what="All is right.", how="Find a second way and say which one is shorter."),
    "praise before a step": with_step(how="Great job so far. Now draw a bar for the other fraction."),
    "a question": with_step(how="What would the seed feel under the ground?"),
    "keep and add": with_step(how="Keep the opening, and add a sound to the second sentence."),
    "a perfect square": with_step(how="Find the perfect squares between 10 and 50."),
    "nothing in the story": with_whys("You show that nothing moves in the house, which makes it eerie."),
    "no words": with_whys("No word is wasted in your first line, so it hits the reader."),
    "two strengths": with_whys("A reader can smell the rain.", "Each step can be checked."),
    "one weak of two": with_whys("Nothing here works yet.", "Each step can be checked."),
    "a step in what": with_step(what="Which 8 do you mean?", how="Keep going!"),
    "little": with_whys("The little bird makes the reader smile."),
}


@pytest.mark.parametrize("answer", ONE_SIDED.values(), ids=ONE_SIDED.keys())
def test_one_sided_feedback_is_a_warning(subject_for, answer):
    """A student needs to know what to keep and what to try."""
    assert CHECK.run(subject_for(answer)).outcome is Outcome.WARN


@pytest.mark.parametrize("answer", BALANCED.values(), ids=BALANCED.keys())
def test_balanced_feedback_passes(subject_for, answer):
    """Something works and something can grow."""
    assert CHECK.run(subject_for(answer)).outcome is Outcome.PASS


def test_work_without_an_answer_needs_no_strength(subject_for):
    """Nothing has to be praised where nothing was tried."""
    subject = subject_for(with_whys("None."), inputs={"student_work": "idk"})

    assert CHECK.run(subject).outcome is Outcome.PASS
