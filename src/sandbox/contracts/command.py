"""What a command is: a Typer application that a plugin adds to `sandbox`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a command line costs 50 ms to import, and the Python face does not need one
    import typer


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSpec:
    """How a plugin brings a command. `build` is called only when the command is used."""

    name: str
    summary: str
    build: "Callable[[], typer.Typer]"
