"""Feedback that hands the answer over fails; hints, questions and quotes do not."""

import pytest

from sandbox.bundled.checks.answer_not_given_away import CHECK
from sandbox.domain.finding import Outcome

WORK = "I added the tops 3 + 2 = 5 and the bottoms 8 + 8 = 16 so it is 5/16. I did 4 rows."

GIVEN_AWAY = {
    "the number": ("5/8", "The bottoms stay as they are, so you get 5/8 of the bar."),
    "as a vulgar fraction": ("5/8", "Count again: it is ⅝ of the bar."),
    "as a decimal": ("3/4", "That makes 0.75 of the pie."),
    "as a percentage": ("0.75", "So 75% of them are red."),
    "with a thousands separator": ("2500", "You walk 2,500 steps every day."),
    "with a currency": ("60", "Take 20 off. You pay $60.00 in the end."),
    "with a unit": ("24 square meters", "Six rows of four are 24 tiles."),
    "after x =": ("x = 14", "Move it over and 14 comes out."),
    "a unit glued on": ("24", "Inside there is room for 24cm²."),
    "a phrase": ("water vapor", "The puddle turned into Water  Vapor and went up."),
    "a phrase in a question": ("carbon dioxide", "Could it be that the leaf takes in carbon dioxide?"),
    "words for a number": ("sixty-five", "Put them together and you have sixty‑five."),
    "the answer is": ("", "Nice try! The correct answer is photosynthesis."),
    "your answer should be": ("", "Your final answer should be 1066."),
    "a rewrite in quotes": (
        "",
        "You could write: “The sun warmed the puddle until the water turned into a gas and went up.”",
    ),
    "a rewrite without quotes": (
        "",
        "A stronger opening would be: On the morning of the storm nobody in our street heard it crack.",
    ),
    "in spanish": ("180", "Suma otra vez: son 180 lápices."),
    "right to left": ("24", "المساحة هي 24 مترا مربعا."),
}

KEPT_BACK = {
    "a question about the number": ("24", "How would you check whether it is 24?"),
    "a hint": ("5/8", "Draw a bar with 8 equal parts and shade what you add. What stays the same?"),
    "part of a longer number": ("24", "Look at page 240 and at the year 1924."),
    "a number that names a place": ("4", "Look again at step 4 and at line 4 of your work."),
    "a clock time and a ratio": ("30", "School starts at 8:30, and the map is 1:30."),
    "an ordinal": ("5", "Read the 5th word once more."),
    "a number of the work": ("4", "Your 4 rows are easy to follow."),
    "a quote of the work": ("5/16", "You wrote “so it is 5/16”. Is that more or less than one half?"),
    "the answer is not said": ("", "The answer is not right yet. Is the answer in the second paragraph?"),
    "the student's answer": ("", "You say the answer is 5/16, which is less than 3/8."),
    "a condition": ("", "Check whether the answer is 3 or 4 times as large."),
    "a frame to fill in": (
        "",
        "You could write: “One reason is ___ because ___, and another reason is ___ because of ___.”",
    ),
    "advice with say more": (
        "",
        "You could say more about why the girl left home and how this changed the way she sees her family.",
    ),
    "a short example": ("", "You could write: “For example, …”"),
    "an empty key": ("  ", "Look at the drawing again."),
    "a word inside a word": ("ten", "Often it helps to tend to the tents first."),
}


@pytest.mark.parametrize(("key", "words"), GIVEN_AWAY.values(), ids=GIVEN_AWAY.keys())
def test_an_answer_that_is_given_away_fails(subject_for, with_words, key, words):
    """The answer is found in every spelling, and so is a sentence to copy."""
    subject = subject_for(
        with_words(words), inputs={"student_work": WORK}, answer_key=(key,) if key else ()
    )

    judgement = CHECK.run(subject)

    assert judgement.outcome is Outcome.FAIL
    assert {found.where for found in judgement.evidence} == {"next_steps[0].how"}


@pytest.mark.parametrize(("key", "words"), KEPT_BACK.values(), ids=KEPT_BACK.keys())
def test_hints_questions_and_quotes_pass(subject_for, with_words, key, words):
    """Nothing is given away by asking, hinting, or quoting the student."""
    subject = subject_for(
        with_words(words), inputs={"student_work": WORK}, answer_key=(key,) if key else ()
    )

    assert CHECK.run(subject).outcome is Outcome.PASS


def test_a_number_of_the_task_counts_only_as_a_result(subject_for, with_words):
    """A number that the task names may be named again, but not as what comes out."""
    case = {
        "inputs": {"task": "2,000 of 10,000 steps are left.", "student_work": "4000"},
        "answer_key": ("2000",),
    }

    named = CHECK.run(subject_for(with_words("Remember that 2,000 steps are left after the walk."), **case))
    told = CHECK.run(subject_for(with_words("So 8,000 - 6,000 = 2,000 steps."), **case))

    assert (named.outcome, told.outcome) == (Outcome.PASS, Outcome.FAIL)


def test_without_a_key_a_new_result_is_a_warning(subject_for, with_words):
    """Nobody said what the answer is, so a result that is new is only worth a look."""
    subject = subject_for(
        with_words("When you add them you get 43."), inputs={"student_work": "27 + 16 = 33"}
    )

    judgement = CHECK.run(subject)

    assert judgement.outcome is Outcome.WARN
    assert judgement.evidence[0].quote == "When you add them you get 43."


def test_the_note_to_the_teacher_may_hold_the_answer(subject_for, good_feedback):
    """The teacher may be told."""
    feedback = good_feedback.model_copy(update={"teacher_note": "The answer is 5/8, not 5/16."})

    assert CHECK.run(subject_for(feedback, answer_key=("5/8",))).outcome is Outcome.PASS


def test_plain_text_is_looked_at_as_a_whole(subject_for):
    """A text that was brought to be scored has no fields."""
    judgement = CHECK.run(subject_for("Good start!\n\nThe sum is 5/8.", answer_key=("5/8",)))

    assert judgement.outcome is Outcome.FAIL


def test_nothing_to_say_is_not_judged(subject_for, good_lesson_plan):
    """An empty text, and a plan for the teacher, tell a student nothing."""
    assert CHECK.run(subject_for(" ")).outcome is Outcome.NOT_APPLICABLE
    assert CHECK.run(subject_for(good_lesson_plan)).outcome is Outcome.NOT_APPLICABLE
