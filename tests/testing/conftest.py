"""What several tests of the kit start from."""

import json

import pytest

from sandbox.app import Sandbox
from sandbox.bundled.providers.scripted import ScriptedProvider
from tests.examples import FEEDBACK
from tests.testing.gate_project import GateProject


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> None:
    """All that an evaluation imports: what a run in this process imports anew is forgotten at its end.

    Not every library in C can be imported twice.
    """
    answers = {"scripted": ScriptedProvider([json.dumps(FEEDBACK)])}
    with Sandbox(tmp_path_factory.mktemp("home"), providers=answers) as sandbox:
        sandbox.report(sandbox.evaluate("feedback", models=["scripted/any"], limit=1))


@pytest.fixture
def gates(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, imported: None) -> GateProject:
    """A project without suites yet."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    return GateProject(pytester)
