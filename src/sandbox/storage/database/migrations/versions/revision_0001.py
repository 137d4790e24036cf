"""The first tables; what a file from before them holds is brought along."""

import sqlalchemy as sa
from alembic import op

from sandbox.storage.database.old_form import bring_along, set_aside

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, and fill them with what is in the old ones."""
    is_filled = set_aside(op.get_bind())
    _make_shared_texts_and_trials()
    op.create_table(
        "evaluations",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("started_at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "evaluation_trials",
        sa.Column("evaluation_id", sa.Text, primary_key=True),
        sa.Column("target", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "purges",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("is_wiped", sa.Boolean, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    if is_filled:
        bring_along(op.get_bind())


def _make_shared_texts_and_trials() -> None:
    op.create_table(
        "shared_texts",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "trials",
        sa.Column("fingerprint", sa.LargeBinary, primary_key=True),
        sa.Column("target", sa.BigInteger, nullable=False),
        sa.Column("checks", sa.BigInteger, nullable=False),
        sa.Column("system", sa.BigInteger),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("student", sa.Text, nullable=False),
        sa.Column("repeat", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("started_at", sa.BigInteger, nullable=False),
        sa.Column("checks_digest", sa.Text, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("repairs", sa.Integer, nullable=False),
        sa.Column("input_tokens", sa.Integer),
        sa.Column("output_tokens", sa.Integer),
        sa.Column("cached_input_tokens", sa.Integer),
        sa.Column("reasoning_tokens", sa.Integer),
        sa.Column("is_estimated", sa.Boolean),
        sa.Column("cost_usd", sa.Double),
        sa.Column("latency_seconds", sa.Double),
        sa.Column("outcomes", sa.Text, nullable=False),
        sa.Column("artifact_type", sa.Text),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )
    op.create_index("trials_by_target", "trials", ["target"])
