"""The clock for imports: each package has the time that it took itself."""

import importlib
import sys
from pathlib import Path

import pytest

from sandbox.testing.installed.import_clock import ImportClock


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Makes modules that can be imported, and forgets them afterwards."""
    monkeypatch.syspath_prepend(str(tmp_path))
    made = []

    def make(name: str, code: str) -> str:
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
        importlib.invalidate_caches()
        made.append(name)
        return name

    yield make
    for name in made:
        sys.modules.pop(name, None)


def test_what_a_package_imports_counts_for_itself(packages) -> None:
    """The outer one is quick, the inner one is slow."""
    packages("clock_inner", "import time\ntime.sleep(0.05)\n")
    outer = packages("clock_outer", "import clock_inner\n")
    clock = ImportClock()

    with clock.running():
        importlib.import_module(outer)

    assert clock.seconds["clock_inner"] >= 0.05
    assert clock.seconds["clock_outer"] < clock.seconds["clock_inner"]
    assert clock.slowest(at_least_seconds=0.05) == ("clock_inner",)
    assert clock.own_seconds >= clock.seconds["clock_inner"]


def test_it_leaves_the_machinery_of_imports_as_it_was(packages) -> None:
    """Also when an import fails, which comes through as it is."""
    failing = packages("clock_failing", "1 / 0\n")
    before = list(sys.meta_path)

    with pytest.raises(ZeroDivisionError), ImportClock().running():
        importlib.import_module(failing)

    assert sys.meta_path == before


def test_a_module_that_is_not_there_is_still_not_there(packages) -> None:
    """The clock finds nothing that others do not find."""
    with pytest.raises(ModuleNotFoundError), ImportClock().running():
        importlib.import_module("clock_nobody")


def test_what_we_import_counts_as_ours(packages, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin is not blamed for what the contract brings along."""
    packages("clock_needed", "import time\ntime.sleep(0.05)\n")
    clock = ImportClock()
    ours = packages("clock_ours", "import clock_needed\n")
    monkeypatch.setattr("sandbox.testing.installed.import_clock._OURS", ours)

    with clock.running():
        importlib.import_module(ours)

    assert clock.seconds.keys() == {ours}
    assert clock.own_seconds < 0.05
