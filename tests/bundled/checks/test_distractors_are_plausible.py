"""Wrong options are of the right kind, serious, and tell what a student may think."""

import pytest

from sandbox.bundled.checks.distractors_are_plausible import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.quiz_examples import choice, quiz, written


def _with_reasons(item, *reasons):
    """The item whose options have these misconceptions."""
    options = tuple(
        option.model_copy(update={"misconception": reason})
        for option, reason in zip(item.options, reasons, strict=True)
    )
    return item.model_copy(update={"options": options})


SUM = choice("What is 1/2 + 1/4?", "3/4", "2/6", "1/6", at=0)

IMPLAUSIBLE = {
    "a word beside numbers": choice("What is 12 x 12?", "144", "122", "a rectangle"),
    "words beside a number": choice("How many legs has a spider?", "8", "a web", "poison"),
    "a number beside words": choice("What is the capital of Texas?", "Austin", "Dallas", "1845"),
    "the key alone has a unit": choice("How long is the fence?", "24 feet", "20", "12"),
    "one distractor has no unit": choice("What is the area?", "24 square cm", "10 square cm", "48"),
    "the key alone has dollars": choice("How much does she pay?", "$12", "10", "14"),
    "one option begins with to": choice(
        "Why did Sam go?", "to help his aunt", "to see the river", "the red boat"
    ),
    "one option is no action": choice(
        "What helps plants grow?", "watering them", "shading them", "the bucket", "weeding them"
    ),
    "the article tells": choice("A bat is an", "animal", "plant", "mushroom"),
    "a joke": choice("Who was the first president?", "George Washington", "John Adams", "lol your mom"),
    "I don't know": choice("What is a verb?", "an action word", "a naming word", "I don't know"),
    "aliens": choice("Who built the canal?", "workers from Ireland", "soldiers", "space aliens"),
    "a laughing face": choice("What is H2O?", "water", "salt", "soup 😂"),
    "who cares": choice("When did it end?", "in spring", "in winter", "who cares"),
    "a placeholder": choice("Which is a noun?", "house", "run", "Distractor 3"),
    "an empty slot": choice("Which is a noun?", "house", "run", "TBD"),
    "no misconception": _with_reasons(SUM, "", "Adds tops and bottoms.", ""),
    "an empty phrase as misconception": _with_reasons(SUM, "", "Wrong answer.", "Adds the bottoms."),
    "the same misconception each time": _with_reasons(SUM, "", "Does not add well.", "Does not add well."),
    "a guess as misconception": _with_reasons(SUM, "", "N/A", "Adds the bottoms only."),
}
PLAUSIBLE = {
    "fractions": SUM,
    "numbers in words": choice("How many sides has a hexagon?", "six", "5", "8"),
    "no solution": choice("Solve 0x = 4.", "no solution", "x = 4", "x = 0"),
    "cannot be told": choice("How old is Ben?", "12", "10", "It cannot be determined."),
    "units throughout": choice("How long is it?", "24 ft", "20 ft", "2 yd"),
    "one unit more": choice("Which is longest?", "2 m", "150 cm", "0.001 km"),
    "areas and lengths": choice("What is the area?", "24 cm²", "24 cm", "20 cm²"),
    "dates": choice("When did the war end?", "1865", "1861", "1877"),
    "a year in words": choice("Which war came first?", "the War of 1812", "the Civil War", "World War I"),
    "half as a word": choice("Which is equal to 50%?", "one half", "1/4", "3/4"),
    "none": choice("How many corners has a circle?", "none", "1", "2"),
    "dragons in a tale": choice(
        "Who guards the bridge in the tale of the dragon?", "a troll", "a dragon", "a wolf"
    ),
    "magic in a tale": choice("What opens the door by magic?", "the magic word", "a key", "a kick"),
    "bar graph": choice("Which shows shares of a whole?", "circle", "bar", "line"),
    "music": choice("Which family is the violin in?", "string", "brass", "woodwind"),
    "signs": choice("3/4 _ 2/3", ">", "<", "="),
    "punctuation": choice("Which mark ends a question?", "?", ".", "!"),
    "a article": choice("A spider is", "an arachnid", "an insect", "a mammal"),
    "points": choice("Where do the lines meet?", "(2, 3)", "(3, 2)", "(0, 3)"),
    "expressions": choice("Which is 2(x + 3)?", "2x + 6", "2x + 3", "x + 6"),
    "times": choice("When does it end?", "10:15", "9:75", "11:00"),
    "written answer": written("What is 3 + 4?", "7"),
    "names with ing": choice("Who ruled?", "the king", "the duke", "the bishop"),
    "spanish": choice("¿Cuál es un animal?", "el perro", "la mesa", "el libro"),
    "words that only end in ing": choice("What is shown?", "a king", "spring", "string"),
}


@pytest.mark.parametrize("item", IMPLAUSIBLE.values(), ids=IMPLAUSIBLE.keys())
def test_a_distractor_that_nobody_would_choose_is_a_warning(subject_for, item):
    """The option is quoted, or its empty reason is named."""
    judgement = CHECK.run(subject_for(quiz(item)))

    assert judgement.outcome is Outcome.WARN
    assert judgement.evidence


@pytest.mark.parametrize("item", PLAUSIBLE.values(), ids=PLAUSIBLE.keys())
def test_options_of_one_kind_are_left_alone(subject_for, item):
    """Options may differ, as long as each could be chosen for a reason."""
    assert CHECK.run(subject_for(quiz(item))).outcome in {Outcome.PASS, Outcome.NOT_APPLICABLE}


def test_english_rules_are_not_put_to_other_languages(subject_for):
    """An infinitive in Spanish does not begin with a word of its own."""
    item = choice("¿Qué hace?", "to read", "to run", "casa")

    assert CHECK.run(subject_for(quiz(item), inputs={"language": "es"})).outcome is Outcome.PASS
