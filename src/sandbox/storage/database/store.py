"""The record store: evaluations and trials, whichever database they are in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Connection, Row, Select, func, select

from sandbox.contracts.store import TrialEntry
from sandbox.domain.artifact import Artifact
from sandbox.domain.purge import Purge, PurgeReceipt
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.trial import Target, Trial, TrialStatus
from sandbox.domain.trial_summary import TrialSummary
from sandbox.errors import StoreError, UnknownNameError
from sandbox.storage.database.connecting import Database
from sandbox.storage.database.packing import unpack
from sandbox.storage.database.purging import count_matching, purge_records, read_receipts
from sandbox.storage.database.rows import (
    SUMMARY_COLUMNS,
    fingerprint_bytes,
    microseconds,
    read_summary,
    read_trial,
    shared_target,
    trial_row,
)
from sandbox.storage.database.schema import EVALUATION_TRIALS, EVALUATIONS, SHARED_TEXTS, TRIALS

_PLACE = ("evaluation_id", "target", "position", "fingerprint")
_TRIALS_AT_ONCE = 50
_SUMMARIES_AT_ONCE = 2000
_PLACED = EVALUATION_TRIALS.join(TRIALS, EVALUATION_TRIALS.c.fingerprint == TRIALS.c.fingerprint)
_TRIAL_COLUMNS = (TRIALS.c.fingerprint, TRIALS.c.artifact_type, TRIALS.c.packed)

_TARGETS, _SYSTEMS = SHARED_TEXTS.alias(), SHARED_TEXTS.alias()
_FIND_TRIAL = select(
    *_TRIAL_COLUMNS, _TARGETS.c.packed.label("target"), _SYSTEMS.c.packed.label("system")
).select_from(
    TRIALS.join(_TARGETS, TRIALS.c.target == _TARGETS.c.key).outerjoin(
        _SYSTEMS, TRIALS.c.system == _SYSTEMS.c.key
    )
)


class RecordStore:
    """The records in a database; several threads may use it at once.

    Nothing is held open between two calls, nor between two items of an iterator.
    """

    def __init__(self, database: Database, artifact_types: Mapping[str, type[Artifact]]) -> None:
        self._database = database
        self._artifact_types = artifact_types

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def __repr__(self) -> str:
        return f"RecordStore({self.place!r})"

    @property
    def place(self) -> str:
        """The path of the file, or the address of the database."""
        return self._database.place

    def claim(self, evaluation_id: str) -> AbstractContextManager[None]:
        """Keep every other process off an evaluation for as long as the block lasts, or this process lives.

        Raises:
            BusyError: another process is at it.
        """
        return self._database.claim(evaluation_id)

    def save_trials(self, entries: Sequence[TrialEntry]) -> None:
        """Keep these trials, all of them or none."""
        if not entries:
            return
        # The last of each key counts. In their order, so that of two who write neither waits for the other.
        rows = {entry.trial.fingerprint: trial_row(entry.trial) for entry in entries}
        shared = {text.key: text.packed for row in rows.values() for text in row.shared}
        placed: dict[tuple[str, int, int], bytes] = {}
        for entry in entries:
            row = rows[entry.trial.fingerprint]
            placed[entry.evaluation_id, row.target, entry.position] = row.fingerprint
        with self._database.writing() as connection:
            self._database.insert_missing(
                connection, SHARED_TEXTS, [{"key": key, "packed": shared[key]} for key in sorted(shared)]
            )
            self._database.upsert(connection, TRIALS, [rows[key].values for key in sorted(rows)])
            self._database.upsert(
                connection,
                EVALUATION_TRIALS,
                [dict(zip(_PLACE, (*key, placed[key]), strict=True)) for key in sorted(placed)],
            )

    def find_trial(self, fingerprint: str) -> Trial | None:
        """The trial with this fingerprint, if it was made."""
        query = _FIND_TRIAL.where(TRIALS.c.fingerprint == fingerprint_bytes(fingerprint))
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        target = Target.model_validate_json(unpack(row.target))
        system = None if row.system is None else unpack(row.system).decode()
        return read_trial(row, unpack(row.packed), target, system, self._artifact_types)

    def ended_trials(self, target: Target) -> Iterable[str]:
        """The fingerprints of a target's trials that need not be made again: all but those that failed."""
        query = select(TRIALS.c.fingerprint).where(
            TRIALS.c.target == shared_target(target).key, TRIALS.c.status != TrialStatus.FAILED.value
        )
        with self._database.reading() as connection:
            return [fingerprint.hex() for fingerprint in connection.execute(query).scalars()]

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        """The trials of one target in an evaluation, by position, one at a time."""
        query = select(TRIALS.c.system, *_TRIAL_COLUMNS)
        for row, system in self._placed(query, evaluation_id, target, at_once=_TRIALS_AT_ONCE):
            yield read_trial(row, unpack(row.packed), target, system, self._artifact_types)

    def summaries(self, evaluation_id: str, target: Target) -> Iterator[tuple[int, TrialSummary]]:
        """Position and summary of those trials, by position; their texts are not read."""
        query = select(TRIALS.c.checks, *SUMMARY_COLUMNS)
        for row, checks in self._placed(query, evaluation_id, target, at_once=_SUMMARIES_AT_ONCE):
            values = tuple(row)
            yield values[-1], read_summary(values[1:-1], checks or "[]")

    def save_evaluation(self, evaluation: Evaluation) -> None:
        """Keep an evaluation; one with the same id gives way."""
        values = {
            "id": evaluation.id,
            "started_at": microseconds(evaluation.started_at),
            "body": evaluation.model_dump_json(),
        }
        with self._database.writing() as connection:
            self._database.upsert(connection, EVALUATIONS, [values])

    def evaluation(self, evaluation_id: str) -> Evaluation:
        """The evaluation of this id.

        Raises:
            UnknownNameError: there is none.
        """
        with self._database.reading() as connection:
            body = connection.execute(
                select(EVALUATIONS.c.body).where(EVALUATIONS.c.id == evaluation_id)
            ).scalar()
            if body is None:
                known = connection.execute(select(EVALUATIONS.c.id)).scalars().all()
                raise UnknownNameError("evaluation", evaluation_id, known)
        return Evaluation.model_validate_json(body)

    def evaluations(self) -> Iterable[Evaluation]:
        """Every evaluation, the latest first."""
        query = select(EVALUATIONS.c.body).order_by(EVALUATIONS.c.started_at.desc(), EVALUATIONS.c.id)
        with self._database.reading() as connection:
            bodies = connection.execute(query).scalars().all()
        return (Evaluation.model_validate_json(body) for body in bodies)

    def purge(self, purge: Purge, *, now: datetime) -> PurgeReceipt:
        """Delete trials for good, in all evaluations; what is left is written anew.

        If nothing meets the purge, nothing is written, and no receipt is kept.
        """
        return purge_records(self._database, purge, now=now)

    def purges(self) -> Iterable[PurgeReceipt]:
        """The receipts of every purge, the latest first."""
        return read_receipts(self._database)

    def count_trials(self, purge: Purge) -> int:
        """How many trials a purge would delete."""
        return count_matching(self._database, purge)

    def trial_counts(self) -> Mapping[str, int]:
        """How many trials each evaluation has, by its id."""
        column = EVALUATION_TRIALS.c.evaluation_id
        with self._database.reading() as connection:
            return dict(connection.execute(select(column, func.count()).group_by(column)).all())

    def size_bytes(self) -> int:
        """What all records take, on disk."""
        return self._database.size_bytes()

    def _placed(
        self, query: Select[Any], evaluation_id: str, target: Target, *, at_once: int
    ) -> Iterator[tuple[Row[Any], str | None]]:
        """Rows by position, each with the shared text that its first column names.

        They are read page by page: whoever is slow with one holds nothing open.
        """
        position = EVALUATION_TRIALS.c.position
        query = (
            query.add_columns(position)
            .select_from(_PLACED)
            .where(
                EVALUATION_TRIALS.c.evaluation_id == evaluation_id,
                EVALUATION_TRIALS.c.target == shared_target(target).key,
            )
            .order_by(position)
            .limit(at_once)
        )
        texts: dict[int | None, str | None] = {None: None}
        rows: Sequence[Row[Any]] = ()
        while True:
            page = query.where(position > rows[-1][-1]) if rows else query
            with self._database.reading() as connection:
                rows = connection.execute(page).all()
                for key in {row[0] for row in rows} - texts.keys():
                    texts[key] = _shared_text(connection, key)
            for row in rows:
                yield row, texts[row[0]]
            if len(rows) < at_once:
                return


def _shared_text(connection: Connection, key: int) -> str:
    packed = connection.execute(select(SHARED_TEXTS.c.packed).where(SHARED_TEXTS.c.key == key)).scalar()
    if packed is None:
        raise StoreError("A text on record is missing. Fetch the records from your last copy.")
    return unpack(packed).decode()
