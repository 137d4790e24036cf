"""The tables. Whoever changes them adds a revision under `migrations/versions`, and names it here."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

REVISION = "0001"
"""The revision that leads to these tables."""

METADATA = MetaData()

SHARED_TEXTS = Table(
    "shared_texts",
    METADATA,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("packed", LargeBinary, nullable=False),
)
"""What many trials have alike: targets, names of checks, system messages; each is kept once."""

TRIALS = Table(
    "trials",
    METADATA,
    Column("fingerprint", LargeBinary, primary_key=True),
    Column("target", BigInteger, nullable=False),
    Column("checks", BigInteger, nullable=False),
    Column("system", BigInteger),
    Column("case_id", Text, nullable=False),
    Column("student", Text, nullable=False),
    Column("repeat", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),  # microseconds since 1970, UTC
    Column("checks_digest", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("repairs", Integer, nullable=False),
    Column("input_tokens", Integer),  # NULL if no answer came; likewise the next six
    Column("output_tokens", Integer),
    Column("cached_input_tokens", Integer),
    Column("reasoning_tokens", Integer),
    Column("is_estimated", Boolean),
    Column("cost_usd", Double),
    Column("latency_seconds", Double),
    Column("outcomes", Text, nullable=False),  # a letter for each of the checks
    Column("artifact_type", Text),
    Column("packed", LargeBinary, nullable=False),
    Index("trials_by_target", "target"),
)
"""Each trial once; its texts are in `packed`, and what is counted stands beside them."""

EVALUATIONS = Table(
    "evaluations",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("started_at", BigInteger, nullable=False),  # likewise
    Column("body", Text, nullable=False),
)

EVALUATION_TRIALS = Table(
    "evaluation_trials",
    METADATA,
    Column("evaluation_id", Text, primary_key=True),
    Column("target", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""Which trial stands where in which evaluation."""

PURGES = Table(
    "purges",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("is_wiped", Boolean, nullable=False),  # whether no byte of the texts is left
    Column("body", Text, nullable=False),
)

VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))
"""Where Alembic keeps the revision of the tables."""
