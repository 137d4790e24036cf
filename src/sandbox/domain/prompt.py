"""A prompt: its card, its templates, and the digest that names this exact wording."""

from enum import StrEnum

from pydantic import Field

from sandbox.domain.audience import Reader
from sandbox.domain.exchange import Message, Settings
from sandbox.domain.record import Record

InputValue = str | int | float | bool | tuple[str, ...]
"""What an input of a prompt may hold."""


class InputType(StrEnum):
    """What kind of value an input takes."""

    TEXT = "text"
    INTEGER = "integer"
    GRADE = "grade"
    CHOICE = "choice"
    LIST = "list"
    """Several short texts."""
    STUDENT_WORK = "student_work"
    """Writing by a student: data, rendered inside delimiters and never as instructions."""


class PromptInput(Record):
    """One input of a prompt."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: InputType = InputType.TEXT
    help: str
    example: InputValue
    is_required: bool = Field(default=True, alias="required")
    default: InputValue | None = None
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = Field(default=4000, ge=1)
    """Characters, of a text or of each item of a list."""


class PromptCard(Record):
    """What a prompt is, for whom, and what it takes: the `card.yaml` of its folder."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    summary: str
    artifact: str
    """The type of artifact that it asks for."""
    reader: Reader
    owner: str
    intended_use: str
    not_for: tuple[str, ...] = Field(min_length=1)
    inputs: tuple[PromptInput, ...]
    settings: Settings = Settings()


class Prompt(Record):
    """A prompt with its templates, as found in a folder."""

    card: PromptCard
    templates: dict[str, str]
    """Jinja2 source by file name: `system.md.j2`, `user.md.j2`, and the shared parts they may include."""
    digest: str
    """SHA-256 over the card and every template: two prompts with one digest say the same words."""
    source: str
    """Where it was found, for people."""


class RenderedPrompt(Record):
    """A prompt filled in with inputs."""

    messages: tuple[Message, ...]
    inputs: dict[str, InputValue]
    """The inputs as they were used: read, checked, and completed with defaults."""
