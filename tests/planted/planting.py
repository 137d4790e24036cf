"""Mutation operators: short functions that break a good answer in one way.

To add one, write a function in the file of its artifact type in `operators/`:

    @breaks("minutes_add_up")
    def a_segment_is_dropped(plan: Answer) -> Answer | None:
        ...

It gives the broken answer, several of them, or None where this one cannot be broken in that way. An
operator that stands in `operators/any_type.py` is tried on every type that its check looks at.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from tests.planted.unbroken import Answer

Broken = Answer | Iterable[Answer] | None


@dataclass(frozen=True)
class Operator:
    """One way to break a good answer."""

    check: str
    name: str
    artifact: str
    """The type of artifact that it breaks; empty means any."""
    plant: Callable[[Answer], Broken]

    def broken(self, answer: Answer) -> list[Answer]:
        """The answer, broken in this way; several times if there are several places, or not at all."""
        if self.artifact and self.artifact != answer.type_name:
            return []
        found = self.plant(answer)
        if found is None:
            return []
        planted = [found] if isinstance(found, Answer) else list(found)
        return [each for each in planted if each != answer]


_OPERATORS: list[Operator] = []


def breaks(check: str) -> Callable[[Callable[[Answer], Broken]], Callable[[Answer], Broken]]:
    """Take a function up as an operator for a check."""

    def take(plant: Callable[[Answer], Broken]) -> Callable[[Answer], Broken]:
        stem = plant.__module__.rpartition(".")[2]
        artifact = "" if stem == "any_type" else stem
        _OPERATORS.append(Operator(check, plant.__name__.replace("_", " "), artifact, plant))
        return plant

    return take


def operators() -> list[Operator]:
    """Every operator in `operators/`."""
    for path in sorted((Path(__file__).parent / "operators").glob("*.py")):
        import_module(f"tests.planted.operators.{path.stem}")
    return list(_OPERATORS)
