"""The log of decisions: why an evaluation went as fast as it did, and why it stopped, without any text.

Only fields that are listed here are written. What a person or a service may have worded (the ids of cases,
the reasons of stops) is none of them; a trial is named by the beginning of its fingerprint.
"""

import json
import logging
import re
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from sandbox.contracts.observer import Observer
from sandbox.domain.event import (
    EvaluationFinished,
    EvaluationStarted,
    Event,
    ModelFailed,
    PaceChanged,
    RecordsDelayed,
    RetryScheduled,
    TargetStopped,
)
from sandbox.domain.event_record import Plain, event_record

LOGGER = logging.getLogger("sandbox")

_FIELDS: dict[type[Event], tuple[str, ...]] = {
    EvaluationStarted: ("evaluation", "suite", "targets", "planned", "recalled"),
    EvaluationFinished: ("evaluation", "recommendations"),
    ModelFailed: ("trial", "model", "kind", "status"),
    RetryScheduled: ("trial", "model", "kind", "wait_seconds"),
    PaceChanged: ("account", "before", "after", "reason", "pause_seconds"),
    RecordsDelayed: (),
    TargetStopped: ("target",),
}
_WARNINGS = {RecordsDelayed, TargetStopped}
_MOST_BYTES = 5_000_000
_OLD_FILES = 2
_LONGEST_NAME = 200
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def decision_logs(path: Path | None) -> tuple[Observer, ...]:
    """The observer that logs to this file and to the logger `sandbox`; none if nobody would read it."""
    if path is None and not (LOGGER.hasHandlers() and LOGGER.isEnabledFor(logging.WARNING)):
        return ()
    log = _DecisionLog(path)
    summary = "Logs what was decided: pace, retries, stops."
    return (
        Observer(
            name="decision_log",
            summary=summary,
            observe=log.observe,
            kinds=tuple(_FIELDS),
            close=log.close,
        ),
    )


class _DecisionLog:
    def __init__(self, path: Path | None) -> None:
        self._file = _LogFile(path) if path is not None else None

    def observe(self, event: Event) -> None:
        line = json.dumps(_harmless(event))
        level = logging.WARNING if type(event) in _WARNINGS else logging.INFO
        if LOGGER.hasHandlers():  # without any, Python would print warnings by itself
            LOGGER.log(level, "%s", line)
        if self._file is not None:
            self._file.handle(logging.makeLogRecord({"msg": line, "levelno": level}))
            if isinstance(event, EvaluationFinished):
                self._file.close()  # the next line opens it again

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


class _LogFile(RotatingFileHandler):
    """A file of bounded size, in a folder that is made when the first line is written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_MOST_BYTES, backupCount=_OLD_FILES, encoding="utf-8", delay=True)

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is Python's
        """Raise what went wrong, so that it is warned of once, instead of printing it for each line."""
        del record
        raise  # noqa: PLE0704 - it is called while the cause is being handled


def _harmless(event: Event) -> dict[str, Plain]:
    record = event_record(event)
    kept = {name: _bounded(record[name]) for name in ("event", "at", *_FIELDS[type(event)])}
    if "trial" in kept:
        trial = str(kept["trial"])
        kept["trial"] = trial[:12] if _FINGERPRINT.fullmatch(trial) else ""
    return kept


def _bounded(value: Plain) -> Plain:
    if isinstance(value, list):
        return [each[:_LONGEST_NAME] for each in value[:_LONGEST_NAME]]
    return value[:_LONGEST_NAME] if isinstance(value, str) else value
