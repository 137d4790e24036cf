"""The server: what an address may hold, and what happens when the server goes away and comes back."""

import sys

import psycopg
import pytest
from sqlalchemy import make_url

from sandbox.bundled.stores.postgresql import open_postgresql
from sandbox.contracts.store import Store
from sandbox.domain.purge import Purge
from sandbox.errors import BusyError, InputError, StoreError
from sandbox.storage.database.postgresql_server import PostgresqlServer
from sandbox.testing.examples import NOON, make_target, make_trial
from sandbox.testing.stores.sharing import KNOWN, save_one
from tests.storage.database.server import address_of, connect, new_server, schema_address


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://teacher:open-sesame@server/records", "PGPASSWORD"),
        ("postgresql://teacher@server/records?password=open-sesame", "PGPASSWORD"),
        ("postgresql://teacher@server", "names no database"),
        ("postgresql://teacher@server:port/records", "none that PostgreSQL has"),
    ],
)
def test_an_address_that_will_not_do_is_an_error(address: str, words: str) -> None:
    """A password is not shown, and not taken: it would stand in a file that is shared."""
    with pytest.raises(InputError, match=words) as told:
        open_postgresql(address, KNOWN)

    assert "open-sesame" not in str(told.value)


def test_without_psycopg_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no part of the product itself."""
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(InputError, match=r"pip install 'lesson-sandbox\[postgresql\]'"):
        open_postgresql("postgresql://teacher@localhost/records", KNOWN)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("postgresql://t@db.school.example/records", "require"),
        ("postgresql://t@10.0.0.8/records", "require"),
        ("postgresql://t@/records?host=db.school.example", "require"),
        ("postgresql://t@db.school.example/records?sslmode=verify-full", "verify-full"),
        ("postgresql://t@localhost/records", None),
        ("postgresql://t@127.0.0.1/records", None),
        ("postgresql://t@[::1]/records", None),
        ("postgresql://t@/records?host=/run/postgresql", None),
        ("postgresql://t@/records", None),
    ],
)
def test_texts_that_leave_this_machine_are_encrypted(
    address: str, wanted: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless somebody says otherwise."""
    asked: list[str | None] = []

    def connect_to_nobody(*_: object, **options: str) -> None:
        asked.append(options.get("sslmode"))
        raise psycopg.OperationalError("nobody is there")

    monkeypatch.setattr(psycopg, "connect", connect_to_nobody)
    monkeypatch.delenv("PGHOST", raising=False)
    monkeypatch.delenv("PGSSLMODE", raising=False)

    with pytest.raises(StoreError, match="nobody is there"):
        open_postgresql(address, KNOWN)

    assert set(asked) == {wanted}


def test_its_place_is_the_address_without_options() -> None:
    """What stands behind the question mark is nobody's business."""
    server = PostgresqlServer(make_url("postgresql://teacher@localhost:5433/records?sslmode=require"))

    assert server.place == "postgresql://teacher@localhost:5433/records"


def test_a_server_that_is_not_there_is_told_and_may_pass() -> None:
    """In words that say where."""
    with pytest.raises(StoreError, match="cannot be reached") as told:
        open_postgresql("postgresql://teacher@127.0.0.1:1/records", KNOWN)

    assert told.value.is_passing


def test_a_server_that_was_away_and_is_back_is_used_again() -> None:
    """With the same store: an evaluation goes on."""
    server = new_server()
    try:
        with open_postgresql(address_of(server), KNOWN) as store:
            save_one(store, "one", 0, make_trial(1))
            server.stop()
            with pytest.raises(StoreError, match="cannot be reached") as told:
                save_one(store, "one", 1, make_trial(2))
            with pytest.raises(StoreError):
                list(store.trials("one", make_target()))
            server.ensure_postgres_running()
            save_one(store, "one", 1, make_trial(2))
            found = list(store.trials("one", make_target()))
    finally:
        server.stop()

    assert told.value.is_passing
    assert found == [make_trial(1), make_trial(2)]


@pytest.fixture
def store(tmp_path):
    """A store in a schema of its own."""
    with open_postgresql(schema_address(tmp_path), KNOWN) as store:
        yield store


def test_a_claim_whose_connection_is_cut_is_free_again(store: Store) -> None:
    """The server releases it, and the block that held it ends without an error of its own."""
    with store.claim("one"):
        with pytest.raises(BusyError), store.claim("one"):
            pass
        with connect() as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND pid <> pg_backend_pid()"
            )
            while connection.execute("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'").fetchone():
                pass
        with store.claim("one"):
            pass


def test_connections_that_were_cut_are_made_anew(store: Store) -> None:
    """Whatever cut them: a server's administrator, a laptop that slept."""
    save_one(store, "one", 0, make_trial(1))
    with connect() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        )

    save_one(store, "one", 1, make_trial(2))

    assert len(list(store.trials("one", make_target()))) == 2


def test_no_error_holds_sql_or_what_a_student_wrote(store: Store, tmp_path) -> None:
    """The server's own words quote the row."""
    schema = schema_address(tmp_path).rpartition("%3D")[2]
    with connect() as connection:
        connection.execute(f"ALTER TABLE {schema}.trials ADD CHECK (student <> 'S-0412')")

    with pytest.raises(StoreError, match="the server's error 23514") as told:
        save_one(store, "one", 0, make_trial(1, student="S-0412"))

    assert "S-0412" not in str(told.value)
    assert told.value.__suppress_context__


def test_a_purge_writes_the_tables_anew(store: Store, tmp_path) -> None:
    """What was deleted is in none of the files that hold them now."""
    schema = schema_address(tmp_path).rpartition("%3D")[2]
    for number in range(20):
        save_one(store, "one", number, make_trial(number, student=f"S-{number % 2}"))
    with connect() as connection:
        before = filenode(connection, schema)
        store.purge(Purge(student="S-1"), now=NOON)
        after = filenode(connection, schema)

    assert before != after
    assert len(list(store.trials("one", make_target()))) == 10


def filenode(connection: psycopg.Connection, schema: str) -> int:
    """The file in which the trials are."""
    (found,) = connection.execute(f"SELECT pg_relation_filenode('{schema}.trials')").fetchone()
    return found
