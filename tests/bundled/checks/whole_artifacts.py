"""Whole artifacts that tests change in one place: accommodations, a brief, supports, a message, a turn."""

import json
from pathlib import Path
from typing import Any

from sandbox.bundled.artifacts.accommodations import Accommodations
from sandbox.bundled.artifacts.decision_brief import DecisionBrief
from sandbox.bundled.artifacts.differentiation import Differentiation, Scaffold
from sandbox.bundled.artifacts.family_message import FamilyMessage

GOOD = Path(__file__).resolve().parents[2] / "good_artifacts"


def _read(path: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((GOOD / path).read_text(encoding="utf-8"))
    return read


_PAGE = _read("accommodations/g5-water-cycle-page.json")
_TUTOR = _read("decision_brief/math-tutor-grade-7.json")

ACCOMMODATIONS = Accommodations.model_validate(_PAGE["artifact"])
PLAN_INPUTS: dict[str, Any] = _PAGE["inputs"]
"""What the teacher gave for the accommodations."""

BRIEF = DecisionBrief.model_validate(_TUTOR["artifact"])
BRIEF_INPUTS: dict[str, Any] = _TUTOR["inputs"]
"""What the leaders gave for the brief."""

SUPPORTS = Differentiation(
    title="Comparing fractions with strips",
    grade="4",
    subject="Mathematics",
    objective="I can compare two fractions and say why one is greater.",
    scaffolds=(
        Scaffold(
            learner_need="gets going best with one small step",
            barrier="Six problems on one page are too much at once.",
            support="Fold the page so that one problem shows, with a strip that is cut already.",
            udl_consideration="6.2",
            when_to_use="When two minutes pass and nothing is on the page.",
            fade_plan="Two problems show after three right ones, then the whole page.",
            keeps_objective=True,
        ),
    ),
    extension="Find three fractions between 1/3 and 1/2, and say how you know.",
    teacher_note="Look at which strips were used before you take them away.",
)

MESSAGE = FamilyMessage(
    subject_line="Fractions in grade 4",
    language="en",
    greeting="Dear families,",
    what_we_learn="This week we compare fractions. We fold paper strips to see which part is greater.",
    one_action="When you share an apple or a piece of bread, ask: which part is greater, and why?",
    optional_extras=(),
    questions_welcome="Questions are welcome, in any language.",
    contact="[TEACHER CONTACT]",
    back_translation="",
    teacher_note="Fill in how you can be reached before it goes out.",
)


def accommodations(**changes: object) -> Accommodations:
    """The accommodations, changed in these fields."""
    return ACCOMMODATIONS.model_copy(update=changes)


def resting_on(words: str) -> Accommodations:
    """The accommodations in which one option rests on these words."""
    first, *others = ACCOMMODATIONS.options
    return accommodations(options=(first.model_copy(update={"source_words": words}), *others))


def because(words: str) -> Accommodations:
    """The accommodations in which one option has this for a reason."""
    first, *others = ACCOMMODATIONS.options
    return accommodations(options=(first.model_copy(update={"rationale": words}), *others))


def brief(**changes: object) -> DecisionBrief:
    """The brief, changed in these fields."""
    return BRIEF.model_copy(update=changes)


def supports(**changes: object) -> Differentiation:
    """The supports, with one of them changed in these fields."""
    return SUPPORTS.model_copy(update={"scaffolds": (SUPPORTS.scaffolds[0].model_copy(update=changes),)})


def message(**changes: object) -> FamilyMessage:
    """The message, changed in these fields."""
    return MESSAGE.model_copy(update=changes)
