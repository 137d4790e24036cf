"""A multiple choice item has one right answer, and a written one has an answer at all."""

import pytest

from sandbox.bundled.artifacts.quiz import ItemKind, Option
from sandbox.bundled.checks.one_key import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.quiz_examples import choice, quiz, written


def _keys(item, *places):
    """The item with its keys at these places."""
    options = tuple(
        option.model_copy(update={"is_key": place in places}) for place, option in enumerate(item.options)
    )
    return item.model_copy(update={"options": options})


PLANETS = choice("Which planet is closest to the sun?", "Mercury", "Venus", "Mars")

NOT_ONE_KEY = {
    "no key": _keys(PLANETS),
    "two keys": _keys(PLANETS, 0, 2),
    "all keys": _keys(PLANETS, 0, 1, 2),
    "an option twice": choice("What is the capital of Ohio?", "Columbus", "Cleveland", "Cleveland"),
    "the key again in capitals": choice("What is the capital of Ohio?", "Columbus", "COLUMBUS", "Dayton"),
    "the key again with spaces": choice("Who wrote the note?", "Aunt Rosa", "Aunt  Rosa ", "Mr. Lee"),
    "the key again with a full stop": choice("What melts?", "The ice", "The ice.", "The stone"),
    "a comma in the thousands": choice("How many feet are there?", "5,280", "5280", "528"),
    "the same fraction, another sign": choice("How much is left?", "1/2 cup", "½ cup", "2 cups"),
    "the same decimal": choice("What is 3 × 0.5?", "1.5", "1.50", "15"),
    "an equal fraction as distractor": choice("What is 1/4 + 1/4?", "1/2", "2/4", "2/8"),
    "a percent that is equal": choice("What is 3/4 of a dollar?", "75%", "3/4", "1/4"),
    "options with letters before them": choice("Which is a mammal?", "A) bat", "B) bat", "C) owl"),
    "curly and straight quotes": choice("Who is speaking?", "Tom’s dad", "Tom's dad", "Tom"),
    "no accepted answer": written("Name the process that turns water into vapor."),
    "a placeholder as the answer": written("Name the process.", "TBD"),
    "no order": written("Put in order: seed, plant, fruit.", kind=ItemKind.ORDER),
    "no pairs": written("Match each word.", kind=ItemKind.MATCH),
    "no options": PLANETS.model_copy(update={"options": ()}),
}
ONE_KEY = {
    "plain": PLANETS,
    "capital letters are asked": choice(
        "Which sentence uses capital letters correctly?",
        "We met Ana in Paris.",
        "we met Ana in Paris.",
        "We met ana in paris.",
    ),
    "a comma is asked": choice(
        "Where does the comma belong?", "Yes, I can come.", "Yes I can, come.", "Yes I can come,"
    ),
    "genes": choice("Which pair is heterozygous?", "Bb", "BB", "bb"),
    "symbols of elements": choice("What stands for cobalt?", "Co", "CO", "C"),
    "simplest form": choice("Which is 4/8 in simplest form?", "1/2", "2/4", "4/8"),
    "rounded": choice("Round 4.96 to the nearest tenth.", "5.0", "4.9", "5.1"),
    "as a percent": choice("Write 1/2 as a percent.", "50%", "0.5", "12%"),
    "numbers close together": choice("What is 7 x 8?", "56", "54", "63"),
    "opposite signs": choice("What is 3 - 8?", "-5", "5", "11"),
    "units differ": choice("How long is a bed?", "2 m", "2 cm", "2 km"),
    "operators": choice("Which sign makes it true: 3 _ 5?", "<", ">", "="),
    "short answer": written("What is 3/4 + 1/8?", "7/8", "0.875"),
    "order": written("Put in order: 3, 1, 2.", "1", "2", "3", kind=ItemKind.ORDER),
    "pairs": written("Match.", "dog = puppy", "cat = kitten", kind=ItemKind.MATCH),
    "chinese": choice("水在100度会怎样？", "变成水蒸气", "变成冰", "没有变化"),
    "arabic": choice("ما هو أكبر كوكب؟", "المشتري", "زحل", "المريخ"),
    "spelling": choice("Which word is spelled right?", "separate", "seperate", "separete"),
    "ratio": choice("What is the ratio of cats to dogs?", "2:3", "3:2", "2:5"),
    "accents": choice("¿Cuál es la forma correcta?", "él habló", "el hablo", "él hablo"),
}


@pytest.mark.parametrize("item", NOT_ONE_KEY.values(), ids=NOT_ONE_KEY.keys())
def test_an_item_without_exactly_one_answer_fails(subject_for, item):
    """The item is named."""
    judgement = CHECK.run(subject_for(quiz(PLANETS, item)))

    assert judgement.outcome is Outcome.FAIL
    assert all("items[1]" in found.where for found in judgement.evidence)
    assert "Question 2" in judgement.reason


@pytest.mark.parametrize("item", ONE_KEY.values(), ids=ONE_KEY.keys())
def test_an_item_with_one_answer_passes(subject_for, item):
    """What only looks alike is not the same."""
    assert CHECK.run(subject_for(quiz(item))).outcome is Outcome.PASS


def test_two_wrong_options_of_one_value_are_a_warning(subject_for):
    """They cannot both be chosen for a reason, but nobody is marked wrongly."""
    item = choice("What is 2 + 3?", "5", "6.0", "6")

    assert CHECK.run(subject_for(quiz(item))).outcome is Outcome.WARN


def test_an_option_of_spaces_does_not_break_it(subject_for):
    """What no schema lets through is borne, too."""
    blank = Option.model_construct(text=" ", is_key=False, misconception="")
    item = PLANETS.model_copy(update={"options": (*PLANETS.options, blank, blank)})

    assert CHECK.run(subject_for(quiz(item))).outcome is Outcome.FAIL
