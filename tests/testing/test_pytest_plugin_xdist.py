"""Suites in several processes at once, over one file of records."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from sandbox.app import Sandbox
from tests.end_to_end.conftest import ChatServer
from tests.testing.gate_project import GateProject

pytest_plugins = ["pytester"]

SUITES = ("a", "b", "c", "d")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatServer]:
    """A server that counts how often each question is asked, and that every process is sent to."""
    opened = ChatServer()
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("OPENAI_BASE_URL", opened.base_url)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield opened
    opened.close()


@pytest.mark.parametrize("distribution", ["load", "loadfile", "loadgroup"])
def test_each_suite_is_run_once_in_one_of_the_processes(
    gates: GateProject, server: ChatServer, distribution: str
) -> None:
    """Nothing is asked twice, now or later; no process is locked out; the lines at the end are complete."""
    for name in SUITES:
        gates.suite(name)
    options = (
        "-p",
        "xdist",
        "-n2",
        f"--dist={distribution}",
        "-v",
        "--sandbox",
        "--sandbox-model=openai/small",
    )

    done = gates.run(*options)
    again = gates.run(*options)

    for ended in (done, again):
        ended.assert_outcomes(passed=len(SUITES))
        ran = Counter(re.findall(r"PASSED \S+::(\w\[[^\]]+\])", ended.stdout.str()))
        assert set(ran.values()) == {1}
        assert [line.split()[1] for line in ended.outlines if line.startswith("ADOPT")] == sorted(ran)
    assert len(server.asked) == 2 * len(SUITES)
    assert set(server.asked.values()) == {1}
    with Sandbox(gates.home, plugins=[]) as sandbox, sandbox.records() as store:
        kept = [
            len(list(store.trials(evaluation.id, evaluation.results[0].scorecard.target)))
            for evaluation in store.evaluations()
        ]
    assert kept == [2] * len(SUITES)
