"""Questions ask for what is true, and no negation hides in them."""

import pytest

from sandbox.bundled.checks.no_negative_stems import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.quiz_examples import choice, quiz, written

NEGATIVE = {
    "which is not": "Which of these is not a mammal?",
    "which does not": "Which animal does not lay eggs?",
    "isn't": "Which of these isn’t a primary color?",
    "EXCEPT": "All of the following are planets EXCEPT",
    "except in small letters": "Each of these words is a verb except one. Which one?",
    "least likely": "Which is least likely to happen after the flood?",
    "what is not": "What is NOT a reason why the colonists left?",
    "who did not": "Who did not sign the letter?",
    "choose": "Choose the number that is not a factor of 24.",
    "least important": "Which detail is least important to the story?",
    "cannot be": "Which of these can not be made of wood?",
    "blank": "One thing that plants do not need is ____.",
    "are not": "Which two sentences are not facts?",
}
DOUBLE = {
    "two nots": "Which of these is not something that plants do not need?",
    "not impossible": "Which event is not impossible?",
    "not untrue": "Which statement is not untrue?",
    "not false": "Which of the following is not false?",
    "except never": "All of these are true except that birds never migrate?",
    "not without": "Which of these cannot happen and is not without risk?",
}
POSITIVE = {
    "plain": "Which of these is a mammal?",
    "why not": "Why do plants in the closet not grow?",
    "why didn't": "Why didn’t Rosa open the letter?",
    "if not": "What happens if a plant does not get light?",
    "quoted": "Which word means the same as “not happy”?",
    "quoted sentence": "Read: 'I will not go.' Which word is the verb?",
    "cannot in a fact": "Penguins cannot fly. What do they use their wings for?",
    "least common multiple": "What is the least common multiple of 4 and 6?",
    "at least": "Which number is at least 10?",
    "least amount": "Who has the least amount of water?",
    "or not": "Is 7 a prime number or not?",
    "not only": "Which animal lives not only on land but also in water?",
    "LEAST stressed": "Which detail is **LEAST** important to the story?",
    "means not": "Which prefix means not?",
    "statement first": "The lamp did not light. Which part of the circuit should she test?",
    "knot": "Which knot holds best?",
    "exception": "Which rule has an exception?",
    "spanish": "¿Cuál no es un animal?",
    "notice": "What do you notice about the pattern 2, 4, 8?",
    "not equal": "Which sign means 'not equal'?",
}


def _asking(stem):
    return quiz(choice(stem, "a whale", "a trout", "a crow", at=0))


@pytest.mark.parametrize("stem", NEGATIVE.values(), ids=NEGATIVE.keys())
def test_a_negative_stem_is_a_warning(subject_for, stem):
    """A reader in a hurry misses the little word."""
    judgement = CHECK.run(subject_for(_asking(stem)))

    assert judgement.outcome is Outcome.WARN
    assert judgement.evidence[0].where == "items[0].stem"


@pytest.mark.parametrize("stem", DOUBLE.values(), ids=DOUBLE.keys())
def test_a_double_negation_fails(subject_for, stem):
    """It tests patience, not knowledge."""
    assert CHECK.run(subject_for(_asking(stem))).outcome is Outcome.FAIL


@pytest.mark.parametrize("stem", POSITIVE.values(), ids=POSITIVE.keys())
def test_a_question_for_what_is_so_is_left_alone(subject_for, stem):
    """A 'not' in a quote, a fact or a reason is none in the question."""
    assert CHECK.run(subject_for(_asking(stem))).outcome is Outcome.PASS


def test_a_negation_in_stem_and_option_is_a_double_one(subject_for):
    """The student has to take back one by the other."""
    item = choice("Which is not true of bats?", "They do not sleep.", "They fly.", "They are mammals.")

    assert CHECK.run(subject_for(quiz(item))).outcome is Outcome.FAIL


def test_other_languages_are_not_judged(subject_for):
    """The words are English."""
    spanish = _asking(NEGATIVE["which is not"])

    judgement = CHECK.run(subject_for(spanish, inputs={"language": "Spanish"}))

    assert judgement.outcome is Outcome.NOT_APPLICABLE


def test_a_task_to_name_what_is_not_is_left_alone(subject_for):
    """With nothing to choose from, nothing is overread."""
    item = written("Name a number that is not a factor of 24.", "5", "7")

    assert CHECK.run(subject_for(quiz(item))).outcome is Outcome.NOT_APPLICABLE
