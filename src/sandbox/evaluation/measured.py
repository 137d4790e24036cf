"""What is known of a check here and now: its card, if it fits, and whether a decision may rest on it."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox.contracts.check import Check
from sandbox.contracts.late import late
from sandbox.domain.scorecard import Scorecard
from sandbox.domain.standing import Measured
from sandbox.errors import FAULTS, FileError

if TYPE_CHECKING:
    from sandbox.domain.calibration import CalibrationCard

_read_card: "Callable[[Path], CalibrationCard]" = late("sandbox.storage.card_file:read_card")


def card_of(check: Check) -> "CalibrationCard | None":
    """The card that the check brings, whether it fits or not.

    Raises:
        FileError: it cannot be read.
    """
    return check.card() if callable(check.card) else check.card


def measured(check: Check) -> Measured:
    """The standing of a check, with the grounds for it. A card for another version counts as none."""
    try:
        card = card_of(check)
    except FileError as cause:
        return Measured(words=f"Its calibration card cannot be used. {cause}")
    except FAULTS as cause:  # a stranger's code
        return Measured(words=f"Its calibration card cannot be read ({type(cause).__name__}).")
    if card is None:
        return Measured()
    if misfit := misfit_of(card, check):
        return Measured(words=misfit)
    if card.shortcoming:
        return Measured(words=card.shortcoming)
    return Measured(standing=card.standing, words=card.in_words)


def misfit_of(card: "CalibrationCard", check: Check) -> str:
    """Why a card does not count for a check; empty if it does."""
    if card.check != check.name:
        return f"Its calibration card is for the check '{card.check}'."
    if card.check_version != check.version:
        return f"Its calibration card is for version {card.check_version}, and this is {check.version}."
    return ""


def with_standings(scorecards: Iterable[Scorecard], checks: Sequence[Check]) -> list[Scorecard]:
    """The scorecards, saying of each check whether a decision may rest on it."""
    known = {check.name: measured(check) for check in checks}
    none = Measured()
    return [
        scorecard.model_copy(
            update={
                "metrics": tuple(
                    metric.model_copy(
                        update={
                            "standing": known.get(metric.check, none).standing,
                            "measured": known.get(metric.check, none).words,
                        }
                    )
                    for metric in scorecard.metrics
                )
            }
        )
        for scorecard in scorecards
    ]
