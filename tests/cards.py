"""Calibration cards for tests."""

from datetime import date

from sandbox.contracts.check import Check
from sandbox.domain.calibration import CalibrationCard, PlantedDefects

PLANTED = PlantedDefects(n_planted=20, n_killed=19, n_failed=18, n_unbroken=20, n_alarms=0)


def constructed(name: str, version: str = "1.0.0", planted: PlantedDefects = PLANTED) -> CalibrationCard:
    """A card for this check that rests on planted defects."""
    return CalibrationCard(
        check=name,
        check_version=version,
        check_digest="0" * 64,
        basis="construction",
        date=date(2026, 1, 1),
        planted=planted,
    )


def card_for(check: Check) -> CalibrationCard:
    """A card that fits this check."""
    return constructed(check.name, check.version)
