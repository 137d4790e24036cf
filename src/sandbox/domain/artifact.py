"""The structured thing that a teacher gets; each kind is a subclass."""

from abc import ABC, abstractmethod
from typing import ClassVar, Self

from pydantic import ConfigDict

from sandbox.domain.document import Document
from sandbox.domain.exchange import JsonSchema
from sandbox.domain.record import Record
from sandbox.domain.rendering import WIDTH, notebook_html, to_html, to_markdown, to_text


class Artifact(Record, ABC):
    """A structured answer. A subclass gives its fields, each with a description, and its `document`.

    The JSON schema of a subclass is what a model is asked to fill in, so every text has a `max_length`
    and every list a `max_length`: without them a small model never stops.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    type_name: ClassVar[str]
    """The word for this kind in prompts, suites and checks, such as `lesson_plan`."""
    is_in_one_language: ClassVar[bool] = True
    """Whether one in another language than was asked for cannot be read; False if it quotes others."""

    @classmethod
    def schema_for_model(cls) -> JsonSchema:
        """The JSON schema that a model is asked to keep."""
        return cls.model_json_schema()

    @classmethod
    def parse(cls, text: str) -> Self:
        """The artifact that a JSON text holds.

        Raises:
            pydantic.ValidationError: the text is no JSON, or does not fit the schema.
        """
        return cls.model_validate_json(text)

    @abstractmethod
    def document(self) -> Document:
        """The artifact as people read it."""

    def text(self, *, width: int | None = WIDTH) -> str:
        """The artifact in plain text, wrapped at so many columns, or not at all."""
        return to_text(self.document(), width=width)

    def markdown(self) -> str:
        """The artifact in Markdown."""
        return to_markdown(self.document())

    def _repr_html_(self) -> str:
        return notebook_html(self.type_name, to_html(self.document()))
