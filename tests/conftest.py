"""What every test starts from."""

from collections.abc import Callable

import pytest

from sandbox.domain.prompt import InputType, Prompt, PromptCard, PromptInput
from sandbox.testing.network import forbid_network

MakePrompt = Callable[..., Prompt]

no_network = pytest.fixture(autouse=True, scope="module")(forbid_network)
"""No test reaches beyond this machine."""


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio, as the product does."""
    return "asyncio"


@pytest.fixture
def make_prompt() -> MakePrompt:
    """Makes a prompt from the text of its user template."""

    def make(user: str, system: str = "You help teachers.") -> Prompt:
        card = PromptCard(
            name="note",
            version="1.0.0",
            summary="A note.",
            artifact="feedback",
            reader="teacher",
            owner="us",
            intended_use="tests",
            not_for=("anything else",),
            inputs=(
                PromptInput(name="grade", type=InputType.GRADE, help="The grade.", example="4"),
                PromptInput(
                    name="minutes",
                    type=InputType.INTEGER,
                    help="How long.",
                    example=45,
                    required=False,
                    default=45,
                    minimum=10,
                    maximum=90,
                ),
                PromptInput(
                    name="words", type=InputType.LIST, help="Words.", example=("a", "b"), required=False
                ),
                PromptInput(
                    name="student_work",
                    type=InputType.STUDENT_WORK,
                    help="The work.",
                    example="I think so.",
                    required=False,
                ),
            ),
        )
        templates = {
            "system.md.j2": system,
            "user.md.j2": user,
            "shared/structured_answer.md.j2": "Answer as JSON: {{ schema }}",
            "shared/mend_answer.md.j2": "Mend it. {{ problem }}",
        }
        return Prompt(card=card, templates=templates, digest="d" * 64, source="here")

    return make
