"""What an observer is: it is told what happens, and can change nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a plugin's module is imported for `--help`, and must not bring pydantic along
    from sandbox.domain.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """How a plugin brings an observer. It is told in a thread of its own; what it raises stops nothing."""

    name: str
    summary: str
    observe: "Callable[[Event], None]"
