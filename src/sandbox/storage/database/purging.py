"""Deleting trials for good: their rows, where they stood, what only they used, and every byte of it."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, func, select, union, update

from sandbox.domain.purge import Purge, PurgeReceipt
from sandbox.storage.database.connecting import Database
from sandbox.storage.database.rows import microseconds
from sandbox.storage.database.schema import EVALUATION_TRIALS, PURGES, SHARED_TEXTS, TRIALS


def purge_records(database: Database, purge: Purge, *, now: datetime) -> PurgeReceipt:
    """Delete what meets the purge, and keep a receipt of that.

    If the process ends before every byte is gone, the next purge wipes, whatever it is asked for.
    """
    with database.writing() as connection:
        database.stop_writers(connection)
        receipt = _delete(connection, purge, now)
        if receipt.trials:
            values = {"is_wiped": False, "body": receipt.model_dump_json()}
            connection.execute(database.insert(PURGES), values)
        is_to_be_wiped = connection.execute(select(PURGES.c.id).where(~PURGES.c.is_wiped)).first()
    if is_to_be_wiped:
        database.wipe()
        with database.writing() as connection:
            connection.execute(update(PURGES).values(is_wiped=True))
    return receipt


def count_matching(database: Database, purge: Purge) -> int:
    """How many trials meet the purge."""
    with database.reading() as connection:
        return connection.execute(
            select(func.count()).select_from(TRIALS).where(_condition(purge))
        ).scalar_one()


def read_receipts(database: Database) -> Iterable[PurgeReceipt]:
    """The receipts, the latest first."""
    with database.reading() as connection:
        bodies = connection.execute(select(PURGES.c.body).order_by(PURGES.c.id.desc())).scalars().all()
    return [PurgeReceipt.model_validate_json(body) for body in bodies]


def _condition(purge: Purge) -> ColumnElement[bool]:
    wanted: list[ColumnElement[bool]] = []
    if purge.student is not None:
        wanted.append(TRIALS.c.student == purge.student)
    if purge.before is not None:
        wanted.append(TRIALS.c.started_at < microseconds(purge.before))
    return and_(*wanted)


def _delete(connection: Connection, purge: Purge, now: datetime) -> PurgeReceipt:
    condition = _condition(purge)
    gone = select(TRIALS.c.fingerprint).where(condition)
    fingerprints = sorted(fingerprint.hex() for fingerprint in connection.execute(gone).scalars())
    placed = EVALUATION_TRIALS.c.fingerprint.in_(gone)
    evaluations = select(func.count(EVALUATION_TRIALS.c.evaluation_id.distinct())).where(placed)
    receipt = PurgeReceipt(
        purged_at=now,
        by_student=purge.student is not None,
        before=purge.before,
        trials=len(fingerprints),
        evaluations=connection.execute(evaluations).scalar_one(),
        fingerprints_digest=hashlib.sha256("\n".join(fingerprints).encode()).hexdigest(),
    )
    if fingerprints:
        used = union(*(select(column) for column in (TRIALS.c.target, TRIALS.c.checks, TRIALS.c.system)))
        connection.execute(delete(EVALUATION_TRIALS).where(placed))
        connection.execute(delete(TRIALS).where(condition))
        # A system message is in nobody's row any more, but may hold what a student wrote.
        connection.execute(delete(SHARED_TEXTS).where(~SHARED_TEXTS.c.key.in_(used)))
    return receipt
