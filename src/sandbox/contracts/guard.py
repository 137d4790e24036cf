"""What a guard is: it looks at what is about to leave the machine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class GuardAction(StrEnum):
    """What a guard decides."""

    ALLOW = "allow"
    REDACT = "redact"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What is about to leave: every text by the name of its place, and the names that must not leave."""

    texts: Mapping[str, str]
    roster: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardDecision:
    """What a guard decided."""

    action: GuardAction
    reason: str
    """In words for people; it never quotes what was taken out."""
    texts: Mapping[str, str]
    """The texts as they may leave, under the same names."""
    replaced: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What each placeholder stands for. It stays in memory: never stored, logged or shown."""


class Guard(Protocol):
    """Looks at what is about to leave the machine. If it raises, nothing leaves."""

    def inspect(self, outgoing: Outgoing) -> GuardDecision:
        """Allow the texts as they are, give them back redacted, or refuse."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardSpec:
    """How a plugin brings a guard."""

    name: str
    version: str
    summary: str
    guard: Guard
