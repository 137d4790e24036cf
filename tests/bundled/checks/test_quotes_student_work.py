"""Quotes have to stand in the student's work."""

import pytest

from sandbox.bundled.artifacts.feedback import NextStep, Strength
from sandbox.bundled.checks.quotes_student_work import CHECK
from sandbox.domain.finding import Outcome

WORK = (
    "My dog ate the hole cake and then he was realy sick on moms rug.\n\n"
    '"Bad dog!" she said — but I don\'t think he new. 12 + 15 = 27 candels were gone to.'
)

INVENTED = {
    "another story": "the cat slept on the warm roof all day",
    "half true": "My dog ate the hole cake and danced on the table",
    "a summary": "The dog became ill after eating cake",
    "a changed number": "12 + 15 = 28 candels were gone",
    "a placeholder": "string",
    "cut out of a word": "at",
    "words in another order": "sick realy was he then and cake hole the ate",
    "another language": "mi perro se comió el pastel",
    "an invented end": "he was realy sick on moms rug ... and we laughed for hours",
    "only dots": "...",
}

REAL = {
    "exact": "ate the hole cake and then he was",
    "other case and spaces": "my  dog ATE the hole\u00a0cake",
    "across a line break": 'sick on moms rug. "Bad dog!" she said',
    "curly quotes and apostrophe": "“Bad dog!” she said — but I don’t think",
    "another dash": "she said - but I don't think he new",
    "ellipses at the ends": "… he was realy sick on moms rug…",
    "an ellipsis inside": "My dog ate the hole cake ... on moms rug",
    "a corrected typo": "he was really sick on moms rug",
    "two corrected typos": "My dog ate the whole cake and then he was really sick on moms rug",
    "numbers and signs": "12 + 15 = 27",
    "its own quotation marks": '"ate the hole cake"',
    "an end that was added": "My dog ate the hole cake.",
}


def _quoting(good_feedback, strength, step):
    return good_feedback.model_copy(
        update={
            "strengths": (Strength(quote=strength, why="It shows what happened."),),
            "next_steps": (NextStep(quote=step, what="Look at this.", how="Read it aloud."),),
        }
    )


@pytest.mark.parametrize("quote", INVENTED.values(), ids=INVENTED.keys())
def test_an_invented_quote_fails(subject_for, good_feedback, quote):
    """What the student never wrote is found, with its place."""
    feedback = _quoting(good_feedback, "ate the hole cake", quote)

    judgement = CHECK.run(subject_for(feedback, inputs={"student_work": WORK}))

    assert judgement.outcome is Outcome.FAIL
    assert [(found.quote, found.where) for found in judgement.evidence] == [(quote, "next_steps[0].quote")]


@pytest.mark.parametrize("quote", REAL.values(), ids=REAL.keys())
def test_a_real_quote_passes(subject_for, good_feedback, quote):
    """Typography and mended typos do not make a quote an invention."""
    feedback = _quoting(good_feedback, quote, quote)

    assert CHECK.run(subject_for(feedback, inputs={"student_work": WORK})).outcome is Outcome.PASS


def test_quotes_of_a_word_or_two_are_too_short(subject_for, good_feedback):
    """One quote has to be long enough to show the place."""
    feedback = _quoting(good_feedback, "dog", "hole cake")

    judgement = CHECK.run(subject_for(feedback, inputs={"student_work": WORK}))

    assert judgement.outcome is Outcome.FAIL
    assert "3 words" in judgement.reason


@pytest.mark.parametrize("work", ["idk", "水的循环", "42"])
def test_very_short_work_may_be_quoted_whole(subject_for, good_feedback, work):
    """There is no more to quote than there is."""
    feedback = _quoting(good_feedback, work, work)

    assert CHECK.run(subject_for(feedback, inputs={"student_work": work})).outcome is Outcome.PASS


def test_work_in_a_script_from_right_to_left_is_quoted(subject_for, good_feedback):
    """Marks of direction and other scripts do not matter."""
    feedback = _quoting(good_feedback, "ذهب الماء إلى السماء", "ذهب\u200f الماء إلى")

    subject = subject_for(feedback, inputs={"student_work": "أظن أن ذهب الماء إلى السماء لأن الشمس حارة."})

    assert CHECK.run(subject).outcome is Outcome.PASS


def test_without_student_work_nothing_is_judged(subject_for, good_feedback):
    """There is nothing that a quote could be compared with."""
    assert CHECK.run(subject_for(good_feedback)).outcome is Outcome.NOT_APPLICABLE
