"""A school's own calibration cards: those in its folder count before those that came with the checks."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from sandbox.contracts.registry import Registry
from sandbox.evaluation.measured import with_own_cards

CARDS = "cards"
"""The folder in which they lie, one file for each check."""


def with_cards_of(home: Path, registry: Registry) -> Registry:
    """What the plugins brought, with the cards of this folder before theirs."""
    cards = {path.stem: path for path in (home / CARDS).glob("*.json")}
    if not cards:
        return registry
    return replace(registry, checks=MappingProxyType(with_own_cards(registry.checks, cards)))
