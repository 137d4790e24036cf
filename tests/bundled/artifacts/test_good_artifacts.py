"""Good artifacts of four kinds: they fit their prompts, are read in full, and raise no alarm."""

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sandbox.bundled.plugin import sandbox_artifacts, sandbox_checks
from sandbox.contracts.check import Subject
from sandbox.domain.artifact import Artifact
from sandbox.domain.finding import Outcome
from sandbox.domain.prompt import PromptCard
from sandbox.domain.trial import Case
from sandbox.pipeline.prompting import read_inputs

ROOT = Path(__file__).resolve().parents[3]
KINDS = {kind.type_name: kind for kind in sandbox_artifacts()}
PATHS = [
    pytest.param(path, id=f"{name}-{path.stem}")
    for name in ("differentiation", "family_message", "feedback", "tutor_turn")
    for path in sorted((ROOT / "tests/good_artifacts" / name).glob("*.json"))
]
CHECKS_OF_OURS = ("answer_not_given_away", "praises_the_work", "reading_level_fits", "arithmetic_correct")


def held(path: Path) -> dict[str, Any]:  # JSON holds whatever it holds
    """The inputs, the answer key and the artifact in a file."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def artifact_of(path: Path) -> Artifact:
    """The artifact in a file."""
    return KINDS[path.parent.name].model_validate(held(path)["artifact"])


def words(value: object) -> list[str]:
    """Every text in a JSON value, choices as people read them."""
    if isinstance(value, dict):
        return [word for inner in value.values() for word in words(inner)]
    if isinstance(value, list):
        return [word for inner in value for word in words(inner)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("path", PATHS)
def test_a_good_artifact_is_read_in_full(path: Path) -> None:
    """Every text of every field stands in the plain text, and comes back from JSON as it was."""
    artifact = artifact_of(path)
    text = artifact.text(width=None)
    missing = [
        word
        for word in words(artifact.model_dump(mode="json"))
        if word not in text and word.replace("_", " ") not in text
    ]

    assert missing == []
    assert type(artifact).parse(artifact.model_dump_json()) == artifact
    assert max(map(len, artifact.text().splitlines())) <= 79
    assert artifact._repr_html_()


@pytest.mark.parametrize("path", PATHS)
def test_its_inputs_are_ones_that_the_prompt_takes(path: Path) -> None:
    """The envelope holds what a teacher could have given."""
    card = YAML(typ="safe").load((ROOT / "prompts" / path.parent.name / "card.yaml").read_text("utf-8"))
    inputs = held(path)["inputs"]

    assert set(inputs) <= set(read_inputs(PromptCard.model_validate(card), inputs))


@pytest.mark.parametrize("path", PATHS)
def test_no_check_is_alarmed(path: Path) -> None:
    """Checks that know these kinds neither fail nor warn on good work."""
    given = {"id": path.stem, "inputs": held(path)["inputs"], "answer_key": held(path)["answer_key"]}
    subject = Subject(artifact_of(path), Case.model_validate(given))
    judgements = {
        check.name: check.run(subject)
        for check in sandbox_checks()
        if check.name in CHECKS_OF_OURS and check.applies_to(path.parent.name)
    }

    alarms = {
        name: each.reason
        for name, each in judgements.items()
        if each.outcome in {Outcome.FAIL, Outcome.WARN}
    }
    assert judgements
    assert alarms == {}


def test_there_are_six_of_each_kind_and_some_in_spanish() -> None:
    """They are varied enough that an alarm would say something."""
    kinds = [param.values[0].parent.name for param in PATHS]
    languages = [held(param.values[0])["inputs"].get("language", "en") for param in PATHS]

    assert {kind: kinds.count(kind) for kind in kinds} == dict.fromkeys(kinds, 6)
    assert languages.count("es") >= 3


def test_a_message_in_another_language_says_so_in_english() -> None:
    """The teacher can read what families read."""
    for param in PATHS:
        found = held(param.values[0])
        if param.values[0].parent.name == "family_message":
            is_english = found["artifact"]["language"] == "en"

            assert is_english == (found["artifact"]["back_translation"] == "")


def test_a_tutor_turn_tells_its_choices_in_words() -> None:
    """Nobody reads underscores."""
    path = next(param.values[0] for param in PATHS if param.values[0].parent.name == "tutor_turn")
    text = artifact_of(path).text()

    assert "right_idea" not in text
    assert "Kind of mistake: right idea" in text
