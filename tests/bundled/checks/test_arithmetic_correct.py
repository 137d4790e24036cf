"""The arithmetic check flags what is wrong, and leaves alone what it does not understand."""

import pytest

from sandbox.bundled.checks.arithmetic_correct import CHECK
from sandbox.domain.finding import Outcome

WRONG = {
    "plain sum": "Maya has 27 stickers and gets 16 more, so 27 + 16 = 45 stickers.",
    "times with an x": "Each box holds 12 pens: 12 x 6 = 74.",
    "fractions with the bottoms added": "First step: 1/2 + 1/3 = 2/5.",
    "vulgar fractions": "Pour in ½ + ¼ = ⅔ cup.",
    "mixed numbers": "The ribbon is 2 1/2 + 1 3/4 = 4 1/2 yards long.",
    "latex": r"We get \(\frac{3}{8} + \frac{2}{8} = \frac{5}{16}\).",
    "latex between dollars": r"So $4 \times 15 = 50$ in all.",
    "percent of an amount": "20% of 80 = 18, so the jacket is cheaper.",
    "money with separators": "$1,250.00 + $375 = $1,525.00 for the trip",
    "units carried along": "180 miles / 3 hours = 50 miles per hour",
    "a chain whose end is wrong": "6 × 4 + 2 = 24 + 2 = 28",
    "non-breaking spaces": "Look: 7\u00a0×\u00a08\u00a0=\u00a054.",
    "division sign and minus sign": "81 ÷ 9 − 2 = 8",
    "arabic digits in a right-to-left text": "الناتج هو ٣ + ٤ = ٨",
    "rounded to the wrong digit": "10 / 6 = 1.76 liters each",
    "powers": "The square has 5² = 10 tiles.",
    "brackets": "(2 + 3) × 4 = 14",
    "words for signs": "9 times 7 = 64",
    "a decimal that is no percentage": "3/4 = 70%",
    "things joined by and": "She spent 25 tickets on caps and rings + 30 tickets on a bear = 65 tickets.",
    "bold markdown": "**15 - 6 = 11** is the next step.",
}

RIGHT_OR_NOT_UNDERSTOOD = {
    "true sum": "27 + 16 = 43",
    "rounded as shown": "10 / 3 = 3.33 and 2 / 3 = 67%",
    "a rounded number goes on": "20 / 7 = 2.86, then 2.86 × 7 = 20",
    "variables": "If 2x + 3 = 11, then x = 4. For y = 3x, take x = 2.",
    "clock times": "9:45 + 0:30 = 10:15, so school starts at 10:15.",
    "hours and minutes": "1 hour + 30 minutes = 90 minutes",
    "one unit in another": "12 inches = 1 foot and 100 cm = 1 m",
    "a remainder": "17 ÷ 5 = 3 R 2, and 17 ÷ 5 = 3 remainder 2",
    "ordinals": "The 3rd + 4th = 8 marks on the list",
    "dates": "12/25/2024 = a holiday, 2024-09-01 = the first day",
    "a blank to fill": "3 + __ = 7 and ? × 4 = 12 and 8 - □ = 3",
    "half in words": "half of 12 = 6 and twice 4 = 8",
    "a function": "f(3) = 7 and P(A) = 0.5",
    "a step's number": "Step 2 - 3 + 4 = 7",
    "a bullet's dash": "To do:\n- 3 + 4 = 7\n- 5 + 5 = 10",
    "a dozen": "2 dozen = 24 eggs",
    "decimal commas": "3,5 + 2,5 = 6 metros",
    "percentage on top": "50 + 10% = 55 dollars with the tip",
    "about equal": "22/7 ≈ 3.14 and 3 + 4 ≠ 8",
    "ratio": "2:3 = 4:6",
    "running on": "10 / 2 = 5 + 3 = 8",
    "right, with things joined by and": "25 tickets on caps and rings + 30 tickets on a bear = 55 tickets",
    "two and a half": "2 hours and a half + 1 hour = 3.5 hours",
    "right in spanish": "Primero 12 × 10 = 120, después 120 + 60 = 180 lápices.",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_wrong_arithmetic_fails(subject_for, text):
    """A wrong equation is found, however it is written."""
    judgement = CHECK.run(subject_for(text))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].quote in text


@pytest.mark.parametrize("text", RIGHT_OR_NOT_UNDERSTOOD.values(), ids=RIGHT_OR_NOT_UNDERSTOOD.keys())
def test_what_is_right_or_unclear_is_left_alone(subject_for, text):
    """A true equation passes, and what cannot be read for sure is no finding."""
    assert CHECK.run(subject_for(text)).outcome in {Outcome.PASS, Outcome.NOT_APPLICABLE}


def test_the_place_and_the_right_result_are_told(subject_for, good_lesson_plan):
    """The finding points to the field and says what the left side comes to."""
    plan = good_lesson_plan.model_copy(
        update={"worked_example": "We see that 3/4 + 1/8 = 4/12 of the bar."}
    )

    judgement = CHECK.run(subject_for(plan))

    assert "7/8" in judgement.reason
    assert [(found.quote, found.where) for found in judgement.evidence] == [
        ("3/4 + 1/8 = 4/12", "worked_example")
    ]


def test_text_without_equations_is_not_judged(subject_for):
    """No equation is no evidence of good arithmetic."""
    assert CHECK.run(subject_for("Rivers carry sand to the sea.")).outcome is Outcome.NOT_APPLICABLE


def test_the_students_own_equation_is_not_the_answers(subject_for, with_words):
    """What stands in the student's work is quoted, not claimed."""
    feedback = with_words("Look again at 7×8=54. Draw seven rows of eight dots.")

    judgement = CHECK.run(subject_for(feedback, inputs={"student_work": "7 x 8 = 54 so 54-12=42"}))

    assert judgement.outcome is Outcome.PASS


@pytest.mark.parametrize(
    "words",
    [
        "True or false: 1/2 + 1/4 = 2/6? Show it on your board.",
        "Ravi says that 0.3 + 0.4 = 0.07. Do you agree?",
        "Find the mistake: 36 ÷ 4 = 8. Write what you would say to a friend.",
        "Is 6 × 7 = 41?",
    ],
)
def test_an_equation_that_is_wrong_on_purpose_is_left_alone(subject_for, good_lesson_plan, words):
    """A task may show a wrong equation for students to find."""
    plan = good_lesson_plan.model_copy(update={"worked_example": words})

    assert CHECK.run(subject_for(plan)).outcome is Outcome.PASS


def test_a_named_wrong_idea_may_be_wrong(subject_for, good_lesson_plan):
    """A misconception is written down in order to be met, and may be named again in the response."""
    wrong = good_lesson_plan.misconceptions[0].model_copy(
        update={
            "misconception": "1/2 + 1/3 = 2/5",
            "response": "Shade it: 1/2 + 1/3 = 2/5 leaves too little.",
        }
    )
    plan = good_lesson_plan.model_copy(update={"misconceptions": (wrong,)})

    assert CHECK.run(subject_for(plan)).outcome is Outcome.PASS
