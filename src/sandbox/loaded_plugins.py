"""Our own plugins and those that are installed, in one registry."""

from collections.abc import Sequence

from sandbox.bundled import plugin as bundled_plugin
from sandbox.contracts.loading import Plugin, PluginState, installed_plugins, plugin_from_module
from sandbox.contracts.registry import Registry, build_registry
from sandbox.domain.plugin_policy import PluginPolicy
from sandbox.errors import PluginError
from sandbox.report import plugin as report_plugin
from sandbox.version import DISTRIBUTION, VERSION


def load_plugins(policy: PluginPolicy, plugins: Sequence[Plugin] | None = None) -> Registry:
    """What our own plugins bring, and those that are installed or these.

    Raises:
        PluginError: one of ours is broken. Ours must work: without our guards nothing may leave.
    """
    ours = [
        plugin_from_module(name, module, distribution=DISTRIBUTION, version=VERSION, is_bundled=True)
        for name, module in (("bundled", bundled_plugin), ("reports", report_plugin))
    ]
    others = installed_plugins(policy) if plugins is None else plugins
    registry = build_registry([*ours, *others], policy)
    for plugin in registry.plugins[: len(ours)]:
        if plugin.state is not PluginState.LOADED:
            raise PluginError(f"This installation is damaged: install it again. ({plugin.reason})")
    return registry
