"""Words that point nowhere are caught; quotes, numbers, words of the work and places are let be."""

import pytest

from sandbox.bundled.checks.mistake_is_located import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.turns import INPUTS, turn, with_step

NOWHERE = {
    "a mistake": "There is a mistake. Can you find it?",
    "not quite": "Not quite. Try again!",
    "almost": "You are almost there, keep thinking.",
    "check": "Please check your thinking once more.",
    "misunderstanding": "I see a small misunderstanding here.",
    "good try": "Good try! Let's look at it together.",
    "another way": "Could there be another way to do this?",
    "think": "Think about what you learned last week.",
    "are you sure": "Are you sure about that?",
    "a formula": "Do you remember the formula?",
    "thanks": "Thank you for sharing your ideas with me!",
    "something is off": "Hmm, something is off. What do you think?",
}
SOMEWHERE = {
    "a quote": "You wrote “i went around the edge”. What did you count there?",
    "a quote in plain quotes": 'What does "around the edge" tell you?',
    "a number of the work": "How did you get to 20?",
    "a number as a word": "What do your twenty stand for?",
    "a number of the task": "What does the 6 stand for?",
    "the first step": "Look at your first step again.",
    "step 2": "In step 2 something changes. What is it?",
    "the last line": "Read the last line aloud.",
    "words of the work": "You went around the edge of the floor. What is inside?",
    "a word in another form": "Think of tiling: which tiles cover the floor?",
    "the equation": "What does your equation count?",
    "the sentence": "Which word in that sentence tells what is measured?",
}


@pytest.mark.parametrize("words", NOWHERE.values(), ids=NOWHERE.keys())
def test_words_that_point_nowhere_are_a_warning(subject_for, words):
    """A student would have to hunt for the place."""
    assert CHECK.run(subject_for(turn(words), inputs=INPUTS)).outcome is Outcome.WARN
    assert CHECK.run(subject_for(words, inputs=INPUTS)).outcome is Outcome.WARN


@pytest.mark.parametrize("words", SOMEWHERE.values(), ids=SOMEWHERE.keys())
def test_words_that_point_somewhere_pass(subject_for, words):
    """Quotes, numbers, words and places show where to look."""
    assert CHECK.run(subject_for(turn(words), inputs=INPUTS)).outcome is Outcome.PASS


LONG_WORK = (
    "I think our school should have a garden because plants are good and my cousin grows tomatoes at home "
    "and they taste better than the ones from the store and it would be fun for us all."
)


def test_a_quote_of_nearly_all_the_work_is_no_place(subject_for):
    """Only a part of a longer work shows where to look, unless the words beside it do."""
    bare = {"what": "This could be stronger.", "how": "Give it another try."}
    case = {"inputs": {"student_work": LONG_WORK}}

    assert CHECK.run(subject_for(with_step(quote=LONG_WORK[:160], **bare), **case)).outcome is Outcome.WARN
    assert CHECK.run(subject_for(with_step(quote="...", **bare), **case)).outcome is Outcome.WARN
    assert (
        CHECK.run(subject_for(with_step(quote="plants are good", **bare), **case)).outcome is Outcome.PASS
    )
    pointed = bare | {"how": "What do tomatoes from the store taste like?"}
    assert (
        CHECK.run(subject_for(with_step(quote=LONG_WORK[:160], **pointed), **case)).outcome is Outcome.PASS
    )


@pytest.mark.parametrize("error_type", ["none", "guess", "unknown"])
def test_a_turn_without_a_mistake_is_not_judged(subject_for, error_type):
    """Where no mistake is seen, there is no place of it."""
    says = turn(NOWHERE["good try"], error_type=error_type)

    assert CHECK.run(subject_for(says, inputs=INPUTS)).outcome is Outcome.NOT_APPLICABLE


def test_without_work_nothing_is_judged(subject_for, good_lesson_plan):
    """There has to be something to point at."""
    assert (
        CHECK.run(subject_for(turn(), inputs={"dialogue": "Student: idk"})).outcome
        is Outcome.NOT_APPLICABLE
    )
    assert CHECK.run(subject_for("Look at line 2.")).outcome is Outcome.NOT_APPLICABLE
    assert CHECK.run(subject_for(good_lesson_plan, inputs=INPUTS)).outcome is Outcome.NOT_APPLICABLE
