"""What is practiced and asked at the end is what the objective says."""

import pytest

from sandbox.bundled.checks.aims_and_tasks_agree import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import but, language_of, tasks, words
from tests.bundled.checks.lessons import AGUA, CLAIMS, FRACTIONS, GOOD_PLANS, POND, SHARING


def _exit(plan, task, answer="See the board.", **changes):
    return but(plan, exit_ticket=tasks((task, answer)), **changes)


def _practice(plan, task, answer="See the board."):
    return but(plan, practice=tasks((task, answer)))


VOLCANO = but(
    POND,
    title="Why volcanoes erupt",
    objective="I can explain with a model why magma rises.",
    success_criteria=("My model shows magma and gas.", "I say why pressure grows."),
    key_points=("Magma is lighter than rock.", "Gas in magma expands."),
    keywords=words(("magma", "melted rock below the ground")),
    practice=tasks(("Draw where magma rises.", "Through cracks.")),
)

FAILS = {
    "feelings": _exit(POND, "What did you enjoy today?", "Anything goes."),
    "behavior": _exit(CLAIMS, "Did you help your group?", "Yes or no."),
    "another topic": _exit(SHARING, "Name three months of the year.", "May, June, July"),
    "another subject": _exit(CLAIMS, "What is 7 × 8?", "56"),
    "another science topic": _exit(VOLCANO, "Draw the moon on Friday.", "A crescent."),
    "history for fractions": _exit(FRACTIONS, "Who was the first president?", "Washington"),
    "spelling for a web": _exit(POND, "Spell the word necessary.", "necessary"),
    "Spanish, another topic": _exit(AGUA, "Escribe el nombre de tres planetas.", "Marte, Venus, Saturno"),
    "Spanish, feelings": _exit(AGUA, "¿Cómo te sientes hoy?", "Bien o mal."),
}
WARNS = {
    "practice of another topic": _practice(POND, "Measure the length of your desk.", "About 60 cm"),
    "practice of another subject": _practice(CLAIMS, "Color the map of Europe.", "See the atlas."),
    "practice: a puzzle": _practice(SHARING, "Do the maze on page 4.", "Follow the left wall."),
    "practice: rhymes": _practice(FRACTIONS, "Find words that rhyme with cat.", "hat, bat"),
    "Spanish, practice of another topic": _practice(AGUA, "Cuenta los días de la semana.", "Siete"),
}
PASSES = {
    **GOOD_PLANS,
    "notation instead of words": _exit(FRACTIONS, "2/7 + 3/7 = ?", "5/7"),
    "LaTeX": _exit(FRACTIONS, r"Find \(\frac{2}{7} + \frac{3}{7}\).", r"\(\frac{5}{7}\)"),
    "word form": _exit(VOLCANO, "What do eruptions need?", "Gas under pressure."),
    "the keyword only": _exit(POND, "Is a mushroom a decomposer?", "Yes: it lives on dead wood."),
    "the example of a key point": _exit(
        POND, "Where do dead leaves go?", "Bacteria break them down into the water."
    ),
    "word problem": _exit(
        but(
            FRACTIONS,
            title="Two-step word problems",
            objective="I can solve two-step word problems with a drawing.",
            keywords=words(("step", "one thing to work out")),
            key_points=("The first answer is needed for the second.", "A drawing shows what is known."),
            success_criteria=("I draw what is known.", "I find both answers."),
        ),
        "Mia has 12 shells. She finds 7 more and gives away 5. How many are left?",
        "14",
    ),
    "percent sign": _exit(
        but(FRACTIONS, title="Percents", objective="I can find a percent of a number."),
        "25% of 80 is?",
        "20",
    ),
    "a text of another kind": _exit(
        but(
            CLAIMS,
            title="Main idea",
            objective="I can find the main idea of a short text.",
            keywords=words(("main idea", "what it is mostly about")),
        ),
        "Read the paragraph about otters. What is it mostly about?",
        "How otters keep warm.",
    ),
    "in the answer": _exit(
        SHARING, "Draw one thing from the store. Why that one?", "A need such as bread."
    ),
    "Spanish word form": _exit(AGUA, "¿Qué hace la evaporación?", "Cambia el líquido en gas."),
    "multiplication sign": _exit(
        but(FRACTIONS, title="Arrays", objective="I can multiply with an array."), "6 × 4 = ?", "24"
    ),
}


@pytest.mark.parametrize("plan", FAILS.values(), ids=FAILS.keys())
def test_an_exit_ticket_about_something_else_fails(subject_for, plan):
    """It is quoted."""
    judgement = CHECK.run(subject_for(plan, inputs=language_of(plan)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "exit_ticket[0].task"


@pytest.mark.parametrize("plan", WARNS.values(), ids=WARNS.keys())
def test_practice_of_something_else_is_a_warning(subject_for, plan):
    """It is quoted, too."""
    judgement = CHECK.run(subject_for(plan, inputs=language_of(plan)))

    assert judgement.outcome is Outcome.WARN
    assert judgement.evidence[0].where == "practice[0].task"


@pytest.mark.parametrize("plan", PASSES.values(), ids=PASSES.keys())
def test_tasks_for_the_objective_pass(subject_for, plan):
    """In other forms of its words, in signs, or in the words of the key points."""
    assert CHECK.run(subject_for(plan, inputs=language_of(plan))).outcome is Outcome.PASS


def test_another_language_is_not_judged(subject_for):
    """The endings of words are English and Spanish."""
    assert CHECK.run(subject_for(POND, inputs={"language": "de"})).outcome is Outcome.NOT_APPLICABLE
