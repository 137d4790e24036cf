"""Loading: plugins of real installed distributions, each by itself."""

import sys
from pathlib import Path

import pytest

from sandbox.contracts.loading import PluginState, installed_plugins
from sandbox.contracts.registry import build_registry

GOOD = """
from sandbox.contracts.check import Check, passed
from sandbox.contracts.hookspecs import hookimpl

@hookimpl
def sandbox_checks():
    return [Check(name="from_{name}", version="1", run=passed,
        title="-", why="-", how="-", mend="-", source="-")]
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Installs a distribution that brings one plugin, as pip would lay it out."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(name: str, code: str, *, target: str = "") -> None:
        (tmp_path / f"plugin_{name}.py").write_text(code, encoding="utf-8")
        info = tmp_path / f"dist_{name}-1.2.dist-info"
        info.mkdir()
        metadata = f"Metadata-Version: 2.1\nName: dist-{name}\nVersion: 1.2\n"
        (info / "METADATA").write_text(metadata, encoding="utf-8")
        points = f"[sandbox]\n{name} = {target or 'plugin_' + name}\n"
        (info / "entry_points.txt").write_text(points, encoding="utf-8")

    yield make
    for module in [module for module in sys.modules if module.startswith("plugin_")]:
        del sys.modules[module]


def test_a_sound_plugin_is_loaded_beside_every_kind_of_broken_one(install) -> None:
    """Whatever the others do at import, the sound one works, and each of the others has its reason."""
    install("good", GOOD.format(name="good"))
    install("absent", "import a_module_that_is_not_there")
    install("leaving", "import sys; sys.exit(3)")
    install("crashing", "1 / 0")
    install("wordy", "raise ValueError('first line\\nsecond line')")
    install("nowhere", "", target="plugin_nowhere:missing")
    install("notmodule", "thing = 3", target="plugin_notmodule:thing")

    with pytest.warns(UserWarning, match="is not used"):
        registry = build_registry(installed_plugins())

    found = {plugin.name: plugin for plugin in registry.plugins}
    assert found["good"].state is PluginState.LOADED
    assert (found["good"].distribution, found["good"].version) == ("dist-good", "1.2")
    assert "from_good" in registry.checks
    assert found["absent"].reason.startswith("ModuleNotFoundError")
    assert found["leaving"].reason == "SystemExit: 3"
    assert found["crashing"].reason.startswith("ZeroDivisionError")
    assert found["wordy"].reason == "ValueError: first line second line"
    assert found["nowhere"].state is PluginState.IMPORT_ERROR
    assert found["notmodule"].state is PluginState.REJECTED


def test_the_order_does_not_depend_on_how_they_were_installed(install) -> None:
    """Plugins come by name."""
    for name in ("zebra", "apple", "mango"):
        install(name, GOOD.format(name=name))

    names = [plugin.name for plugin in installed_plugins() if plugin.distribution.startswith("dist-")]

    assert names == ["apple", "mango", "zebra"]
