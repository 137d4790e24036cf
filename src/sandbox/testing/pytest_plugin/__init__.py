"""The pytest plugin: suites as tests with `pytest --sandbox`, and the fixture `sandbox`.

pytest imports this in every run wherever we are installed. So it imports nothing of ours, and does nothing
until somebody asks.
"""

from argparse import ArgumentTypeError
from collections.abc import Sequence
from importlib import import_module
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sandbox.app import Sandbox
    from sandbox.storage.configuration import Configuration

_OPENED = pytest.StashKey[dict[Path, "Sandbox"]]()
_SUITE_FILE = "suite.yaml"
_ACCEPTABLE = ("adopt", "hold")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Tell pytest our options and settings."""
    group = parser.getgroup("sandbox", "suites of prompts as tests (sandbox)")
    group.addoption(
        "--sandbox",
        action="store_true",
        dest="sandbox_is_asked",
        help="Run suites as tests: every suite.yaml in the folders named, or else in evals/.",
    )
    group.addoption(
        "--sandbox-model",
        action="append",
        default=[],
        metavar="PROVIDER/MODEL",
        dest="sandbox_models",
        help="A model to try each suite on; may be given again. If left out, as sandbox_models or "
        "sandbox.toml say.",
    )
    group.addoption("--sandbox-limit", type=_at_least_one, metavar="N", help="Try only the first N cases.")
    group.addoption("--sandbox-repeats", type=_at_least_one, metavar="N", help="Try each case N times.")
    group.addoption(
        "--sandbox-label",
        default="",
        metavar="NAME",
        help="A name for this round: a new one asks everything anew.",
    )
    group.addoption(
        "--sandbox-max-cost",
        type=_dollars,
        metavar="USD",
        help="What one suite on one model may cost at most, in place of the cap in sandbox.toml.",
    )
    group.addoption(
        "--sandbox-accept",
        metavar="adopt,hold",
        help="The verdicts that pass. If left out, as sandbox_accept says, or else adopt alone.",
    )
    parser.addini("sandbox_home", "The folder with your prompts, suites and sandbox.toml.", default=".")
    parser.addini("sandbox_models", "The models to try each suite on.", type="args", default=[])
    parser.addini("sandbox_accept", "The verdicts that pass: adopt, or adopt and hold.", default="adopt")


def pytest_configure(config: pytest.Config) -> None:
    """Look at our options, and where no folder is named, run the suites in `evals/`."""
    if not config.getoption("sandbox_is_asked"):
        return
    accepted_verdicts(config)
    if config.args_source is not config.ArgsSource.ARGS:
        folder = home_of(config) / "evals"
        if not folder.is_dir():
            raise pytest.UsageError(
                f"There is no folder {folder}. Name the folder with your suites after --sandbox, or say "
                "where your evals/ is with sandbox_home in the settings of pytest."
            )
        config.args[:] = [str(folder)]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A suite, if suites are asked for."""
    if file_path.name != _SUITE_FILE or not parent.config.getoption("sandbox_is_asked"):
        return None
    collector: type[pytest.File] = import_module(f"{__name__}.gates").SuiteFile
    return collector.from_parent(parent, path=file_path)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say in one line for each suite and model what came of it."""
    if not config.getoption("sandbox_is_asked"):
        return
    ended = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    lines = import_module(f"{__name__}.gate_words").summary_lines(ended)
    if lines:
        terminalreporter.section("verdicts of sandbox")
        for line in lines:
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def sandbox_home(pytestconfig: pytest.Config) -> Path:
    """The folder that `sandbox` works in. Define a fixture of this name to choose another."""
    return home_of(pytestconfig)


@pytest.fixture(scope="session")
def sandbox(sandbox_home: Path, pytestconfig: pytest.Config) -> "Sandbox":
    """A `Sandbox`; there is one in each process, since a model may take long to load."""
    return open_sandbox(pytestconfig, sandbox_home)


def home_of(config: pytest.Config) -> Path:
    """The folder with prompts, suites and records."""
    home: str = config.getini("sandbox_home")
    return config.rootpath / home


def open_sandbox(config: pytest.Config, home: Path) -> "Sandbox":
    """The `Sandbox` of a folder, which is closed when pytest ends."""
    opened = config.stash.setdefault(_OPENED, {})
    if home not in opened:
        settings: Configuration = import_module("sandbox.storage.configuration").read_configuration(home)
        cost_usd = config.getoption("--sandbox-max-cost")
        if cost_usd is not None:
            budget = settings.budget.model_copy(update={"cost_usd": cost_usd})
            settings = settings.model_copy(update={"budget": budget})
        made: Sandbox = import_module("sandbox.app").Sandbox(home, configuration=settings)
        config.add_cleanup(made.close)
        opened[home] = made
    return opened[home]


def accepted_verdicts(config: pytest.Config) -> Sequence[str]:
    """The verdicts that pass.

    Raises:
        pytest.UsageError: one of them is none, or may never pass.
    """
    told: str = config.getoption("--sandbox-accept") or config.getini("sandbox_accept")
    accepted = told.replace(",", " ").split()
    if not accepted or set(accepted) - set(_ACCEPTABLE):
        raise pytest.UsageError(
            f"The verdicts to accept are '{told}': write adopt, or adopt,hold. Nothing else may pass."
        )
    return accepted


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"'{text}' should be a number, 1 or more")
    return int(text)


def _dollars(text: str) -> float:
    try:
        amount = float(text)
    except ValueError:
        amount = 0
    if not 0 < amount < inf:
        raise ArgumentTypeError(f"'{text}' should be an amount above 0, such as 2.50")
    return amount
