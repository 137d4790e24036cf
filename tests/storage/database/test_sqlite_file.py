"""The file: what happens when it is locked, full, damaged, deleted, or nothing of ours."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from sandbox.contracts.store import TrialEntry
from sandbox.domain.purge import Purge
from sandbox.errors import BusyError, FileError, StoreError
from sandbox.storage.database.sqlite_file import SqliteFile, open_file
from sandbox.storage.database.store import RecordStore
from sandbox.storage.database.versions import bring_up_to_date
from sandbox.testing.examples import NOON, make_target, make_trial
from sandbox.testing.stores.sharing import KNOWN, save_one


@pytest.fixture
def database(path: Path):
    """The database behind a store, whose connections a test can spoil."""
    path.parent.mkdir()
    database = SqliteFile(path, wait_seconds=0.1)
    database.prepare()
    yield database
    database.close()


def test_a_file_that_is_no_record_store_is_an_error(path: Path) -> None:
    """It is named, and left as it is."""
    path.parent.mkdir()
    path.write_text("my lesson notes " * 100, encoding="utf-8")

    with pytest.raises(FileError, match="cannot be used as a record store"):
        open_file(path, KNOWN)

    assert path.read_text(encoding="utf-8").startswith("my lesson notes")


def test_a_place_that_cannot_be_is_an_error(path: Path) -> None:
    """A folder cannot stand inside a file."""
    path.parent.write_text("a file", encoding="utf-8")

    with pytest.raises(FileError, match="cannot be used as a record store"):
        open_file(path, KNOWN)


def test_a_locked_file_is_waited_for_and_then_told(path: Path) -> None:
    """Not for ever; and it may be over in a moment."""
    with open_file(path, KNOWN, wait_seconds=0.1) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match="in use by another program") as told:
            save_one(store, "one", 0, make_trial(1))
        other.execute("ROLLBACK")
        other.close()
        save_one(store, "one", 0, make_trial(1))
        found = store.find_trial(make_trial(1).fingerprint)

    assert told.value.is_passing
    assert found == make_trial(1)


def test_a_full_disk_is_told_and_may_pass(database: SqliteFile) -> None:
    """Nothing half is left, and it works again when there is room."""
    limit: list[int] = [1]

    @event.listens_for(database.engine, "begin")
    def _fill(connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {limit[0]}")

    store = RecordStore(database, KNOWN)
    many = [TrialEntry(evaluation_id="one", position=n, trial=make_trial(n)) for n in range(50)]
    with pytest.raises(StoreError, match="the disk is full") as told:
        store.save_trials(many)
    n = sum(1 for _ in store.trials("one", make_target()))
    limit[0] = 1_000_000
    save_one(store, "one", n, make_trial(n))

    assert told.value.is_passing
    assert n == 0
    assert list(store.trials("one", make_target())) == [make_trial(0)]


def test_a_file_that_may_not_be_written_is_told(database: SqliteFile) -> None:
    """It does not pass by waiting."""

    @event.listens_for(database.engine, "begin")
    def _forbid(connection) -> None:
        connection.exec_driver_sql("PRAGMA query_only = ON")

    with pytest.raises(StoreError, match="may not be written") as told:
        save_one(RecordStore(database, KNOWN), "one", 0, make_trial(1))

    assert not told.value.is_passing


def test_a_file_that_is_deleted_meanwhile_is_told(path: Path) -> None:
    """What would be saved into it would be lost; and no empty file takes its place."""
    with open_file(path, KNOWN) as store:
        save_one(store, "one", 0, make_trial(1))
        for each in path.parent.iterdir():
            each.rename(each.with_name(f"away-{each.name}"))

        with pytest.raises(StoreError, match="deleted, moved or replaced"):
            save_one(store, "one", 1, make_trial(2))
        with pytest.raises(StoreError, match="deleted, moved or replaced"):
            list(store.trials("one", make_target()))

        assert not path.exists()


def test_a_damaged_file_is_told(path: Path) -> None:
    """In words that say what to do, and without the text that could not be read."""
    with open_file(path, KNOWN) as store:
        for number in range(100):
            save_one(store, "one", number, make_trial(number))
    whole = path.read_bytes()
    path.write_bytes(whole[:-16_384] + b"\xff" * 16_384)  # the last pages, which are trials

    with open_file(path, KNOWN) as store, pytest.raises(StoreError, match="damaged"):
        list(store.trials("one", make_target()))


def test_no_error_holds_sql_or_what_a_student_wrote(database: SqliteFile) -> None:
    """Neither its words nor what Python prints before them."""
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE trials")

    with pytest.raises(StoreError) as told:
        save_one(RecordStore(database, KNOWN), "one", 0, make_trial(1))

    assert "INSERT" not in str(told.value)
    assert told.value.__suppress_context__
    assert told.value.__cause__ is None


def test_a_claim_leaves_no_file(path: Path) -> None:
    """When it is over; while it lasts there is one beside the records."""
    with open_file(path, KNOWN) as store:
        with store.claim("a/b\\c"):
            during = [each.name for each in path.parent.glob("*.lock")]
        after = list(path.parent.glob("*.lock"))

    assert len(during) == 1
    assert after == [] or sys.platform == "win32"


def test_a_claim_says_what_to_do(path: Path) -> None:
    """Wait, or give a label."""
    with open_file(path, KNOWN) as store, store.claim("pilot"):
        with pytest.raises(BusyError, match="'pilot'.*Wait.*--label"), store.claim("pilot"):
            pass


def test_a_claim_where_no_file_can_be_is_told(path: Path) -> None:
    """With the folder."""
    with open_file(path, KNOWN) as store:
        with store.claim("one"):
            (lock,) = path.parent.glob("*.lock")
        lock.unlink(missing_ok=True)
        lock.mkdir()

        with pytest.raises(StoreError, match="No file can be locked in"), store.claim("one"):
            pass


def test_a_trial_takes_little_room(path: Path) -> None:
    """All told, when the store is closed."""
    with open_file(path, KNOWN) as store:
        for number in range(300):
            save_one(store, "one", number, make_trial(number))
    size = sum(each.stat().st_size for each in path.parent.iterdir())

    assert size / 300 < 1000


def test_the_packed_bytes_of_a_purged_trial_are_gone(path: Path) -> None:
    """They were there before; the kit looks for the plain text only."""
    with open_file(path, KNOWN) as store:
        for number in range(40):
            save_one(store, "one", number, make_trial(number, student=f"S-{number % 4}"))
        connection = sqlite3.connect(path)
        bodies = [packed for (packed,) in connection.execute("SELECT packed FROM trials")]
        gone = [
            packed for (packed,) in connection.execute("SELECT packed FROM trials WHERE student = 'S-1'")
        ]
        connection.close()
        before = contents(path)
        store.purge(Purge(student="S-1"), now=NOON)
        during = contents(path)
    after = contents(path)

    assert len(gone) == 10
    assert all(packed in before for packed in bodies)
    assert not any(packed in files for packed in gone for files in (during, after))
    assert sum(packed in after for packed in bodies) == 30
    assert b"S-1" in before
    assert b"S-1" not in after


def contents(path: Path) -> bytes:
    """The bytes of every file of the records."""
    return b"".join(each.read_bytes() for each in path.parent.iterdir())


def test_a_purge_says_if_somebody_is_reading(path: Path) -> None:
    """The trials are gone by then, and the next purge leaves no byte of them, whatever it is for."""
    with open_file(path, KNOWN, wait_seconds=0.1) as store:
        save_one(store, "one", 0, make_trial(1, student="S-1"))
        other = sqlite3.connect(path, isolation_level=None)
        (body,) = other.execute("SELECT packed FROM trials").fetchone()
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM trials").fetchone()

        with pytest.raises(StoreError, match="another program is reading") as told:
            store.purge(Purge(student="S-1"), now=NOON)
        other.execute("ROLLBACK")
        other.close()
        left = store.find_trial(make_trial(1).fingerprint)
        is_there = body in contents(path)
        receipt = store.purge(Purge(student="S-1"), now=NOON)
        is_there_still = body in contents(path)
        n = len(list(store.purges()))

    assert told.value.is_passing
    assert left is None
    assert (is_there, is_there_still) == (True, False)
    assert (receipt.trials, n) == (0, 1)


def test_a_purge_that_finds_nothing_does_not_write_the_file_anew(database: SqliteFile) -> None:
    """So that it can be asked for before every evaluation."""
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *details: said.append(details[2]))

    RecordStore(database, KNOWN).purge(Purge(before=NOON), now=NOON)

    assert said
    assert "VACUUM" not in said


def test_the_file_survives_a_kill_at_any_moment(path: Path) -> None:
    """Four processes are killed while they make and write the same file."""
    code = (
        "import sys; from pathlib import Path\n"
        "from sandbox.storage.database.sqlite_file import open_file\n"
        "from sandbox.testing.examples import make_trial\n"
        "from sandbox.testing.stores.sharing import KNOWN, save_one\n"
        "print('begun', flush=True)\n"
        "with open_file(Path(sys.argv[1]), KNOWN) as store:\n"
        "    for number in range(10_000):\n"
        "        save_one(store, sys.argv[2], number, make_trial(number))\n"
    )
    for number in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(path), str(number)], stdout=subprocess.PIPE
        )
        assert process.stdout.readline().startswith(b"begun")
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.02 * number)
        process.kill()
        process.communicate()

    with open_file(path, KNOWN) as store:
        save_one(store, "last", 0, make_trial(0))
        for number in range(4):
            found = list(store.trials(str(number), make_target()))
            assert found == [make_trial(each) for each in range(len(found))]


def test_preparing_twice_changes_nothing(database: SqliteFile) -> None:
    """The tables are there."""
    store = RecordStore(database, KNOWN)
    save_one(store, "one", 0, make_trial(1))

    bring_up_to_date(database)

    assert store.find_trial(make_trial(1).fingerprint) == make_trial(1)
