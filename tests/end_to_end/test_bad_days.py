"""Bad days, with a real server and real processes: nothing is lost, and nothing is paid for twice."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sandbox import Sandbox
from sandbox.errors import BusyError
from tests.end_to_end.counting_server import CountingServer
from tests.end_to_end.killed_runs import AT_ONCE, kill_again_and_again, start, stored_cases, write_project


def test_every_trial_is_made_once_whatever_the_service_does(tmp_path: Path) -> None:
    """10 % refused, 5 % failing, 2 % dropped: each case is answered once, and each fault costs one call."""
    with CountingServer(latency_seconds=0.01, refused=0.10, failing=0.05, dropped=0.02) as server:
        write_project(tmp_path, server.url, 300)
        with Sandbox(tmp_path) as sandbox:
            evaluation = sandbox.evaluate("killed", models=["openai_http/counted"])
            with sandbox.records() as store:
                trials = list(store.trials(evaluation.id, evaluation.results[0].scorecard.target))

    assert evaluation.results[0].scorecard.answered == len(trials) == 300
    assert set(server.answered.values()) == {1}
    assert len(server.answered) == 300
    assert sum(trial.calls for trial in trials) == server.requests > 320


def test_a_killed_evaluation_goes_on_where_it_was(tmp_path: Path) -> None:
    """Killed at any moment: no trial on record is asked again, and at most those under way are."""
    with CountingServer() as server:
        write_project(tmp_path, server.url, 200)

        outcome = kill_again_and_again(tmp_path, server, kills=3, trials=200, seed=1)

    assert outcome.stored == 200
    assert outcome.asked_again == 0
    assert outcome.answers - outcome.stored <= 3 * (AT_ONCE + 15)


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without telling it")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_whoever_ends_it_loses_nothing(tmp_path: Path, sign: signal.Signals) -> None:
    """Every answer that had come is on record when it is over, and the words say how to go on."""
    with CountingServer() as server:
        write_project(tmp_path, server.url, 400)
        process = start(tmp_path)
        while server.answered.total() < 100 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(sign)
        code = process.wait(30)
        stored = stored_cases(tmp_path)

    assert code == 130
    assert len(stored) >= server.answered.total() - AT_ONCE
    assert len(stored) >= 50
    assert "the same command goes on" in (tmp_path / "stderr.txt").read_text(encoding="utf-8")


def test_two_processes_do_not_pay_twice(tmp_path: Path) -> None:
    """The second one is told that the first is at it."""
    with CountingServer() as server:
        write_project(tmp_path, server.url, 400)
        process = start(tmp_path)
        while server.answered.total() < 20 and process.poll() is None:
            time.sleep(0.01)
        with Sandbox(tmp_path) as sandbox, pytest.raises(BusyError, match="--label"):
            sandbox.evaluate("killed", models=["openai_http/counted"])
        process.wait(60)

    assert set(server.answered.values()) == {1}
    assert len(stored_cases(tmp_path)) == 400


def test_a_reader_of_the_records_sees_whole_trials_meanwhile(tmp_path: Path) -> None:
    """Another process can list what is there while it is being written."""
    with CountingServer() as server:
        write_project(tmp_path, server.url, 300)
        process = start(tmp_path)
        while server.answered.total() < 50 and process.poll() is None:
            time.sleep(0.01)
        listed = subprocess.run(
            [sys.executable, "-m", "sandbox.cli.main", "-C", str(tmp_path), "records", "list", "--json"],
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        process.wait(60)

    assert json.loads(listed.stdout)
