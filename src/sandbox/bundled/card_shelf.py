"""The calibration cards of our own checks: a file for each, read when it is first asked for."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.contracts.check import Check
from sandbox.contracts.late import late

if TYPE_CHECKING:
    from sandbox.domain.calibration import CalibrationCard

CARDS = Path(__file__).parent / "cards"

_read_card: "Callable[[Path], CalibrationCard]" = late("sandbox.storage.card_file:read_card")


def with_cards(checks: Iterable[Check]) -> list[Check]:
    """The checks, each with its card if there is one for it."""
    paths = {path.stem: path for path in CARDS.glob("*.json")}
    return [
        replace(check, card=partial(_read_card, paths[check.name])) if check.name in paths else check
        for check in checks
    ]
