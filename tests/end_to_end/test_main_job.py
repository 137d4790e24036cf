"""The main job as a user runs it: the command in a process of its own, against a real HTTP server."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from sandbox import Sandbox
from sandbox.domain.trial import TrialStatus
from tests.end_to_end.conftest import ChatServer

CASES = 38


def command(server: ChatServer, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """The command line and its environment."""
    argv = [sys.executable, "-m", "sandbox.cli.main", "eval", "feedback", "-m", "openai/small", *arguments]
    environment = {key: value for key, value in os.environ.items() if key != "OPENAI_API_KEY"}
    return argv, environment | {"OPENAI_BASE_URL": server.base_url, "NO_PROXY": "127.0.0.1"}


def evaluate(server: ChatServer, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    argv, environment = command(server, *arguments)
    return subprocess.run(
        argv, cwd=home, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def trials(home: Path):
    """Every trial of the one evaluation on record."""
    with Sandbox(home, plugins=[]) as sandbox, sandbox.records() as store:
        (evaluation,) = store.evaluations()
        return list(store.trials(evaluation.id, evaluation.results[0].scorecard.target))


def test_a_suite_is_tried_over_the_wire(chat_server: ChatServer, tmp_path: Path) -> None:
    """Every case is asked once; no name on a roster leaves; verdict and report are there."""
    done = evaluate(chat_server, tmp_path)

    assert done.returncode in {1, 2}, done.stderr
    assert len(chat_server.asked) == CASES
    assert chat_server.asked.total() == CASES
    assert len(trials(tmp_path)) == CASES
    assert list((tmp_path / "reports").glob("*.html"))
    with Sandbox(tmp_path, plugins=[]) as sandbox:
        roster = {name for case in sandbox.suite("feedback").cases for name in case.roster}
    sent = "\n".join(chat_server.bodies)
    assert roster
    assert not [name for name in roster if name in sent]


def test_a_killed_evaluation_goes_on_where_it_stopped(chat_server: ChatServer, tmp_path: Path) -> None:
    """Killed half-way: what is on record is not asked again, and nothing is missing in the end."""
    chat_server.latency_seconds = 0.5
    argv, environment = command(chat_server)
    process = subprocess.Popen(argv, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while chat_server.asked.total() < CASES // 2:
        assert time.monotonic() < deadline, "it never came half-way"
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.02)
    process.kill()
    process.wait()
    before = _recorded_questions(tmp_path)

    chat_server.latency_seconds = 0
    done = evaluate(chat_server, tmp_path)

    assert done.returncode in {1, 2}, done.stderr
    assert 0 < len(before) < CASES
    assert {chat_server.asked[question] for question in before} == {1}
    assert len(chat_server.asked) == CASES
    assert len(trials(tmp_path)) == CASES
    assert all(trial.calls == 1 for trial in trials(tmp_path))


def _recorded_questions(home: Path) -> list[str]:
    """What was asked in the trials that are on record, though the evaluation never ended."""
    connection = sqlite3.connect(home / ".sandbox" / "records.db")
    fingerprints = [found.hex() for (found,) in connection.execute("SELECT fingerprint FROM trials")]
    connection.close()
    with Sandbox(home, plugins=[]) as sandbox, sandbox.records() as store:
        return [store.find_trial(fingerprint).messages[-1].content for fingerprint in fingerprints]


def test_a_server_that_goes_away_ends_it_with_4_and_one_line(
    chat_server: ChatServer, tmp_path: Path
) -> None:
    """What was answered is kept, it is not asked for ever, and the same command goes on later."""
    (tmp_path / "sandbox.toml").write_text("max_attempts = 2\n", encoding="utf-8")
    chat_server.goes_away_after = 10

    gone = evaluate(chat_server, tmp_path)
    kept = [trial for trial in trials(tmp_path) if trial.status is TrialStatus.ANSWERED]
    chat_server.goes_away_after = None
    back = evaluate(chat_server, tmp_path)

    assert gone.returncode == 4, gone.stdout + gone.stderr
    assert "Traceback" not in gone.stdout + gone.stderr
    assert "Stopped after" in gone.stdout
    assert 10 <= len(kept) < CASES
    assert back.returncode in {1, 2}, back.stderr
    assert len(trials(tmp_path)) == CASES
    assert set(chat_server.asked.values()) == {1}


def test_a_model_that_is_not_there_ends_it_with_4_and_one_line(
    chat_server: ChatServer, tmp_path: Path
) -> None:
    """The name is said, no other case is asked, and the verdict is to hold."""
    chat_server.models = {"another"}

    done = evaluate(chat_server, tmp_path)

    said = " ".join(done.stdout.split())
    assert done.returncode == 4, done.stdout + done.stderr
    assert "small" in said.partition("Stopped after")[2]
    assert "HOLD" in said
    assert "Traceback" not in done.stdout + done.stderr
    assert len(trials(tmp_path)) < CASES


def test_ctrl_c_keeps_what_is_finished_and_says_how_to_go_on(
    chat_server: ChatServer, tmp_path: Path
) -> None:
    """One line, exit code 130, no traceback."""
    chat_server.latency_seconds = 0.5
    argv, environment = command(chat_server)
    process = subprocess.Popen(
        argv, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    deadline = time.monotonic() + 60
    while chat_server.asked.total() < CASES // 2 and time.monotonic() < deadline:
        time.sleep(0.02)

    process.send_signal(2)
    _, said = process.communicate(timeout=30)

    assert process.returncode == 130, said
    assert "the same command goes on" in said
    assert "Traceback" not in said
    assert _recorded_questions(tmp_path)
