"""Labelled rows become answers for a check to look at, and what it says of them."""

from collections.abc import Sequence

from pydantic import ValidationError

from sandbox.contracts.check import Check, Subject
from sandbox.domain.artifact import Artifact
from sandbox.domain.finding import Outcome
from sandbox.domain.trial import Case
from sandbox.errors import InputError
from sandbox.evaluation.calibration import Looked
from sandbox.evaluation.labels import Labels
from sandbox.pipeline.check_processes.check_workers import CheckWorkers
from sandbox.storage.label_file import LabelledRow


def subjects_of(rows: Sequence[LabelledRow], kinds: Sequence[type[Artifact]]) -> list[Subject]:
    """What a check looks at, for each row; an artifact may be of any of these kinds.

    Raises:
        InputError: an artifact is of none of them.
    """
    return [Subject(_answer(row, kinds), _case(row)) for row in rows]


async def look_at_rows(
    check: Check,
    rows: Sequence[LabelledRow],
    subjects: Sequence[Subject],
    labels: Labels,
    workers: CheckWorkers,
) -> Looked:
    """What a check says of each row. One that crashes or hangs says that it could not judge."""
    outcomes: list[Outcome] = []
    for subject in subjects:
        (finding,) = await workers.inspect((check,), subject)
        outcomes.append(finding.outcome)
    return Looked(
        check=check,
        texts=[subject.text for subject in subjects],
        groups=[row.group for row in rows],
        systems=[row.system for row in rows],
        labels=labels,
        outcomes=outcomes,
    )


def _answer(row: LabelledRow, kinds: Sequence[type[Artifact]]) -> Artifact | str:
    if row.artifact is None:
        return row.text
    for kind in kinds:
        try:
            return kind.model_validate(row.artifact)
        except ValidationError:
            continue
    names = ", ".join(kind.type_name for kind in kinds)
    raise InputError(f"Line {row.line}: the artifact is none of these that the check looks at: {names}.")


def _case(row: LabelledRow) -> Case:
    return Case(
        id=f"line {row.line}",
        inputs=row.inputs,
        answer_key=row.answer_key,
        must=row.must,
        must_not=row.must_not,
    )
