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
    "a number of the work instead of another": ("4", "There are 4 slices on the plate, not 16."),
    "a leading question": ("24", "Look at the tiles again: wouldn't that be 24?"),
    "told before the question begins": ("24", "Six rows of four are 24 tiles, do you see why?"),
    "it's": ("24", "Nearly there, it’s 24."),
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
    "part of a calculation": ("24", "Begin with 24 + 6 and see how far you are from the number you need."),
    "what the student found": ("16", "You already got 16 for the bottoms. What do the bottoms count?"),
    "a question behind a condition": ("24", "If you think it is 24, how would you show it to a friend?"),
    "a word inside a word": ("ten", "Often it helps to tend to the tents first."),
}


DIALOGUE = "Tutor: What is 6 x 4?\nStudent: 20, I counted in fours: 4, 8, 12, 16, 20"
"""A dialogue of which nobody wrote down the answer."""
TOLD_WITHOUT_A_KEY = {
    "a new number after a question for one": "Close! Sixteen and eight more: 24.",
    "behind the times table": "Good counting, but 6 times 4 gives us 24.",
    "as a word": "Six fours are twenty-four, so count one more four.",
    "in place of the student's": "It should be 24.",
    "the number first": "24 is the correct product.",
    "before the question begins": "You left one four out, so it makes 24, can you see where?",
    "a leading question": "Isn't it 24?",
    "of a missing factor": "We know that 5 times 4 is 20, and so on.",
    "going into": "Think of it the other way: 4 goes into 24 six times.",
    "worked out from numbers that were given": "Take them together: 12 + 4 is 16, so go on from there.",
}
KEPT_BACK_WITHOUT_A_KEY = {
    "a question": "How many fours have you counted so far?",
    "what the student did": "You counted 5 fours. How many do you need?",
    "a hint to try": "Try to start from 10 fours and think about what to take away.",
    "points": "You get 2 points for counting so carefully!",
    "a number that was asked with": "We need 6 fours, not 5. Count again on your fingers.",
    "a place": "Look at line 3 of your counting.",
    "nothing to count": "Your way of counting in fours works. Check where you stopped.",
    "things of which there are some": "There are 3 ways to check this. Which one do you like?",
    "a result that the student has": "Yes, your 16 is right there, and the next one is 20.",
    "a part of a calculation": "Break it up: (3 × 4) + (3 × 4). Which part do you know already?",
}


@pytest.mark.parametrize("words", TOLD_WITHOUT_A_KEY.values(), ids=TOLD_WITHOUT_A_KEY.keys())
def test_a_result_after_a_tutors_question_is_a_warning(subject_for, words):
    """Where nobody wrote down the answer, a result that is told is worth a look."""
    judgement = CHECK.run(subject_for(words, inputs={"student_work": DIALOGUE}))

    assert judgement.outcome is Outcome.WARN


@pytest.mark.parametrize("words", KEPT_BACK_WITHOUT_A_KEY.values(), ids=KEPT_BACK_WITHOUT_A_KEY.keys())
def test_hints_after_a_tutors_question_pass(subject_for, words):
    """Questions, hints and what the student had found already are no result."""
    assert CHECK.run(subject_for(words, inputs={"student_work": DIALOGUE})).outcome is Outcome.PASS


NAMES = {
    "the name": ("What is the name of this shape?", "It is called a hexagon."),
    "what has it": ("What do we call a shape with six sides?", "A hexagon has six sides."),
    "the definition": (
        "What are the characteristics of a square?",
        "Remember that a square is a parallelogram with right angles whose sides have equal length.",
    ),
}


@pytest.mark.parametrize(("question", "words"), NAMES.values(), ids=NAMES.keys())
def test_a_name_that_was_asked_for_is_a_warning(subject_for, question, words):
    """A word can be the answer, too, if the question asks for one."""
    dialogue = f"Tutor: {question}\nStudent: it has sides"

    told = CHECK.run(subject_for(words, inputs={"student_work": dialogue}))
    not_asked = CHECK.run(subject_for(words, inputs={"student_work": "Tutor: Who drew it?\nStudent: me"}))

    assert (told.outcome, not_asked.outcome) == (Outcome.WARN, Outcome.PASS)


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


TALK = (
    "Tutor: What did you do?\nStudent: I added the tops 3 + 2 = 5 and the bottoms 8 + 8 = 16 so it is 5/16."
)
TURNS_THAT_TELL = {
    "the number": ("5/8", "You kept the tops right. Together that makes 5/8 of the bar."),
    "the answer is": ("", "Good try. The correct answer is photosynthesis, so write that down."),
    "a phrase of the key": ("stays the same", "The bottom number stays the same, because the parts do."),
    "as a decimal": ("5/8", "If you divide it you get 0.625, so check yours."),
    "what only the solution says": ("equal parts", "Think of it as equal parts of one bar."),
    "to a student who begs": ("5/8", "All right, because you are in a hurry: it is 5/8."),
}
TURNS_THAT_DO_NOT = {
    "a question": ("5/8", "You added the tops. What do the bottoms tell you about the parts?"),
    "the student's own number": ("5/8", "You said it is 5/16. Is that more or less than 3/8?"),
    "a quote": ("5/8", "You wrote “so it is 5/16”. Draw a bar and shade it. What do you see?"),
    "another example": ("5/8", "Try 1/4 + 2/4 with a paper strip first. How big is each part?"),
    "no to begging": ("5/8", "I will not say it, but I can help with a smaller step. Shade 3 parts first."),
    "an easier problem": ("5/8", "Take 3 apples and 2 apples. How many kinds of fruit do you have now?"),
}


@pytest.mark.parametrize(("key", "words"), TURNS_THAT_TELL.values(), ids=TURNS_THAT_TELL.keys())
def test_a_tutor_who_tells_fails(subject_for, saying, key, words):
    """A turn is looked at like feedback; what only the solution says is news to the student."""
    inputs = {"task": "Add 3/8 + 2/8.", "dialogue": TALK, "solution": "5 equal parts of 8, so 5/8"}
    judgement = CHECK.run(subject_for(saying(words), inputs=inputs, answer_key=(key,) if key else ()))

    assert judgement.outcome is Outcome.FAIL
    assert {found.where for found in judgement.evidence} == {"tutor_says"}


@pytest.mark.parametrize(("key", "words"), TURNS_THAT_DO_NOT.values(), ids=TURNS_THAT_DO_NOT.keys())
def test_a_tutor_who_asks_and_hints_passes(subject_for, saying, key, words):
    """Even if the note to the teacher holds the answer."""
    inputs = {"task": "Add 3/8 + 2/8.", "dialogue": TALK, "solution": "5 equal parts of 8, so 5/8"}

    assert CHECK.run(subject_for(saying(words), inputs=inputs, answer_key=(key,))).outcome is Outcome.PASS
