"""Finding the installed plugins: each is loaded by itself, so that a broken one takes nothing down."""

import inspect
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.metadata import EntryPoint, entry_points
from textwrap import shorten
from time import perf_counter
from types import ModuleType

import pluggy

from sandbox.contracts import hookspecs

HOOKS = tuple(name for name in vars(hookspecs) if name.startswith("sandbox_"))


class PluginState(StrEnum):
    """What became of a plugin."""

    LOADED = "loaded"
    IMPORT_ERROR = "import error"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """An installed plugin: what became of it, and its module if it could be used."""

    name: str
    distribution: str
    version: str
    state: PluginState
    reason: str = ""
    hooks: tuple[str, ...] = ()
    import_seconds: float = 0
    module: ModuleType | None = None


def installed_plugins() -> tuple[Plugin, ...]:
    """Every plugin that an installed distribution names in the group `sandbox`, by name."""
    found = entry_points(group=hookspecs.ENTRY_POINT_GROUP)
    return tuple(
        _load(entry) for entry in sorted(found, key=lambda entry: (entry.name, _distribution(entry)))
    )


def plugin_from_module(name: str, module: ModuleType) -> Plugin:
    """A plugin made of a module at hand, such as our own."""
    return _checked(Plugin(name=name, distribution="", version="", state=PluginState.LOADED), module)


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else ""


def _load(entry: EntryPoint) -> Plugin:
    plugin = Plugin(
        name=entry.name,
        distribution=_distribution(entry),
        version=entry.dist.version if entry.dist else "",
        state=PluginState.LOADED,
    )
    start = perf_counter()
    try:
        module = entry.load()
    except KeyboardInterrupt:
        raise
    except BaseException as cause:  # noqa: BLE001 - a stranger's module may even call sys.exit
        return replace(plugin, state=PluginState.IMPORT_ERROR, reason=_said(cause))
    return replace(_checked(plugin, module), import_seconds=perf_counter() - start)


def _checked(plugin: Plugin, module: object) -> Plugin:
    """The plugin with its hooks, or rejected with the reason."""
    if not isinstance(module, ModuleType):
        return replace(plugin, state=PluginState.REJECTED, reason="the entry point names no module")
    manager = pluggy.PluginManager("sandbox")
    manager.add_hookspecs(hookspecs)
    try:
        manager.register(module, plugin.name)
        manager.check_pending()
    except (pluggy.PluginValidationError, ValueError) as cause:
        return replace(plugin, state=PluginState.REJECTED, reason=_said(cause))
    hooks = tuple(name for name in HOOKS if getattr(manager.hook, name).get_hookimpls())
    lost = sorted(
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("sandbox_") and function.__module__ == module.__name__ and name not in hooks
    )
    if lost:
        reason = f"{', '.join(lost)} has no @hookimpl, so it would never be called"
        return replace(plugin, state=PluginState.REJECTED, reason=reason)
    return replace(plugin, hooks=hooks, module=module)


def call_hook(plugin: Plugin, hook: str) -> tuple[object, ...]:
    """What one plugin gives for one hook. Whatever the plugin raises comes through."""
    if hook not in plugin.hooks:
        return ()
    given = getattr(plugin.module, hook)()
    if not isinstance(given, Iterable):
        raise TypeError(f"{hook} should return a list, but returned {type(given).__name__}")
    return tuple(given)


def rejected(plugin: Plugin, cause: BaseException) -> Plugin:
    """The plugin, put aside for what it raised."""
    return replace(plugin, state=PluginState.REJECTED, reason=_said(cause))


def _said(cause: BaseException) -> str:
    words = shorten(str(cause), width=200, placeholder=" ...")
    return f"{type(cause).__name__}: {words}" if words else type(cause).__name__
