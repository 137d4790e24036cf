"""What an observer is: it is told what happens, and can change nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a plugin's module is imported for `--help`, and must not bring pydantic along
    from sandbox.domain.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """How an observer is brought. It is told in a thread of its own; what it raises stops nothing."""

    name: str
    summary: str
    observe: "Callable[[Event], None]"
    kinds: "tuple[type[Event], ...]" = ()
    """The kinds of event that it is told of; empty means all."""
    close: Callable[[], None] = lambda: None
    """Is called in the same thread when nothing more will be told."""
