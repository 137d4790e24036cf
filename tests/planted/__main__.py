"""`python -m tests.planted [CHECK ...]`: measure planted defects, and write them on the bundled cards.

With --show it writes nothing and lists what was not found. Figures of labelled rows that stand on a card
stay there as long as the check is the same.
"""

import sys
from datetime import UTC, datetime

from sandbox.bundled import plugin
from sandbox.bundled.card_shelf import CARDS
from sandbox.contracts.check import Check
from sandbox.domain.calibration import CalibrationCard, PlantedDefects
from sandbox.evaluation.check_source import check_digest
from sandbox.storage.card_file import read_card, write_card
from tests.planted.measuring import measure, survivors
from tests.planted.planting import operators
from tests.planted.unbroken import unbroken


def main(arguments: list[str]) -> None:
    """Measure the checks that are named, or all that there are operators for."""
    answers, known = list(unbroken()), operators()
    names = [argument for argument in arguments if not argument.startswith("-")]
    for check in sorted(plugin.sandbox_checks(), key=lambda each: each.name):
        own = [operator for operator in known if operator.check == check.name]
        if names and check.name not in names:
            continue
        if not own:
            _say(f"{check.name}: there is no operator for it")
            continue
        planted = measure(check, own, answers)
        _say(f"{check.name}: {planted.in_words} {planted.shortcoming}")
        if "--show" in arguments:
            for line in survivors(check, own, answers):
                _say(f"  {line}")
        else:
            write_card(_card(check, planted), CARDS / f"{check.name}.json")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _card(check: Check, planted: PlantedDefects) -> CalibrationCard:
    """The card with these figures; untouched if they are what stands there already."""
    path, digest = CARDS / f"{check.name}.json", check_digest(check)
    old = read_card(path) if path.is_file() else None
    if old is not None and (old.check_version, old.check_digest) == (check.version, digest):
        if old.planted == planted:
            return old
        if old.data is not None:
            return old.model_copy(update={"planted": planted})
    return CalibrationCard(
        check=check.name,
        check_version=check.version,
        check_digest=digest,
        basis="construction",
        date=datetime.now(UTC).date(),
        planted=planted,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
