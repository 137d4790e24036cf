"""No item asks what another asked, or tells what another asks."""

import pytest

from sandbox.bundled.checks.items_do_not_overlap import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.quiz_examples import choice, quiz, written

_ABSORBS = choice("Which part of the plant takes in water?", "the roots", "the leaves", "the stem")
_PROCESS = written("What is it called when plants make their food from light?", "photosynthesis")

DUPLICATES = {
    "word for word": (_ABSORBS, _ABSORBS),
    "capitals and marks": (
        written("What is the capital of Ohio?", "Columbus"),
        written("what is the Capital of Ohio", "Columbus"),
    ),
    "the same sum": (written("What is 7 x 8?", "56"), written("7 × 8 = ?", "56")),
    "little words changed": (
        _ABSORBS,
        choice("Which part takes in the water of a plant?", "the roots", "the bark", "the seed"),
    ),
    "another kind, the same question": (
        choice("Which gas do plants take in?", "carbon dioxide", "oxygen", "helium"),
        written("Which gas do the plants take in?", "Carbon dioxide"),
    ),
    "fractions": (written("Work out 3/4 + 1/8.", "7/8"), written("Work out: 3/4 + 1/8", "7/8")),
}
CUES = {
    "the word in another stem": (
        _PROCESS,
        choice("During photosynthesis, plants take in which gas?", "carbon dioxide", "oxygen", "helium"),
    ),
    "the person": (
        written("Who led the march of the workers in the city?", "Dolores Reyes"),
        written("Why did Dolores Reyes ask the workers to stay calm?", "to stay safe"),
    ),
    "the place": (
        choice("Where did the travelers of the caravan rest?", "at the oasis of Siwa", "Cairo", "Rome"),
        written("What did the travelers drink at the oasis of Siwa?", "water"),
    ),
    "earlier item tells": (
        written("Evaporation turns water into what?", "vapor"),
        written("Which process turns water of a puddle into a gas?", "evaporation"),
    ),
    "plural": (
        written("What are animals without a backbone called?", "invertebrate"),
        written("Which invertebrates are animals that spin webs?", "spiders"),
    ),
}
DIFFERENT = {
    "other numbers": (written("What is 3/4 + 1/8?", "7/8"), written("What is 3/4 + 1/4?", "1")),
    "other sign": (written("What is 6 + 2?", "8"), written("What is 6 × 2?", "12")),
    "another word": (
        choice("Which word is a synonym of happy?", "glad", "sad", "late"),
        choice("Which word is a synonym of angry?", "mad", "calm", "slow"),
    ),
    "the same stem, other options": (
        choice("Which sentence is correct?", "She runs.", "She run.", "She running."),
        choice("Which sentence is correct?", "They were late.", "They was late.", "They is late."),
    ),
    "drill": tuple(written(f"What is 7 x {n}?", str(7 * n)) for n in range(2, 10)),
    "the same answer to other questions": (
        written("What is 2 + 6?", "8"),
        written("How many legs has a spider?", "8"),
    ),
    "a common word as the answer": (
        written("What do roots take in?", "water"),
        written("Why does water fall as rain?", "It gets heavy."),
    ),
    "the topic": (
        written("What is a fraction with the same value called?", "equivalent"),
        written("Which step comes first when you add?", "common denominator"),
    ),
    "the options are in the stem": (
        written("Is a whale a mammal or a fish?", "mammal"),
        written("Is a shark a mammal or a fish?", "fish"),
    ),
    "yes and no": (written("Is 7 prime?", "yes"), written("Is 9 prime?", "no")),
    "main idea of two paragraphs": (
        written("What is the main idea of paragraph 1?", "bees help farmers"),
        written("What is the main idea of paragraph 2?", "bees are in danger"),
    ),
    "before and after": (
        written("What comes before 100?", "99"),
        written("What comes after 100?", "101"),
    ),
    "cause and effect": (
        written("What was the cause of the flood?", "heavy rain"),
        written("What was the effect of the flood?", "The bridge broke."),
    ),
    "spanish": (
        written("¿Cuál es la capital de Chile?", "Santiago"),
        written("¿Cuál es la capital de Perú?", "Lima"),
    ),
}


@pytest.mark.parametrize("items", DUPLICATES.values(), ids=DUPLICATES.keys())
def test_a_question_asked_twice_fails(subject_for, items):
    """Both items are named."""
    judgement = CHECK.run(subject_for(quiz(*items)))

    assert judgement.outcome is Outcome.FAIL
    assert [found.where for found in judgement.evidence] == ["items[0].stem", "items[1].stem"]


@pytest.mark.parametrize("items", CUES.values(), ids=CUES.keys())
def test_an_answer_in_another_stem_is_a_warning(subject_for, items):
    """A clever student reads the whole quiz first."""
    assert CHECK.run(subject_for(quiz(*items))).outcome is Outcome.WARN


@pytest.mark.parametrize("items", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_questions_of_one_family_are_left_alone(subject_for, items):
    """What differs in one number or word is another question."""
    assert CHECK.run(subject_for(quiz(*items, topic="plants and equivalent fractions"))).outcome is (
        Outcome.PASS
    )


def test_one_item_cannot_overlap(subject_for):
    """There is nothing to compare."""
    assert CHECK.run(subject_for(quiz(_PROCESS))).outcome is Outcome.NOT_APPLICABLE


def test_an_answer_that_the_title_tells_is_no_cue(subject_for):
    """Everybody has read the title."""
    items = (_PROCESS, written("During photosynthesis, what do plants take in?", "carbon dioxide"))

    assert CHECK.run(subject_for(quiz(*items, title="Photosynthesis"))).outcome is Outcome.PASS
