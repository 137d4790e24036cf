"""Plugins by strangers: the examples and every kind of new plugin, installed by pip and tried."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.plugin_scaffold import PluginKind, begin_plugin

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(path.parent for path in ROOT.glob("plugins/examples/*/pyproject.toml"))
NEW = {f"new_{kind.value}": kind for kind in PluginKind}
NAMES = [*(path.name for path in EXAMPLES), *NEW]


def run(*command: str, site: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs Python with what is installed in `site` on its path."""
    environment = os.environ | {"PYTHONPATH": str(site), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder of each package, the new ones just written."""
    beside = tmp_path_factory.mktemp("new")
    new = {name: begin_plugin(name, kind, beside=beside)[0] for name, kind in NEW.items()}
    return {path.name: path for path in EXAMPLES} | new


@pytest.fixture(scope="module")
def site(folders: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where pip has installed them all; nothing is downloaded."""
    site = tmp_path_factory.mktemp("site")
    options = (
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--target",
        str(site),
    )
    installed = run("-m", "pip", *options, *map(str, folders.values()), site=site, cwd=ROOT)
    assert installed.returncode == 0, installed.stderr
    return site


@pytest.fixture(scope="module")
def checked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What `sandbox plugins --check` says of each."""
    command = ("-m", "sandbox.cli.main", "plugins", "--check", *NAMES, "--json")
    ran = run(*command, site=site, cwd=tmp_path_factory.mktemp("away"))
    return {plugin["name"]: plugin for plugin in json.loads(ran.stdout)}


def test_the_tests_that_they_come_with_pass(folders: dict[str, Path], site: Path, tmp_path: Path) -> None:
    """As their authors run them; and each has some."""
    options = ("-p", "no:cacheprovider", "--import-mode=importlib", "--rootdir=.", "--junit-xml=told.xml")
    ran = run("-m", "pytest", *options, *map(str, folders.values()), site=site, cwd=tmp_path)

    told = (tmp_path / "told.xml").read_text(encoding="utf-8")
    titles = ["".join(part.capitalize() for part in name.split("_")) for name in NAMES]
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert [title for title in titles if f'test_conformance.Test{title}"' not in told] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_keeps_what_is_asked_of_every_plugin(name: str, checked: dict[str, dict[str, object]]) -> None:
    """`sandbox plugins --check` finds nothing to mend."""
    found = checked[name]

    assert found["broken"] == 0, found
    assert found["kept"] > 5


def test_all_of_them_are_loaded_side_by_side(site: Path, tmp_path: Path) -> None:
    """None disturbs another, and each says what it brings."""
    ran = run("-m", "sandbox.cli.main", "plugins", "--json", site=site, cwd=tmp_path)

    found = {plugin["name"]: plugin for plugin in json.loads(ran.stdout)}
    assert {name: found[name]["state"] for name in NAMES} == dict.fromkeys(NAMES, "loaded")
    assert all(found[name]["hooks"] for name in NAMES)
