"""Loading: plugins of real installed distributions, each by itself, as the policy wants it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.contracts.loading import Plugin, PluginState, installed_plugins
from sandbox.contracts.registry import build_registry
from sandbox.domain.plugin_policy import PluginPolicy
from sandbox.testing.distributions import (
    BROKEN_PLUGINS,
    CLASHING_PLUGINS,
    HANGING_PLUGIN,
    BrokenPlugin,
    plugin_with_provider,
    sound_plugin,
)

LOADED, BLOCKED, CLASH, MISSING = (
    PluginState.LOADED,
    PluginState.BLOCKED,
    PluginState.CLASH,
    PluginState.MISSING,
)


def found(*names: str, **policy: object) -> dict[str, Plugin]:
    """The installed plugins of these names; others, which this machine may have, are left alone."""
    allowed = PluginPolicy(allow=frozenset(names), **policy)  # type: ignore[arg-type]  # its fields
    return {plugin.name: plugin for plugin in installed_plugins(allowed) if plugin.name in names}


def is_imported(name: str) -> bool:
    """Whether the module of a plugin was imported."""
    return f"installed_sandbox_{name}" in sys.modules


def test_a_sound_plugin_is_told_with_its_package(install) -> None:
    """Where it comes from, its version, its hooks, and how long its import took."""
    install("owl", sound_plugin("owl"), distribution="owl-plugin", version="2.5")

    plugin = found("owl")["owl"]

    assert (plugin.distribution, plugin.version, plugin.state) == ("owl-plugin", "2.5", LOADED)
    assert plugin.hooks == ("sandbox_checks",)
    assert 0 < plugin.import_seconds < 30
    assert (plugin.origin, plugin.is_bundled, plugin.is_in_doubt) == ("owl-plugin", False, False)


@pytest.mark.parametrize("broken", BROKEN_PLUGINS.values(), ids=BROKEN_PLUGINS.keys())
def test_a_broken_plugin_is_put_aside_while_a_sound_one_works(
    install, folder: Path, broken: BrokenPlugin
) -> None:
    """It has its state and its reason, is named in a warning, and leaves nothing behind."""
    install("owl", sound_plugin("owl"))
    broken.install(folder)

    with pytest.warns(UserWarning, match=f"Plugin '{broken.name}' is not used"):
        registry = build_registry(found("owl", broken.name).values())

    plugins = {plugin.name: plugin for plugin in registry.plugins}
    assert (plugins[broken.name].state, plugins["owl"].state) == (broken.state, LOADED)
    assert broken.reason in plugins[broken.name].reason
    assert list(registry.checks) == ["owl"]
    assert not registry.commands


@pytest.mark.filterwarnings("ignore:Plugin '")
def test_the_whole_zoo_at_once_takes_nothing_down(install, folder: Path) -> None:
    """In one registry every broken plugin has its own reason, and the sound one works."""
    install("owl", sound_plugin("owl"))
    for broken in BROKEN_PLUGINS.values():
        broken.install(folder)

    registry = build_registry(found("owl", *BROKEN_PLUGINS).values())

    plugins = {plugin.name: plugin for plugin in registry.plugins}
    assert set(plugins) == {"owl", *BROKEN_PLUGINS}
    assert list(registry.checks) == ["owl"]
    for name, broken in BROKEN_PLUGINS.items():
        assert plugins[name].state is broken.state, name
        assert broken.reason in plugins[name].reason, name
        assert plugins[name].is_in_doubt


def test_ten_sound_plugins_work_together(install) -> None:
    """Each brings its own check."""
    names = [f"bird{number}" for number in range(10)]
    for name in names:
        install(name, sound_plugin(name))

    registry = build_registry(found(*names).values())

    assert set(registry.checks) == set(names)
    assert {plugin.state for plugin in registry.plugins} == {LOADED}


def test_the_order_of_installation_does_not_matter(install) -> None:
    """Plugins come by name."""
    for name in ("zebra", "apple", "mango"):
        install(name, sound_plugin(name))

    assert list(found("zebra", "apple", "mango")) == ["apple", "mango", "zebra"]


def test_a_plugin_may_name_hooks_of_other_versions(install) -> None:
    """It says so with `optionalhook`, and is used."""
    later = "@hookimpl(optionalhook=True)\ndef sandbox_of_tomorrow():\n    return []\n"
    install("owl", sound_plugin("owl") + later)

    plugin = found("owl")["owl"]

    assert (plugin.state, plugin.hooks) == (LOADED, ("sandbox_checks",))


def test_only_allowed_plugins_are_imported(install) -> None:
    """The others are rows that say why, and their code never ran."""
    for name in ("owl", "hen"):
        install(name, sound_plugin(name))

    plugins = {plugin.name: plugin for plugin in installed_plugins(PluginPolicy(allow=frozenset({"owl"})))}

    assert (plugins["owl"].state, plugins["hen"].state) == (LOADED, BLOCKED)
    assert "SANDBOX_PLUGINS" in plugins["hen"].reason
    assert not plugins["hen"].is_in_doubt
    assert (is_imported("owl"), is_imported("hen")) == (True, False)


def test_denied_plugins_are_not_imported(install) -> None:
    """Not even if they are allowed, too."""
    for name in ("owl", "hen"):
        install(name, sound_plugin(name))

    plugins = found("owl", "hen", deny=frozenset({"hen"}))

    assert plugins["hen"].state is BLOCKED
    assert "SANDBOX_DISABLE" in plugins["hen"].reason
    assert (is_imported("owl"), is_imported("hen")) == (True, False)


def test_an_allowed_plugin_that_is_not_installed_is_a_row(install) -> None:
    """Nobody has to wonder why it does nothing."""
    install("owl", sound_plugin("owl"))

    plugins = found("owl", "dodo")

    assert (plugins["dodo"].state, plugins["dodo"].reason) == (
        MISSING,
        "it is allowed by name, but not installed",
    )
    assert plugins["dodo"].is_in_doubt
    assert plugins["owl"].state is LOADED


def test_nothing_is_imported_if_nothing_is_allowed(install) -> None:
    """An empty list allows none."""
    install("owl", sound_plugin("owl"))

    plugins = {plugin.name: plugin for plugin in installed_plugins(PluginPolicy(allow=frozenset()))}

    assert plugins["owl"].state is BLOCKED
    assert not is_imported("owl")


def test_two_packages_with_a_plugin_of_one_name_clash(install) -> None:
    """Neither is imported, and both are told, with the line that would settle it."""
    for package in ("sandbox-owl", "great-owl"):
        install("owl", sound_plugin("owl"), distribution=package)

    plugins = [
        plugin
        for plugin in installed_plugins(PluginPolicy(allow=frozenset({"owl"})))
        if plugin.name == "owl"
    ]

    assert [plugin.state for plugin in plugins] == [CLASH, CLASH]
    assert {plugin.distribution for plugin in plugins} == {"sandbox-owl", "great-owl"}
    assert "great-owl and sandbox-owl both bring the plugin 'owl'" in plugins[0].reason
    assert '[plugins] prefer = { owl = "great-owl" }' in plugins[0].reason
    assert not is_imported("owl")
    assert "installed_great_owl" not in sys.modules


def test_one_of_two_plugins_of_a_name_can_be_preferred(install) -> None:
    """The other one is left alone, and not imported."""
    for package in ("sandbox-owl", "great-owl"):
        install("owl", sound_plugin("owl"), distribution=package)
    policy = PluginPolicy(allow=frozenset({"owl"}), prefer={"owl": "great-owl"})

    plugins = {plugin.distribution: plugin for plugin in installed_plugins(policy) if plugin.name == "owl"}

    assert (plugins["great-owl"].state, plugins["sandbox-owl"].state) == (LOADED, BLOCKED)
    assert "great-owl" in plugins["sandbox-owl"].reason
    assert not is_imported("owl")


def test_preferring_a_package_that_is_not_there_settles_nothing(install) -> None:
    """A misspelt preference must not choose by chance."""
    for package in ("sandbox-owl", "great-owl"):
        install("owl", sound_plugin("owl"), distribution=package)
    policy = PluginPolicy(allow=frozenset({"owl"}), prefer={"owl": "grate-owl"})

    states = [plugin.state for plugin in installed_plugins(policy) if plugin.name == "owl"]

    assert states == [CLASH, CLASH]


def test_clashing_plugins_are_sound_alone(install, folder: Path) -> None:
    """They are imported; what they claim is settled when the registry is built."""
    for plugin in CLASHING_PLUGINS.values():
        plugin.install(folder)

    assert {plugin.state for plugin in found(*CLASHING_PLUGINS).values()} == {LOADED}


LIST_THEM = """
from sandbox.contracts.loading import installed_plugins
from sandbox.domain.plugin_policy import PluginPolicy
import os
policy = PluginPolicy.parse({}, os.environ)
for plugin in installed_plugins(policy):
    if plugin.name in {"owl", "hangs_at_import"}:
        print(plugin.name, plugin.state.value, sep=":")
"""


def test_a_plugin_that_hangs_can_be_denied_by_the_environment(install, folder: Path) -> None:
    """In a process of its own, which is ended if it hangs all the same."""
    install("owl", sound_plugin("owl"))
    HANGING_PLUGIN.install(folder)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "SANDBOX_PLUGINS": "owl, hangs_at_import",
        "SANDBOX_DISABLE": "hangs_at_import",
    }

    ended = subprocess.run(
        [sys.executable, "-c", LIST_THEM],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert ended.stdout.split() == ["hangs_at_import:blocked", "owl:loaded"]


def test_ctrl_c_during_an_import_is_no_broken_plugin(install) -> None:
    """The person wants to stop, and is not told that a plugin is at fault."""
    install("owl", "raise KeyboardInterrupt")

    with pytest.raises(KeyboardInterrupt):
        found("owl")


def test_a_plugin_without_anything_is_loaded(install) -> None:
    """A module without hooks is odd, but does no harm."""
    install("owl", '"""Nothing yet."""')

    assert found("owl")["owl"].hooks == ()


def test_a_provider_is_found_without_being_built(install) -> None:
    """Its spec is there; nothing heavy was done for it."""
    install("owl", plugin_with_provider("owl"))

    registry = build_registry(found("owl").values())

    assert registry.provider("owl").summary == "by installed_sandbox_owl"
