"""Answers that can be worked out are worked out."""

import pytest

from sandbox.bundled.artifacts.lesson_plan import Task
from sandbox.bundled.checks.answers_are_right import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.quiz_examples import choice, quiz, written

WRONG = {
    "fractions": written("What is 3/4 + 1/8?", "4/12"),
    "times": written("12 x 7 =", "74"),
    "percent": written("What is 20% of 50?", "20"),
    "a key": choice("What is 7 × 8?", "54", "56", "63"),
    "decimals": written("Calculate 0.3 + 0.45.", "0.48"),
    "in latex": written(r"Work out \(\frac{1}{2} + \frac{1}{3}\).", "2/5"),
    "brackets": written("Evaluate (2 + 3) × 4.", "14"),
    "with a unit": written("What is 3/4 of 20 meters?", "12 meters"),
    "money": written("Find $12.50 + $3.75.", "$15.25"),
    "a mixed number": written("What is 2 1/2 + 1 3/4? Give your answer as a mixed number.", "4 1/2"),
    "sum of": written("What is the sum of 48 and 27?", "65"),
    "product of": written("What is the product of 6 and 9?", "56"),
    "difference": written("What is the difference between 50 and 18?", "42"),
    "quotient": written("Find the quotient of 56 and 8.", "6"),
    "half": written("What is half of 36?", "16"),
    "square": written("What is 9 squared?", "18"),
    "root": written("What is the square root of 49?", "8"),
    "a remainder": written("What is 17 ÷ 5?", "3 remainder 1"),
    "one accepted answer is wrong": written("What is 3/4 + 1/8?", "7/8", "0.785"),
    "an expression": choice("Which is equal to 3 × 12?", "3 × 10 + 2", "3 × 10 + 3 × 2", "3 + 12"),
    "with its equation": written("What is 81 ÷ 9?", "81 ÷ 9 = 8"),
    "simplest form asked": written("What is 3/8 + 1/8 in simplest form?", "1/4"),
    "a blank": written("6 × 7 = ____", "41"),
}
RIGHT = {
    "fractions": written("What is 3/4 + 1/8?", "7/8", "0.875"),
    "not simplified": written("What is 1/4 + 1/4?", "1/2", "2/4"),
    "times": written("12 x 7 =", "84"),
    "a unit": written("What is 3/4 of 20 meters?", "15 m", "15 meters"),
    "money": written("Find $12.50 + $3.75.", "$16.25"),
    "a reason behind it": written("What is 3/4 + 1/8? Say why.", "7/8, because 3/4 is 6/8"),
    "remainder": written("What is 17 ÷ 5?", "3 R 2", "3 remainder 2", "3 2/5", "3.4"),
    "root": written("What is the square root of 49?", "7"),
    "rounded": written("What is 10 ÷ 3? Round to the nearest tenth.", "3.3"),
    "simplest form asked": written("What is 3/8 + 1/8 in simplest form?", "1/2"),
    "key": choice("What is 7 × 8?", "56", "54", "63"),
    "percent": written("What is 20% of 50?", "10"),
}
NOT_WORKED_OUT = {
    "a story": written("Ana has 12 pens and loses 5. How many are left?", "6"),
    "estimate": written("Estimate 48 × 21.", "1000"),
    "a variable": written("Solve 2x + 3 = 11.", "4"),
    "in words": written("What is 3 + 4?", "seven"),
    "a comparison": written("Which is more, 3/4 or 5/8?", "3/4"),
    "how to": written("How can you work out 12 x 7?", "70 + 14"),
    "no numbers": written("What is photosynthesis?", "how plants make food"),
    "missing number": written("3 + __ = 7", "4"),
    "two sums": written("What is 3 + 4 and what is 5 + 6?", "7 and 11"),
    "not equal": choice("Which is not equal to 3 + 4?", "8", "7", "5 + 2"),
    "true or false": written("True or false: 3 + 4 = 8?", "false"),
    "next term": written("What comes next: 2, 4, 8?", "16"),
    "clock": written("What time is 9:45 + 30 minutes?", "10:15"),
    "a date": written("What happened on 12/25/1776?", "Washington crossed the river"),
    "mixed units": written("What is 1 hour + 30 minutes?", "90 minutes"),
    "expression asked": written("Which property does 3 + 4 = 4 + 3 show?", "commutative"),
    "first step": written("What is the first step in 3 + 4 × 2?", "4 × 2", "8"),
    "digits": written("How many digits has 12 x 12?", "3"),
    "an order": written("Put in order: 3 - 2, 1 + 1, 6.", "3 - 2", "1 + 1", "6"),
}


@pytest.mark.parametrize("item", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_key_fails(subject_for, item):
    """The answer is quoted, and the right value told."""
    judgement = CHECK.run(subject_for(quiz(item)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where.startswith("items[0].")


@pytest.mark.parametrize("item", RIGHT.values(), ids=RIGHT.keys())
def test_a_right_key_passes(subject_for, item):
    """Every way to write the number is right."""
    judgement = CHECK.run(subject_for(quiz(item)))

    assert judgement.outcome in {Outcome.PASS, Outcome.NOT_APPLICABLE}


@pytest.mark.parametrize("item", NOT_WORKED_OUT.values(), ids=NOT_WORKED_OUT.keys())
def test_what_is_not_plain_arithmetic_is_not_judged(subject_for, item):
    """No guess is made."""
    assert CHECK.run(subject_for(quiz(item))).outcome is Outcome.NOT_APPLICABLE


def test_most_right_answers_are_really_worked_out(subject_for):
    """A pass counts only if something was computed."""
    outcomes = [CHECK.run(subject_for(quiz(item))).outcome for item in RIGHT.values()]

    assert outcomes.count(Outcome.PASS) >= len(outcomes) - 1


def test_answers_of_a_lesson_plan_are_worked_out(subject_for, good_lesson_plan):
    """Practice and exit ticket have keys, too."""
    task = Task(task="Work out 3/8 + 1/4. Draw it.", answer="4/12")
    plan = good_lesson_plan.model_copy(update={"practice": (task,), "exit_ticket": (task,)})

    judgement = CHECK.run(subject_for(plan))

    assert judgement.outcome is Outcome.FAIL
    assert [found.where for found in judgement.evidence] == ["practice[0].answer", "exit_ticket[0].answer"]
    assert "5/8" in judgement.reason


def test_a_good_plan_is_left_alone(subject_for, good_lesson_plan):
    """Its tasks ask for drawings and words."""
    assert CHECK.run(subject_for(good_lesson_plan)).outcome is Outcome.NOT_APPLICABLE
