"""The fixture `sandbox`, for ordinary tests."""

import re
from pathlib import Path

from tests.testing.gate_project import GateProject

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]


def test_a_prompt_is_tried_in_an_ordinary_test(gates: GateProject) -> None:
    """The example of the page on pytest, as it stands there."""
    page = (ROOT / "docs" / "pytest.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    gates.test(code)

    done = gates.run("tests")

    done.assert_outcomes(passed=1)


def test_there_is_one_sandbox_which_is_closed_at_the_end(gates: GateProject) -> None:
    """A model may take long to load, and should not be loaded again for each test or suite."""
    gates.suite("good")
    gates.test(
        "def test_one(sandbox, pytestconfig):\n"
        "    pytestconfig.seen = sandbox\n"
        "def test_two(sandbox, pytestconfig, sandbox_home):\n"
        "    assert sandbox is pytestconfig.seen\n"
        "    assert sandbox.home == sandbox_home\n"
    )
    (gates.home / "conftest.py").write_text(
        "import sandbox.app\n"
        "made = []\n"
        "class Counted(sandbox.app.Sandbox):\n"
        "    def __init__(self, *arguments, **options):\n"
        "        made.append(self)\n"
        "        super().__init__(*arguments, **options)\n"
        "    def close(self):\n"
        "        super().close()\n"
        "        print('closed', len(made))\n"
        "def pytest_configure(config):\n"
        "    real, sandbox.app.Sandbox = sandbox.app.Sandbox, Counted\n"
        "    config.add_cleanup(lambda: setattr(sandbox.app, 'Sandbox', real))\n",
        encoding="utf-8",
    )

    done = gates.run("--sandbox", "tests", "evals")

    done.assert_outcomes(passed=3)
    assert done.outlines.count("closed 1") == 1


def test_another_home_is_a_fixture_of_that_name(gates: GateProject) -> None:
    """Such as an empty folder, where only what comes with us is found."""
    gates.suite("good")
    gates.test(
        "import pytest\n"
        "@pytest.fixture(scope='session')\n"
        "def sandbox_home(tmp_path_factory):\n"
        "    return tmp_path_factory.mktemp('home')\n"
        "def test_it(sandbox, sandbox_home):\n"
        "    assert sandbox.home == sandbox_home\n"
        "    assert 'good' not in sandbox.suites()\n"
    )

    done = gates.run("tests")

    done.assert_outcomes(passed=1)


def test_what_an_evaluation_may_cost_holds_for_tests_too(gates: GateProject) -> None:
    """The other settings stay as they are in sandbox.toml."""
    gates.test(
        "def test_it(sandbox):\n"
        "    assert sandbox.configuration.budget.cost_usd == 0.5\n"
        "    assert sandbox.configuration.model == 'scripted/answers.jsonl'\n"
    )

    done = gates.run("tests", "--sandbox-max-cost=0.50")

    done.assert_outcomes(passed=1)
