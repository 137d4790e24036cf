"""The words that models are sent, kept so that every change of them is seen."""

from pathlib import Path

import pytest

from sandbox.pipeline.prompting import PromptRenderer
from sandbox.storage.places import list_folders
from sandbox.storage.prompt_folder import read_prompt

GOLDENS = Path(__file__).parent / "prompts"


@pytest.mark.parametrize("name", list_folders("prompts", home=Path("nowhere")))
def test_changing_words_raises_the_version(name: str) -> None:
    """The prompt, filled in with its examples, says what is kept; new words need a new version."""
    prompt = read_prompt(list_folders("prompts", home=Path("nowhere"))[name])
    examples = {each.name: each.example for each in prompt.card.inputs}
    rendered = PromptRenderer(prompt).render(examples)
    words = "\n\n".join(f"## {message.role}\n\n{message.content}" for message in rendered.messages) + "\n"

    golden = GOLDENS / f"{name}-{prompt.card.version}.md"

    assert golden.exists(), f"write the words of version {prompt.card.version} to {golden.name}"
    assert words == golden.read_text(encoding="utf-8")
