"""The tables: new ones are made at once, those of earlier versions are led up to today's."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from sandbox.domain.exchange import Settings
from sandbox.domain.trial import Trial, TrialStatus
from sandbox.errors import ErrorKind, FileError, InputError
from sandbox.storage.database.schema import METADATA, REVISION, VERSION
from sandbox.storage.database.sqlite_file import open_file
from sandbox.storage.database.versions import MIGRATIONS
from sandbox.testing.examples import make_evaluation, make_target, make_trial
from sandbox.testing.stores.sharing import KNOWN, save_one
from tests.storage.database.conftest import OpenStore

OLD = Path(__file__).with_name("old_records.sql")
"""What the last version before Alembic wrote, as SQL."""


@pytest.fixture
def connection(address: str, path: Path):
    """A connection to a database that nobody has opened yet."""
    path.parent.mkdir()
    url = f"sqlite:///{path}"
    if address.startswith("postgresql"):
        url = address.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def test_migrations_from_the_first_on_lead_to_the_tables_of_today(connection: Connection) -> None:
    """On both databases, with nothing more and nothing less."""
    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS))
    configuration.attributes["connection"] = connection

    upgrade(configuration, "head")
    context = MigrationContext.configure(connection, opts={"compare_type": True})

    assert compare_metadata(context, METADATA) == []


def test_a_change_of_the_tables_would_be_seen(connection: Connection) -> None:
    """The test above can fail."""
    METADATA.create_all(connection)
    connection.execute(text("ALTER TABLE trials ADD COLUMN forgotten TEXT"))
    context = MigrationContext.configure(connection)

    (found,) = compare_metadata(context, METADATA)

    assert "forgotten" in str(found)


def test_the_revision_of_today_is_the_last_one() -> None:
    """Whoever adds a migration names it in the schema."""
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == REVISION


def test_new_tables_bear_the_revision(open_store: OpenStore, connection: Connection) -> None:
    """Without a migration having run."""
    with open_store():
        pass

    assert connection.execute(VERSION.select()).scalars().all() == [REVISION]


def test_records_of_a_newer_version_are_left_alone(open_store: OpenStore, connection: Connection) -> None:
    """An older program does not write into what it does not know."""
    with open_store():
        pass
    connection.execute(VERSION.update().values(version_num="9999"))
    connection.commit()

    with pytest.raises(InputError, match="newer version of sandbox"):
        open_store()


def test_a_file_of_a_newer_kind_is_left_alone(path: Path) -> None:
    """Whatever is in it."""
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(FileError, match="newer version"):
        open_file(path, KNOWN)


@pytest.fixture
def old(path: Path) -> Path:
    """A file from before Alembic, as the version of then wrote it."""
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.executescript(OLD.read_text(encoding="utf-8"))
    connection.close()
    return path


def nameless(number: int, **changes: object) -> Trial:
    """A trial from before there were pseudonyms, and judges."""
    return make_trial(number, **{"student": "", "votes": (), **changes})


def test_a_file_from_before_alembic_is_brought_along(old: Path) -> None:
    """Every trial, whatever became of it, and every evaluation."""
    failed = nameless(
        3,
        status=TrialStatus.FAILED,
        error_kind=ErrorKind.TIMEOUT,
        problem="No answer came.",
        completion=None,
        artifact=None,
        findings=(),
    )
    other = make_target(settings=Settings(temperature=0.00001))
    bare = nameless(4, target=other, messages=(), student="S-0412")

    with open_file(old, KNOWN) as store:
        assert list(store.trials("one", make_target())) == [
            nameless(1),
            nameless(2),
            failed,
        ]
        assert list(store.trials("two", make_target())) == [nameless(1)]
        assert list(store.trials("two", other)) == [bare]
        assert [position for position, _ in store.summaries("two", make_target())] == [3]
        assert sorted(store.ended_trials(make_target())) == [
            nameless(1).fingerprint,
            nameless(2).fingerprint,
        ]
        assert store.evaluation("one") == make_evaluation("one")
        assert store.evaluation("two") == make_evaluation("two", finished_at=None, results=())


def test_summaries_of_old_trials_are_those_of_new_ones(old: Path, tmp_path: Path) -> None:
    """What is counted of a trial does not depend on the version that wrote it."""
    with open_file(old, KNOWN) as store, open_file(tmp_path / "new.db", KNOWN) as new:
        for name in ("one", "two"):
            for target in (make_target(), make_target(settings=Settings(temperature=0.00001))):
                entries = list(zip(store.summaries(name, target), store.trials(name, target), strict=True))
                for (position, _), trial in entries:
                    save_one(new, name, position, trial)

                assert list(new.summaries(name, target)) == [summary for summary, _ in entries]


def test_a_file_that_was_brought_along_is_opened_at_once(old: Path) -> None:
    """The second time nothing is left to do, and the old tables are gone."""
    with open_file(old, KNOWN), open_file(old, KNOWN) as store:
        n = sum(1 for _ in store.trials("one", make_target()))
    connection = sqlite3.connect(old)
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()

    assert n == 3
    assert tables == {*METADATA.tables, VERSION.name}


def test_tables_of_another_program_are_left_alone(path: Path) -> None:
    """A file of somebody else's is not written."""
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE trials (court TEXT)")
    connection.close()

    with pytest.raises(FileError, match="tables of another program"):
        open_file(path, KNOWN)


def test_alembic_is_imported_for_a_migration_only(path: Path) -> None:
    """It takes a while; and nothing of databases is imported before a store is opened."""
    code = (
        "import sys; from pathlib import Path; import sandbox.bundled.plugin as plugin\n"
        "assert not {'sqlalchemy', 'filelock', 'psycopg', 'alembic'} & set(sys.modules), 'too early'\n"
        "from sandbox.bundled.stores.sqlite import open_sqlite\n"
        "for _ in range(2):\n    open_sqlite(sys.argv[1], {}).__exit__(None, None, None)\n"
        "assert 'sqlalchemy' in sys.modules and 'alembic' not in sys.modules\n"
        "assert 'psycopg' not in sys.modules\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
