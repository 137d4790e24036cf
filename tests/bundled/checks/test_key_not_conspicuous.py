"""The right answer does not stand out."""

import pytest

from sandbox.bundled.checks.key_not_conspicuous import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.quiz_examples import choice, quiz, written

LONG_KEYS = (
    choice(
        "Why do leaves look green?", "Because chlorophyll reflects the green part of light", "Dew", "Sap"
    ),
    choice("Why did the colonists protest?", "They were taxed without having a voice", "War", "Tea", at=0),
    choice("Why does ice float?", "It takes up more room than the same water", "It is cold", "Salt", at=2),
    choice("Why is the sky dark at night?", "Our side of Earth faces away from the sun", "Clouds", "Dust"),
)
FAIR = (
    choice("Which planet is the largest?", "Jupiter", "Saturn", "Neptune", at=0),
    choice("Which gas do plants take in?", "carbon dioxide", "oxygen", "nitrogen", at=2),
    choice("What is 6 x 7?", "42", "36", "48"),
    choice("What does 'rapid' mean?", "fast", "loud", "narrow", at=0),
)
SAME_PLACE = tuple(
    choice(stem, key, *others, at=2)
    for stem, key, *others in (
        ("What is 3 + 4?", "7", "6", "8", "12"),
        ("What is 5 + 6?", "11", "10", "12", "30"),
        ("What is 8 - 3?", "5", "4", "6", "11"),
        ("What is 9 - 2?", "7", "6", "8", "11"),
    )
)

CONSPICUOUS = {
    "each key is the longest": LONG_KEYS,
    "three of four keys are the longest": (*LONG_KEYS[:3], FAIR[0]),
    "one key is a paragraph": (
        choice(
            "Why do birds fly south?",
            "In winter there are fewer insects and seeds, so they move to where food is easier to find",
            "To rest",
            "To play",
        ),
        FAIR[0],
    ),
    "always the third": SAME_PLACE,
    "always the first": tuple(
        choice(f"What is {n} + 1?", str(n + 1), str(n), str(n + 2), at=0) for n in range(5)
    ),
    "all of the above": (choice("Which are mammals?", "All of the above", "bats", "whales", at=2),),
    "none of the above": (choice("Which is a noun?", "table", "run", "None of the above", at=0),),
    "all of these": (choice("Which are states of matter?", "all of these", "solid", "gas", at=2),),
    "none of these answers": (choice("What is 2 + 2?", "4", "5", "none of these answers", at=0),),
    "both a and b": (choice("What do plants need?", "Both A and B", "light", "water", at=2),),
    "only the key has no always": (
        choice(
            "What is true of deserts?",
            "They get little rain.",
            "They are always hot.",
            "They never have plants.",
        ),
    ),
    "only the key is moderate": (
        choice(
            "What do wolves do?",
            "They mostly hunt in packs.",
            "They always hunt alone.",
            "They only ever eat plants and never meat.",
        ),
    ),
    "the key repeats two words of the stem": (
        choice(
            "What is the main cause of soil erosion on hills?",
            "Water that carries soil and leads to erosion",
            "Deep roots",
            "Heavy rocks",
        ),
    ),
    "two keys repeat a word of the stem": (
        choice("What is a food chain?", "A chain of who eats whom", "A shop", "A meal", at=0),
        choice("What is a water cycle?", "The way of water round Earth", "A lake", "A storm", at=2),
    ),
}
NOT_CONSPICUOUS = {
    "fair": FAIR,
    "one long key among four": (LONG_KEYS[0], *FAIR),
    "long options throughout": (
        choice(
            "Why did the settlers build near the river?",
            "They needed water for their fields and animals.",
            "They wanted to sell the fish that they caught there.",
            "They were told to do so by the governor of the land.",
        ),
    ),
    "three in one place are chance": SAME_PLACE[:3],
    "always, sometimes, never": (choice("Is a square a rectangle?", "always", "sometimes", "never", at=0),),
    "one never": (
        choice("What do frogs do?", "They lay eggs.", "They never drink.", "They grow fur.", at=0),
    ),
    "all three have always": (
        choice("Which is true?", "Odd + odd is always even.", "It is always odd.", "It never is 0.", at=0),
    ),
    "every option has the word": (
        choice("Which angle is smallest?", "acute angle", "right angle", "obtuse angle", at=0),
    ),
    "a number of the stem in the key": (choice("Which is equal to 2/4?", "4/8", "1/4", "2/8", at=0),),
    "one key says the word": (
        choice("What does a magnet attract?", "things of iron near the magnet", "wood", "glass", at=0),
    ),
    "written answers only": (written("What is 3 + 4?", "7"), written("What is 3 + 5?", "8")),
    "long key, one word more": (
        choice("What do bees collect?", "nectar and pollen", "dew and leaves", "sand and wax", at=0),
    ),
    "everybody": (choice("Who can vote in class?", "everybody", "nobody", "two students", at=0),),
    "above in another sense": (
        choice("Where is the cloud?", "above all of the hills", "on the lake", "in the cave", at=0),
    ),
    "chinese": (choice("什么动物会飞？", "蝙蝠", "狗", "猫", at=0),),
}


@pytest.mark.parametrize("items", CONSPICUOUS.values(), ids=CONSPICUOUS.keys())
def test_a_key_that_stands_out_is_caught(subject_for, items):
    """Who knows nothing could still guess it."""
    assert CHECK.run(subject_for(quiz(*items))).outcome in {Outcome.WARN, Outcome.FAIL}


@pytest.mark.parametrize("items", NOT_CONSPICUOUS.values(), ids=NOT_CONSPICUOUS.keys())
def test_keys_like_their_neighbors_are_left_alone(subject_for, items):
    """Chance and fair options are no fault."""
    assert CHECK.run(subject_for(quiz(*items))).outcome in {Outcome.PASS, Outcome.NOT_APPLICABLE}


def test_only_keys_that_are_all_the_longest_by_far_fail(subject_for):
    """Everything else is for a person to decide."""
    outcomes = {name: CHECK.run(subject_for(quiz(*items))).outcome for name, items in CONSPICUOUS.items()}

    assert [name for name, outcome in outcomes.items() if outcome is Outcome.FAIL] == [
        "each key is the longest"
    ]
