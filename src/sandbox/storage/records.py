"""Evaluations and trials in one SQLite file, written as they come."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Self

import tenacity

from sandbox.contracts.store import TrialEntry
from sandbox.domain.artifact import Artifact
from sandbox.domain.purge import Purge, PurgeReceipt
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.trial import Target, Trial
from sandbox.domain.trial_summary import TrialSummary
from sandbox.errors import FileError, UnknownNameError

_SCHEMA_VERSION = 1
_WAIT_SECONDS = 30
_SCHEMA = """
CREATE TABLE IF NOT EXISTS trials (
    fingerprint TEXT PRIMARY KEY,
    artifact_type TEXT,
    body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS evaluations (
    id TEXT PRIMARY KEY,
    started_at TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS evaluation_trials (
    evaluation_id TEXT NOT NULL,
    target TEXT NOT NULL,
    position INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    PRIMARY KEY (evaluation_id, target, position)
) WITHOUT ROWID;
"""


def _is_busy(cause: BaseException) -> bool:
    return isinstance(cause, sqlite3.OperationalError) and cause.sqlite_errorcode == sqlite3.SQLITE_BUSY


class RecordStore:
    """The records of one folder. A trial is either wholly there or not at all.

    The file is in write-ahead mode: it survives a killed process, and can be read while it is written.

    Raises:
        FileError: the file cannot be opened, is no record store, or was made by a newer version.
    """

    def __init__(self, path: Path, artifact_types: Mapping[str, type[Artifact]]) -> None:
        self.path = path
        self._artifact_types = artifact_types
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, isolation_level=None, timeout=_WAIT_SECONDS, check_same_thread=False
            )
            self._use_write_ahead_log()
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._prepare()
        except (sqlite3.Error, OSError) as cause:
            raise FileError(path, f"cannot be used as a record store ({cause})") from cause

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @property
    def place(self) -> str:
        """The path of the file."""
        return str(self.path)

    @tenacity.retry(
        retry=tenacity.retry_if_exception(_is_busy),
        stop=tenacity.stop_after_delay(_WAIT_SECONDS),
        wait=tenacity.wait_fixed(0.05),
        reraise=True,
    )
    def _use_write_ahead_log(self) -> None:
        # SQLite does not wait its turn here, so that of two who make a file at once one would fail.
        self._connection.execute("PRAGMA journal_mode = WAL")

    def _prepare(self) -> None:
        (found,) = self._connection.execute("PRAGMA user_version").fetchone()
        if found > _SCHEMA_VERSION:
            raise sqlite3.DatabaseError("it was made by a newer version of sandbox")
        self._connection.executescript(_SCHEMA)
        self._connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")

    def save_trial(self, evaluation_id: str, position: int, trial: Trial) -> None:
        """Keep a trial, as the one at this position of an evaluation."""
        kind = trial.artifact.type_name if trial.artifact is not None else None
        body = trial.model_dump_json(exclude_defaults=True)
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute(
                "INSERT OR REPLACE INTO trials VALUES (?, ?, ?)", (trial.fingerprint, kind, body)
            )
            self._connection.execute(
                "INSERT OR REPLACE INTO evaluation_trials VALUES (?, ?, ?, ?)",
                (evaluation_id, _target_key(trial.target), position, trial.fingerprint),
            )

    def save_trials(self, entries: Sequence[TrialEntry]) -> None:
        for entry in entries:
            self.save_trial(entry.evaluation_id, entry.position, entry.trial)

    def claim(self, evaluation_id: str) -> AbstractContextManager[None]:
        del evaluation_id
        return nullcontext()

    def ended_trials(self, target: Target) -> Iterable[str]:
        rows = self._connection.execute(
            "SELECT DISTINCT fingerprint FROM evaluation_trials WHERE target = ?", (_target_key(target),)
        )
        return [fingerprint for (fingerprint,) in rows]

    def summaries(self, evaluation_id: str, target: Target) -> Iterator[tuple[int, TrialSummary]]:
        rows = self._connection.execute(
            "SELECT position, artifact_type, body FROM evaluation_trials JOIN trials USING (fingerprint)"
            " WHERE evaluation_id = ? AND target = ? ORDER BY position",
            (evaluation_id, _target_key(target)),
        )
        return ((position, TrialSummary.of(self._trial(kind, body))) for position, kind, body in rows)

    def purge(self, purge: Purge, *, now: datetime) -> PurgeReceipt:
        raise NotImplementedError

    def purges(self) -> Iterable[PurgeReceipt]:
        return ()

    def find_trial(self, fingerprint: str) -> Trial | None:
        """The trial with this fingerprint, if it was made."""
        row = self._connection.execute(
            "SELECT artifact_type, body FROM trials WHERE fingerprint = ?", (fingerprint,)
        ).fetchone()
        return self._trial(*row) if row else None

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        """The trials of one target in an evaluation, in order, one at a time."""
        rows = self._connection.execute(
            "SELECT artifact_type, body FROM evaluation_trials JOIN trials USING (fingerprint)"
            " WHERE evaluation_id = ? AND target = ? ORDER BY position",
            (evaluation_id, _target_key(target)),
        )
        return (self._trial(*row) for row in rows)

    def save_evaluation(self, evaluation: Evaluation) -> None:
        """Keep an evaluation; its trials are kept one by one as they come."""
        # In one time zone, so that the texts sort like the moments.
        moment = evaluation.started_at.astimezone(UTC).isoformat()
        self._connection.execute(
            "INSERT OR REPLACE INTO evaluations VALUES (?, ?, ?)",
            (evaluation.id, moment, evaluation.model_dump_json()),
        )

    def evaluation(self, evaluation_id: str) -> Evaluation:
        """The evaluation of this id.

        Raises:
            UnknownNameError: there is none.
        """
        row = self._connection.execute(
            "SELECT body FROM evaluations WHERE id = ?", (evaluation_id,)
        ).fetchone()
        if row is None:
            raise UnknownNameError("evaluation", evaluation_id, self._ids())
        return Evaluation.model_validate_json(row[0])

    def evaluations(self) -> Iterable[Evaluation]:
        """Every evaluation, the latest first."""
        rows = self._connection.execute("SELECT body FROM evaluations ORDER BY started_at DESC")
        return (Evaluation.model_validate_json(body) for (body,) in rows)

    def _ids(self) -> list[str]:
        return [found for (found,) in self._connection.execute("SELECT id FROM evaluations")]

    def _trial(self, artifact_type: str | None, body: str) -> Trial:
        data = json.loads(body)
        found = data.pop("artifact", None)
        trial = Trial.model_validate(data)
        kind = self._artifact_types.get(artifact_type or "")
        if found is None or kind is None:  # the plugin that brought this kind may be gone
            return trial
        return trial.model_copy(update={"artifact": kind.model_validate(found)})


@cache
def _target_key(target: Target) -> str:
    """The target in a few characters, since it stands in the row of every trial."""
    return hashlib.sha256(target.model_dump_json().encode()).hexdigest()[:16]
