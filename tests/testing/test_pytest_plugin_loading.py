"""The plugin where nobody asked for it: it costs next to nothing, and can be turned off."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.testing.gate_project import GateProject

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
IMPORTED = """
import sys, pytest
before = set(sys.modules)
import sandbox.testing.pytest_plugin
new = set(sys.modules) - before
print(*sorted(name for name in new if name.partition(".")[0] not in sys.stdlib_module_names))
"""


def test_importing_it_imports_next_to_nothing() -> None:
    """It is done in every run of pytest of everybody who has us installed."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED], capture_output=True, text=True, encoding="utf-8", check=True
    )

    assert done.stdout.split() == [
        "lazy_loader",
        "sandbox",
        "sandbox.testing",
        "sandbox.testing.pytest_plugin",
        "sandbox.version",
    ]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gates: GateProject) -> GateProject:
    """A project whose pytest finds the plugin as that of an installed package."""
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    told = tomllib.loads(settings)["project"]["entry-points"]["pytest11"]
    info = tmp_path / "site" / "installed_plugin-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: installed-plugin\nVersion: 1.0\n", "utf-8")
    lines = "".join(f"{name} = {module}\n" for name, module in told.items())
    (info / "entry_points.txt").write_text(f"[pytest11]\n{lines}", "utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(info.parent), *filter(None, sys.path)]))
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    return gates


def test_pytest_finds_it_by_itself(installed: GateProject) -> None:
    """Its options stand in `pytest --help`, in a group of their own."""
    done = installed.run_elsewhere("--help")

    done.stdout.fnmatch_lines(
        ["suites of prompts as tests (sandbox):", "*--sandbox *", "*--sandbox-model=*", "*sandbox_home*"]
    )


def test_it_can_be_turned_off(installed: GateProject) -> None:
    """With `-p no:sandbox`, nothing of it is left."""
    done = installed.run_elsewhere("-p", "no:sandbox", "--help")

    assert done.ret == pytest.ExitCode.OK
    assert "--sandbox" not in done.stdout.str()
