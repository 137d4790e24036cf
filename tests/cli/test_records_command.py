"""`sandbox records`: what is on record, and how it is deleted for good."""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sandbox.bundled.stores.sqlite import open_sqlite
from sandbox.cli import records_command
from sandbox.cli.main import run
from sandbox.testing.examples import make_evaluation, make_trial
from sandbox.testing.stores.sharing import save_one

RECORDS = Path(".sandbox") / "records.db"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two evaluations on record, and three trials of two students."""
    monkeypatch.chdir(tmp_path)
    today = datetime.now(UTC)
    with open_sqlite(str(RECORDS), {}) as store:
        store.save_evaluation(make_evaluation("spring-pilot"))
        store.save_evaluation(make_evaluation("autumn-pilot", finished_at=None, results=()))
        save_one(store, "spring-pilot", 0, make_trial(0, student="S-0412", started_at=today))
        save_one(
            store,
            "spring-pilot",
            1,
            make_trial(1, student="S-0412", started_at=today - timedelta(days=400)),
        )
        save_one(store, "spring-pilot", 2, make_trial(2, student="S-07", started_at=today))
    return tmp_path


def trials_left(capsys: pytest.CaptureFixture[str]) -> int:
    """How many trials the spring's evaluation still has."""
    assert run(["records", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["evaluations"]
    return next(each["trials"] for each in listed if each["id"] == "spring-pilot")


def test_evaluations_are_listed_with_their_trials(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And what all of it takes, and where."""
    code = run(["records", "list"])

    captured = capsys.readouterr()
    assert code == 0
    assert "spring-pilot" in captured.out
    assert " 3 " in captured.out
    assert "unfinished" in captured.out
    assert f"MB in {RECORDS}" in captured.err


def test_the_list_can_be_read_by_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the bytes, and a verdict where there is one."""
    assert run(["records", "list", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["size_bytes"] > 1000
    assert {each["id"]: each["verdict"] for each in found["evaluations"]} == {
        "spring-pilot": "hold",
        "autumn-pilot": None,
    }


def test_an_empty_folder_says_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing was ever evaluated, and nothing purged."""
    monkeypatch.chdir(tmp_path)

    assert (run(["records", "list"]), run(["records", "purges"])) == (0, 0)

    assert "sandbox eval SUITE" in capsys.readouterr().out


def test_nothing_is_deleted_unasked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody can be asked, the number is said, and what to add."""
    code = run(["records", "purge", "--student", "S-0412"])

    said = capsys.readouterr().err
    assert code == 3
    assert "2 trials in" in said
    assert "Add --yes" in said
    assert trials_left(capsys) == 3


def test_a_student_is_purged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The receipt stays, without the pseudonym; copies elsewhere are named."""
    code = run(["records", "purge", "--student", "S-0412", "--yes"])

    captured = capsys.readouterr()
    assert code == 0
    assert "Deleted 2 trials (one student's) of 1 evaluation." in captured.out
    assert "backups" in captured.err
    assert trials_left(capsys) == 1
    assert run(["records", "purges"]) == 0
    listed = capsys.readouterr().out
    assert "Deleted 2 trials (one student's)" in listed
    assert "S-0412" not in listed


def test_old_trials_of_a_student_are_purged(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both options together mean what meets both."""
    arguments = ["records", "purge", "--student", "S-0412", "--older-than-days", "365", "--yes", "--json"]

    assert run(arguments) == 0

    receipt = json.loads(capsys.readouterr().out)
    assert (receipt["trials"], receipt["by_student"]) == (1, True)
    assert trials_left(capsys) == 2
    assert run(["records", "purges", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [receipt]


def test_a_student_whom_nobody_knows_leaves_no_receipt(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nobody is asked."""
    assert run(["records", "purge", "--student", "S-9"]) == 0
    assert "nothing was deleted" in capsys.readouterr().out
    assert run(["records", "purges"]) == 0
    assert "Nothing was ever purged" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [([], "Say which trials"), (["--older-than-days", "99999999"], "no calendar")],
)
def test_a_purge_has_to_be_of_something(
    folder: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not of everything, by mistake."""
    assert run(["records", "purge", *arguments, "--yes"]) == 3
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(("said", "left"), [("y\n", 1), ("n\n", 3), ("\n", 3)])
def test_a_person_at_the_terminal_is_asked(
    folder: Path, said: str, left: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever does not say yes keeps everything."""
    if not hasattr(os, "openpty"):
        pytest.skip("this system has no terminals to play with")
    ours, theirs = os.openpty()
    os.write(ours, said.encode())
    monkeypatch.setattr(records_command.talk, "_force_terminal", True)
    with os.fdopen(theirs, encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        run(["records", "purge", "--student", "S-0412"])
    os.close(ours)
    capsys.readouterr()

    assert trials_left(capsys) == left
