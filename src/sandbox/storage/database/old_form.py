"""The file from before Alembic, whose rows were JSON: what is in it is brought along, and kept.

This belongs to the first revision: it writes the tables of that one, whatever today's are.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic_core import to_json
from sqlalchemy import Connection, column, insert, inspect, table, text

from sandbox.storage.database.packing import pack
from sandbox.storage.database.rows import SharedText, shared_text

_OLD_TABLES = ("trials", "evaluations", "evaluation_trials")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BATCH = 200
_ANSWER_COLUMNS = (
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "reasoning_tokens",
    "is_estimated",
    "cost_usd",
    "latency_seconds",
)
_COLUMNS = (
    "fingerprint",
    "target",
    "checks",
    "system",
    "case_id",
    "student",
    "repeat",
    "status",
    "started_at",
    "checks_digest",
    "calls",
    "repairs",
    *_ANSWER_COLUMNS,
    "outcomes",
    "artifact_type",
    "packed",
)
_SAVE_TRIAL = insert(table("trials", *map(column, _COLUMNS)))
_SAVE_SHARED = text("INSERT INTO shared_texts VALUES (:key, :packed) ON CONFLICT DO NOTHING")

_SAVE_PLACE = text(
    "INSERT INTO evaluation_trials SELECT :id, target, :position, fingerprint FROM trials"
    " WHERE fingerprint = :wanted"
)


def set_aside(connection: Connection) -> bool:
    """Rename the old tables, if there are any; say whether there are."""
    found = inspect(connection).get_table_names()
    if not set(_OLD_TABLES) <= set(found):
        return False
    for name in _OLD_TABLES:
        connection.execute(text(f"ALTER TABLE {name} RENAME TO old_{name}"))
    return True


def bring_along(connection: Connection) -> None:
    """Write what the old tables hold into the new ones, and drop the old ones."""
    for rows in _batches(connection, "SELECT fingerprint, artifact_type, body FROM old_trials"):
        made = [_trial_values(*row) for row in rows]
        shared = {key: packed for _, texts in made for key, packed in texts}
        connection.execute(_SAVE_SHARED, [{"key": key, "packed": packed} for key, packed in shared.items()])
        connection.execute(_SAVE_TRIAL, [values for values, _ in made])
    for rows in _batches(connection, "SELECT id, started_at, body FROM old_evaluations"):
        connection.execute(
            text("INSERT INTO evaluations VALUES (:id, :started_at, :body)"),
            [{"id": row.id, "started_at": _microseconds(row.started_at), "body": row.body} for row in rows],
        )
    for rows in _batches(
        connection, "SELECT evaluation_id, position, fingerprint FROM old_evaluation_trials"
    ):
        connection.execute(
            _SAVE_PLACE,
            [
                {
                    "id": row.evaluation_id,
                    "position": row.position,
                    "wanted": bytes.fromhex(row.fingerprint),
                }
                for row in rows
            ],
        )
    for name in _OLD_TABLES:
        connection.execute(text(f"DROP TABLE old_{name}"))


def _batches(connection: Connection, query: str) -> Iterator[list[Any]]:
    result = connection.execute(text(query))
    while rows := list(result.fetchmany(_BATCH)):
        yield rows


def _trial_values(
    fingerprint: str, artifact_type: str | None, body: str
) -> tuple[dict[str, object], tuple[SharedText, ...]]:
    data = json.loads(body)
    completion, findings = data.get("completion"), data.get("findings", [])
    usage = (completion or {}).get("usage", {})
    target = shared_text(to_json(data.pop("target")).decode())  # numbers as pydantic writes them
    checks = shared_text(json.dumps([finding["check"] for finding in findings]))
    del data["fingerprint"]
    shared: tuple[SharedText, ...] = (target, checks)
    system = None
    if data.get("messages") and data["messages"][0]["role"] == "system":
        system = shared_text(data["messages"][0].pop("content"))
        shared = (target, checks, system)
    answer: dict[str, object] = dict.fromkeys(_ANSWER_COLUMNS)
    if completion is not None:
        answer = {name: usage.get(name, 0) for name in _ANSWER_COLUMNS[:4]}
        answer |= {
            "is_estimated": usage.get("is_estimated", False),
            "cost_usd": completion.get("cost_usd"),
            "latency_seconds": completion.get("latency_seconds", 0.0),
        }
    values = {
        "fingerprint": bytes.fromhex(fingerprint),
        "target": target.key,
        "checks": checks.key,
        "system": system and system.key,
        "case_id": data["case_id"],
        "student": data.get("student", ""),
        "repeat": data.get("repeat", 1),
        "status": data["status"],
        "started_at": _microseconds(data["started_at"]),
        "checks_digest": data.get("checks_digest", ""),
        "calls": data.get("calls", 0),
        "repairs": data.get("repairs", 0),
        "outcomes": "".join(finding["outcome"][0] for finding in findings),
        "artifact_type": artifact_type,
        "packed": pack(to_json(data)),
    }
    return values | answer, shared


def _microseconds(moment: str) -> int:
    return (datetime.fromisoformat(moment) - _EPOCH) // timedelta(microseconds=1)
