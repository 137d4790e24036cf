"""An artifact made up from its schema alone."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field

from sandbox.domain.artifact import Artifact
from sandbox.domain.document import Document
from sandbox.domain.record import Record
from sandbox.testing.installed.made_artifact import made_artifact


class _Branch(Record):
    name: str = Field(min_length=40, max_length=45)
    twigs: tuple[Self, ...] = Field(max_length=3)


class _Odd(Artifact):
    type_name = "odd"
    word: str = Field(min_length=2, max_length=3)
    choice: Literal["b", "a"]
    share: Annotated[float, Field(gt=0, lt=0.5)]
    year: int = Field(ge=1900, le=2100)
    maybe: str | None
    pair: tuple[int, str]
    day: date
    is_new: bool
    tree: _Branch

    def document(self) -> Document:
        """The word."""
        return Document(self.word, ())


class _Refusing(_Odd):
    @classmethod
    def schema_for_model(cls) -> dict[str, object]:
        """None can be made."""
        raise RuntimeError("no schema")


def test_it_keeps_to_bounds_choices_formats_and_shapes() -> None:
    """Also where a type holds itself, or a number lies between two that are close."""
    made = made_artifact(_Odd)

    assert made is not None
    assert (made.choice, made.year, made.pair[0]) == ("b", 1900, 0)
    assert 0 < made.share < 0.5
    assert 2 <= len(made.word) <= 3


def test_a_type_without_a_schema_gives_none() -> None:
    """What a stranger's class raises stops nothing."""
    assert made_artifact(_Refusing) is None
