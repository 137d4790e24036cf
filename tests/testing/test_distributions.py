"""Distributions that are made in a folder: Python finds them as if they had been installed."""

import base64
import csv
import hashlib
import importlib
import sys
from importlib.metadata import distribution, entry_points
from pathlib import Path

import pytest

from sandbox.testing.distributions import (
    BROKEN_PLUGINS,
    CLASHING_PLUGINS,
    HANGING_PLUGIN,
    install_plugin,
    sound_plugin,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder that Python looks in."""
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for module in [module for module in sys.modules if module.startswith("installed_")]:
        del sys.modules[module]


def test_python_finds_the_distribution(folder: Path) -> None:
    """By its name, with its version, its files and its entry point."""
    module = install_plugin(folder, "owl", "x = 1", distribution="owl-plugin", version="2.5")

    found = distribution("owl-plugin")
    (point,) = [each for each in entry_points(group="sandbox") if each.name == "owl"]

    assert (found.metadata["Name"], found.version, module) == ("owl-plugin", "2.5", "installed_owl_plugin")
    assert (point.value, point.dist.name, point.load().x) == (module, "owl-plugin", 1)
    assert {str(path) for path in found.files} >= {f"{module}.py", "owl_plugin-2.5.dist-info/METADATA"}


def test_the_record_names_every_file_with_its_hash(folder: Path) -> None:
    """As installers want it, so that they could take the distribution away again."""
    install_plugin(folder, "owl", sound_plugin("owl"))

    record = next(folder.glob("*.dist-info/RECORD"))
    rows = list(csv.reader(record.read_text(encoding="utf-8").splitlines()))

    assert {row[0] for row in rows} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }
    for name, digest, size in rows:
        content = (folder / name).read_bytes()
        plain = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        assert (digest, size) == (f"sha256={plain}", str(len(content))) or name.endswith("RECORD")


def test_what_is_installed_later_is_found_at_once(folder: Path) -> None:
    """Python keeps lists of what it found; they are told that something is new."""
    seen = []
    for number in range(5):
        install_plugin(folder, f"owl{number}", f"x = {number}")
        seen.append(sum(each.name.startswith("owl") for each in entry_points(group="sandbox")))

    assert seen == [1, 2, 3, 4, 5]
    assert importlib.import_module("installed_sandbox_owl4").x == 4


def test_a_target_may_be_named(folder: Path) -> None:
    """An entry point can lead elsewhere than to its module."""
    install_plugin(folder, "owl", "thing = 3", target="installed_sandbox_owl:thing")

    (point,) = [each for each in entry_points(group="sandbox") if each.name == "owl"]

    assert point.load() == 3


def test_the_zoo_has_one_of_each() -> None:
    """Every animal is named as it is called, says what becomes of it, and none is there twice."""
    everyone = {**BROKEN_PLUGINS, **CLASHING_PLUGINS, HANGING_PLUGIN.name: HANGING_PLUGIN}

    assert len(BROKEN_PLUGINS) >= 15
    assert all(name == plugin.name and plugin.reason for name, plugin in everyone.items())
    assert len({plugin.code + plugin.target for plugin in BROKEN_PLUGINS.values()}) == len(BROKEN_PLUGINS)
