"""Alembic comes in here: it works on the connection that it is given, in that one's transaction."""

from alembic import context

from sandbox.storage.database.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
