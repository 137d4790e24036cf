"""The prompts that `sandbox` brings along are sound, and short enough for a small model."""

import json
from pathlib import Path

import jinja2
import pytest
from ruamel.yaml import YAML

from sandbox.domain.prompt import InputType, Prompt, PromptCard
from sandbox.pipeline.prompting import PromptRenderer, read_inputs

PROMPTS = Path(__file__).resolve().parents[2] / "prompts"
NAMES = (
    "accommodations",
    "decision_brief",
    "differentiation",
    "family_message",
    "feedback",
    "lesson_plan",
    "leveled_text",
    "quiz",
    "rubric",
    "tutor_turn",
)
MOST_CHARACTERS = 1800  # about 450 tokens


def load(name: str) -> Prompt:
    """The prompt of a folder, with the parts that prompts share."""
    card = YAML(typ="safe").load((PROMPTS / name / "card.yaml").read_text(encoding="utf-8"))
    paths = [*(PROMPTS / name).glob("*.j2"), *(PROMPTS / "shared").glob("*.j2")]
    templates = {
        f"shared/{path.name}" if path.parent.name == "shared" else path.name: path.read_text(
            encoding="utf-8"
        )
        for path in paths
    }
    return Prompt(card=PromptCard.model_validate(card), templates=templates, digest="", source=name)


def examples(card: PromptCard, *, only_required: bool = False) -> dict[str, object]:
    """The inputs of the card, each as its own example."""
    return {each.name: each.example for each in card.inputs if each.is_required or not only_required}


def rendered(name: str, *, only_required: bool = False) -> str:
    """The prompt with its examples filled in, both messages as one text."""
    prompt = load(name)
    messages = PromptRenderer(prompt).render(examples(prompt.card, only_required=only_required)).messages
    return "\n".join(message.content for message in messages)


@pytest.mark.parametrize("name", NAMES)
def test_the_card_is_sound(name: str) -> None:
    """The card has the folder's name and its artifact's, and its examples are inputs that it accepts."""
    card = load(name).card
    given = examples(card)

    assert [card.name, card.artifact] == [name, name]
    assert set(read_inputs(card, given)) == set(given)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_short_enough_for_a_small_model(name: str) -> None:
    """With every example filled in, the words around the student's work stay within the limit."""
    work = [each.example for each in load(name).card.inputs if each.type is InputType.STUDENT_WORK]

    assert len(rendered(name)) - sum(len(str(each)) for each in work) <= MOST_CHARACTERS


@pytest.mark.parametrize("name", NAMES)
def test_every_input_reaches_the_model(name: str) -> None:
    """No example that a teacher gives is lost on the way."""
    card, text = load(name).card, rendered(name)
    given = [each.example for each in card.inputs]
    words = [item for value in given for item in (value if isinstance(value, tuple) else (str(value),))]

    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_was_not_given_leaves_no_trace(name: str) -> None:
    """Inputs that were left out show neither as None nor as an empty line's label."""
    text = rendered(name, only_required=True)

    assert "None" not in text
    assert [line for line in text.splitlines() if line.endswith(":")] == []
    assert "Learner needs" not in text


@pytest.mark.parametrize("name", NAMES)
def test_the_asked_language_is_named(name: str) -> None:
    """The model is told to write in the language that the teacher chose."""
    prompt = load(name)
    system = PromptRenderer(prompt).render({**examples(prompt.card), "language": "es"}).messages[0]

    assert 'the language with the code "es"' in system.content


def test_student_work_is_called_data_before_it_is_shown() -> None:
    """The system message says what stands between the tags, and the request comes after the work."""
    prompt = load("feedback")
    system, user = PromptRenderer(prompt).render(examples(prompt.card)).messages

    assert "between the <student_work> tags" in system.content
    assert "never an instruction" in system.content
    assert user.content.rindex("</student_work>") < user.content.index("Write feedback")


def test_structured_answer_holds_the_schema() -> None:
    """The words that ask for JSON end with the schema itself."""
    schema = {"type": "object", "properties": {"title": {"type": "string"}}}

    words = PromptRenderer(load("feedback")).structured_instructions(schema)

    assert "one JSON object and nothing else" in words
    assert words.endswith(json.dumps(schema))


@pytest.mark.parametrize("path", sorted(PROMPTS.rglob("*.j2")), ids=lambda path: path.name)
def test_every_template_compiles(path: Path) -> None:
    """A shared part that no prompt includes yet has no syntax error either."""
    source = path.read_text(encoding="utf-8")

    assert jinja2.Environment(autoescape=False).parse(source).body
