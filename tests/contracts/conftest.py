"""Real installed distributions, each in a folder of its test."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from sandbox.testing.distributions import install_plugin

Install = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that Python looks in for modules and distributions."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for module in set(sys.modules) - before:
        if module.startswith("installed_"):
            del sys.modules[module]


@pytest.fixture
def install(folder: Path) -> Install:
    """Installs a distribution that brings one plugin."""
    return partial(install_plugin, folder)
