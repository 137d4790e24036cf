"""A school's own calibration cards: those in its folder count before those that came with the checks."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from sandbox.contracts.check import Check
from sandbox.contracts.late import late
from sandbox.contracts.registry import Registry
from sandbox.evaluation.measured import card_of, misfit_of

if TYPE_CHECKING:
    from sandbox.domain.calibration import CalibrationCard

CARDS = "cards"
"""The folder in which they lie, one file for each check."""


_read_card: "Callable[[Path], CalibrationCard]" = late("sandbox.storage.card_file:read_card")


def with_cards_of(home: Path, registry: Registry) -> Registry:
    """What the plugins brought, with the cards of this folder before theirs."""
    cards = {path.stem: path for path in (home / CARDS).glob("*.json")}
    if not cards:
        return registry
    return replace(registry, checks=MappingProxyType(with_own_cards(registry.checks, cards)))


def with_own_cards(checks: Mapping[str, Check], cards: Mapping[str, Path]) -> dict[str, Check]:
    """The checks, with a school's own cards before those that came with them."""
    return {
        name: replace(check, card=partial(_own_card, check, cards[name])) if name in cards else check
        for name, check in checks.items()
    }


def _own_card(check: Check, path: Path) -> "CalibrationCard | None":
    """The school's card if it fits, or else the one that came with the check if that fits."""
    own = _read_card(path)
    if not misfit_of(own, check):
        return own
    brought = card_of(check)
    return brought if brought is not None and not misfit_of(brought, check) else own
