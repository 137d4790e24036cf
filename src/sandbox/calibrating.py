"""Calibrating: a check is tried on a file that people have labelled, and its card is made."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from sandbox.contracts.check import Check
from sandbox.contracts.registry import Registry
from sandbox.domain.calibration import CalibrationCard, LabelledData
from sandbox.domain.record import Record
from sandbox.evaluation.baselines import see_to_packages
from sandbox.evaluation.calibration import Looked, build_card
from sandbox.evaluation.labelled_rows import look_at_rows, subjects_of
from sandbox.evaluation.labels import LabelMeaning, Labels, read_meaning
from sandbox.pipeline.check_processes.check_workers import CheckWorkers
from sandbox.storage.card_file import write_card
from sandbox.storage.label_file import LabelColumns, file_digest, read_labels

Wait = Callable[[Awaitable[Looked]], Looked]
"""Waits for what a check says of the rows."""


class LabelledFile(Record):
    """A file of labelled answers: where it is, how it is read, and what a card is to say of it."""

    path: Path
    columns: LabelColumns = LabelColumns()
    meaning: LabelMeaning = LabelMeaning()
    name: str = ""
    """What the data is called; the file's name if nothing is said."""
    source: str = ""
    licence: str = ""
    says: str = ""
    """What a label means, in words."""

    def about(self, n_rows: int, n_groups: int, meaning: LabelMeaning, labels: Labels) -> LabelledData:
        """What the card says of it."""
        return LabelledData(
            name=self.name or self.path.name,
            source=self.source,
            licence=self.licence,
            sha256=file_digest(self.path),
            n_rows=n_rows,
            n_groups=n_groups,
            meaning=self.says,
            positive=meaning.positive,
            order=meaning.order,
            is_higher_better=meaning.is_higher_better if labels.are_numbers else None,
        )


def calibrate_check(
    check: Check,
    data: LabelledFile | Path | str,
    *,
    registry: Registry,
    workers: CheckWorkers,
    wait: Wait,
    out: Path,
) -> CalibrationCard:
    """The card of a check on labelled answers, written to `out`.

    Raises:
        InputError: the file cannot be used, or the package that learns from words is not installed.
    """
    see_to_packages()
    file = data if isinstance(data, LabelledFile) else LabelledFile(path=Path(data))
    rows = read_labels(file.path, file.columns)
    labels, meaning = read_meaning([row.label for row in rows], file.meaning)
    names = check.artifacts or tuple(registry.artifacts)
    subjects = subjects_of(rows, [registry.artifact(name) for name in names])
    looked = wait(look_at_rows(check, rows, subjects, labels, workers))
    card = build_card(looked, file.about(len(rows), len({row.group for row in rows}), meaning, labels))
    write_card(card, out)
    return card
