"""Finding the installed plugins: each is loaded by itself, so that a broken one takes nothing down."""

import inspect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.metadata import EntryPoint, entry_points
from itertools import groupby
from textwrap import shorten
from time import perf_counter
from types import ModuleType

import pluggy

from sandbox.contracts import hookspecs
from sandbox.domain.plugin_policy import PluginPolicy

HOOKS = tuple(name for name in vars(hookspecs) if name.startswith("sandbox_"))


class PluginState(StrEnum):
    """What became of a plugin."""

    LOADED = "loaded"
    IMPORT_ERROR = "import error"
    REJECTED = "rejected"
    """It breaks the contract."""
    CLASH = "clash"
    """It claims a name that another one claims, too."""
    BLOCKED = "blocked"
    """It may not be used here, and was not imported."""
    MISSING = "missing"
    """It is allowed by name, but not installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """An installed plugin: what became of it, and its module if it could be used."""

    name: str
    distribution: str
    version: str
    state: PluginState = PluginState.LOADED
    reason: str = ""
    hooks: tuple[str, ...] = ()
    import_seconds: float = 0
    module: ModuleType | None = None
    is_bundled: bool = False
    """Whether it is one of our own, which nobody can put aside."""

    @property
    def is_in_doubt(self) -> bool:
        """Whether somebody should look at it: it is not used, and nobody asked for that."""
        return self.state not in {PluginState.LOADED, PluginState.BLOCKED}

    @property
    def origin(self) -> str:
        """The package that it comes in, or its own name if it comes in none."""
        return self.distribution or self.name


def installed_plugins(policy: PluginPolicy | None = None) -> tuple[Plugin, ...]:
    """Every plugin that an installed distribution names in the group `sandbox`, by name."""
    policy = policy or PluginPolicy()
    found = sorted(
        entry_points(group=hookspecs.ENTRY_POINT_GROUP),
        key=lambda entry: (entry.name, _distribution(entry)),
    )
    plugins = [
        plugin
        for name, entries in groupby(found, key=lambda entry: entry.name)
        for plugin in _of_one_name(name, list(entries), policy)
    ]
    absent = (policy.allow or frozenset()) - {entry.name for entry in found}
    plugins += [
        Plugin(
            name=name,
            distribution="",
            version="",
            state=PluginState.MISSING,
            reason="it is allowed by name, but not installed",
        )
        for name in sorted(absent)
    ]
    return tuple(plugins)


def plugin_from_module(
    name: str, module: ModuleType, *, distribution: str = "", version: str = "", is_bundled: bool = False
) -> Plugin:
    """A plugin made of a module at hand, such as our own."""
    plugin = Plugin(name=name, distribution=distribution, version=version, is_bundled=is_bundled)
    return _checked(plugin, module)


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else ""


def _of_one_name(name: str, entries: Sequence[EntryPoint], policy: PluginPolicy) -> Iterable[Plugin]:
    """The plugins of one name: mostly one; of several none is used unless one is preferred."""
    preferred = policy.prefer.get(name)
    packages = [_distribution(entry) for entry in entries]
    for entry, package in zip(entries, packages, strict=True):
        plugin = Plugin(name=name, distribution=package, version=entry.dist.version if entry.dist else "")
        if forbidden := policy.forbids(name):
            yield replace(plugin, state=PluginState.BLOCKED, reason=forbidden)
        elif len(entries) == 1 or package == preferred:
            yield _load(plugin, entry)
        elif preferred in packages:
            reason = f"prefer in sandbox.toml gives the name to {preferred}"
            yield replace(plugin, state=PluginState.BLOCKED, reason=reason)
        else:
            reason = clash_in_words("plugin", name, packages)
            yield replace(plugin, state=PluginState.CLASH, reason=reason)


def clash_in_words(word: str, name: str, origins: Sequence[str]) -> str:
    """Who claims the same name, and what to do."""
    return (
        f"{' and '.join(origins)} both bring the {word} '{name}'. Uninstall one of them, or say in "
        f'sandbox.toml which one gets the name: [plugins] prefer = {{ {name} = "{origins[0]}" }}'
    )


def _load(plugin: Plugin, entry: EntryPoint) -> Plugin:
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
        return _rejected(plugin, "the entry point names no module")
    wanted = getattr(module, "SANDBOX_PLUGIN_API", hookspecs.API_VERSION)
    if wanted != hookspecs.API_VERSION:
        return _rejected(plugin, f"it needs plugin API {wanted}; this sandbox has {hookspecs.API_VERSION}")
    hooks = []
    for name, function in inspect.getmembers(module, inspect.isfunction):
        mark = getattr(function, "sandbox_impl", None)
        if name in HOOKS and mark:
            hooks.append(name)
        elif mark and mark["optionalhook"]:
            continue  # it knows that not every version has this hook
        elif mark:
            return _rejected(plugin, f"{name} is no hook; there are {', '.join(HOOKS)}")
        elif name.startswith("sandbox_") and function.__module__ == module.__name__:
            return _rejected(plugin, f"{name} has no @hookimpl, so it would never be called")
    try:
        _fresh_manager().register(module, plugin.name)
    except (pluggy.PluginValidationError, ValueError) as cause:
        return _rejected(plugin, _said(cause))
    return replace(plugin, hooks=tuple(hooks), module=module)


def _fresh_manager() -> pluggy.PluginManager:
    """A manager that knows nothing but our hooks, so that one plugin cannot disturb another."""
    manager = pluggy.PluginManager("sandbox")
    manager.add_hookspecs(hookspecs)
    return manager


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
    return _rejected(plugin, _said(cause))


def _rejected(plugin: Plugin, reason: str) -> Plugin:
    return replace(plugin, state=PluginState.REJECTED, reason=reason)


def _said(cause: BaseException) -> str:
    words = shorten(str(cause), width=200, placeholder=" ...")
    return f"{type(cause).__name__}: {words}" if words else type(cause).__name__
