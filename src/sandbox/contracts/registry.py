"""Everything that the plugins brought, by name: built once, then frozen."""

import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from sandbox.contracts.check import Check
from sandbox.contracts.command import CommandSpec
from sandbox.contracts.executor import ExecutorSpec
from sandbox.contracts.guard import GuardSpec
from sandbox.contracts.loading import Plugin, PluginState, call_hook, clash_in_words, rejected
from sandbox.contracts.observer import Observer
from sandbox.contracts.preparer import RequestPreparer
from sandbox.contracts.provider import ProviderSpec
from sandbox.contracts.report import ReportFormat
from sandbox.contracts.store import StoreSpec
from sandbox.contracts.template_filter import TemplateFilter
from sandbox.domain.artifact import Artifact
from sandbox.domain.plugin_policy import PluginPolicy
from sandbox.errors import PluginClashError, PluginError, UnknownNameError

Brought = TypeVar("Brought")
_Key = tuple[str, str]
"""A hook, and the name of what was brought for it."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """What can be used, by name, and the plugins that it came from."""

    plugins: tuple[Plugin, ...]
    providers: Mapping[str, ProviderSpec]
    checks: Mapping[str, Check]
    guards: Mapping[str, GuardSpec]
    artifacts: Mapping[str, type[Artifact]]
    report_formats: Mapping[str, ReportFormat]
    stores: Mapping[str, StoreSpec]
    executors: Mapping[str, ExecutorSpec]
    template_filters: Mapping[str, TemplateFilter]
    request_preparers: Mapping[str, RequestPreparer]
    observers: Mapping[str, Observer]
    commands: Mapping[str, CommandSpec]

    def provider(self, name: str) -> ProviderSpec:
        """The provider of this name.

        Raises:
            UnknownNameError: no plugin brings one.
        """
        return _found("provider", name, self.providers)

    def check(self, name: str) -> Check:
        """The check of this name.

        Raises:
            UnknownNameError: no plugin brings one.
        """
        return _found("check", name, self.checks)

    def artifact(self, type_name: str) -> type[Artifact]:
        """The artifact of this type.

        Raises:
            UnknownNameError: no plugin brings one.
        """
        return _found("artifact type", type_name, self.artifacts)

    def report_format(self, name: str) -> ReportFormat:
        """The report format of this name.

        Raises:
            UnknownNameError: no plugin brings one.
        """
        return _found("report format", name, self.report_formats)

    def store(self, scheme: str) -> StoreSpec:
        """The store for addresses with this scheme.

        Raises:
            UnknownNameError: no plugin brings one.
        """
        return _found("kind of record store", scheme, self.stores)

    def executor(self, name: str) -> ExecutorSpec:
        """The executor of this name.

        Raises:
            UnknownNameError: no plugin brings one.
        """
        return _found("executor", name, self.executors)

    def checks_for(self, artifact_type: str) -> tuple[Check, ...]:
        """The checks that apply to a type of artifact, in the order of their names."""
        return tuple(check for _, check in sorted(self.checks.items()) if check.applies_to(artifact_type))

    def insist(self, *, is_strict: bool) -> None:
        """See to it that nothing is claimed twice and, if that is asked for, that every plugin is used.

        Raises:
            PluginClashError: two plugins claim one name, and none is preferred.
            PluginError: a plugin cannot be used.
        """
        for plugin in self.plugins:
            if plugin.state is PluginState.CLASH:
                raise PluginClashError(plugin.reason)
            if is_strict and plugin.is_in_doubt:
                raise PluginError(
                    f"The plugin '{plugin.name}' ({plugin.origin}) cannot be used: {plugin.reason}. "
                    "Mend or uninstall it; the setting 'strict' makes this an error."
                )


_KINDS: Mapping[str, tuple[str, type, Callable[..., object]]] = {
    "sandbox_providers": ("provider", ProviderSpec, lambda spec: spec.name),
    "sandbox_checks": ("check", Check, lambda check: check.name),
    "sandbox_guards": ("guard", GuardSpec, lambda spec: spec.name),
    "sandbox_artifacts": ("artifact type", Artifact, lambda artifact: artifact.type_name),
    "sandbox_report_formats": ("report format", ReportFormat, lambda spec: spec.name),
    "sandbox_stores": ("store", StoreSpec, lambda spec: spec.name),
    "sandbox_executors": ("executor", ExecutorSpec, lambda spec: spec.name),
    "sandbox_template_filters": ("template filter", TemplateFilter, lambda spec: spec.name),
    "sandbox_request_preparers": ("request preparer", RequestPreparer, lambda spec: spec.name),
    "sandbox_observers": ("observer", Observer, lambda spec: spec.name),
    "sandbox_commands": ("command", CommandSpec, lambda spec: spec.name),
}
"""For each hook: the word for what it brings, its type, and how to name one."""


def build_registry(plugins: Iterable[Plugin], policy: PluginPolicy | None = None) -> Registry:
    """A registry of what the usable plugins bring. A plugin counts wholly or not at all.

    A plugin that could not be used is named in a warning and kept in `plugins` with its reason.
    """
    seen = [_asked(plugin) for plugin in plugins]
    settled = _settled(seen, (policy or PluginPolicy()).prefer)
    for plugin, _ in settled:
        if plugin.is_in_doubt:
            warnings.warn(f"Plugin '{plugin.name}' is not used: {plugin.reason}", stacklevel=2)
    shelves: dict[str, dict[str, object]] = {hook: {} for hook in _KINDS}
    for _, brought in settled:
        for (hook, name), value in brought.items():
            shelves[hook][name] = value
    frozen = {hook.removeprefix("sandbox_"): MappingProxyType(shelf) for hook, shelf in shelves.items()}
    # The names of the fields are those of the hooks, and _brought_by saw to the types.
    return Registry(plugins=tuple(plugin for plugin, _ in settled), **frozen)  # type: ignore[arg-type]


def _asked(plugin: Plugin) -> tuple[Plugin, dict[_Key, object]]:
    """A plugin with what it brings; with nothing if it is not used, or breaks the contract now."""
    if plugin.state is not PluginState.LOADED:
        return plugin, {}
    try:
        return plugin, _brought_by(plugin)
    except KeyboardInterrupt:
        raise
    except BaseException as cause:  # noqa: BLE001 - a stranger's hook may raise anything, or even exit
        return rejected(plugin, cause), {}


def _brought_by(plugin: Plugin) -> dict[_Key, object]:
    """What one plugin brings, by hook and name.

    Raises:
        TypeError: it brings something of the wrong type.
        ValueError: it brings one name twice, or a name that cannot be one.
    """
    brought: dict[_Key, object] = {}
    for hook, (word, kind, name_of) in _KINDS.items():
        for value in call_hook(plugin, hook):
            is_class = isinstance(value, type) and issubclass(value, kind)
            if not (is_class if kind is Artifact else isinstance(value, kind)):
                raise TypeError(f"{hook} gave a {type(value).__name__} where a {word} belongs")
            name = name_of(value)
            if not isinstance(name, str) or not _NAME.fullmatch(name):
                raise ValueError(
                    f"{name!r} is no name for a {word}: small letters, digits, _ and - may be used"
                )
            if (hook, name) in brought:
                raise ValueError(f"it brings the {word} '{name}' twice")
            brought[hook, name] = value
    return brought


def _settled(
    seen: list[tuple[Plugin, dict[_Key, object]]], prefer: Mapping[str, str]
) -> list[tuple[Plugin, dict[_Key, object]]]:
    """The plugins with what each may keep, after every name that several claim has been looked at.

    Of a name that is preferred for one package the others lose what they brought under it. Where no package
    is preferred, all that claim the name are put aside, save our own.
    """
    owners: dict[_Key, list[Plugin]] = {}
    for plugin, brought in seen:
        for key in brought:
            owners.setdefault(key, []).append(plugin)
    kept = {id(plugin): (plugin, dict(brought)) for plugin, brought in seen}
    for (hook, name), claimants in owners.items():
        origins = [plugin.origin for plugin in claimants]
        if len(claimants) == 1:
            continue
        if origins.count(prefer.get(name, "")) == 1:
            for loser in claimants:
                if loser.origin != prefer[name]:
                    kept[id(loser)][1].pop((hook, name), None)
            continue
        reason = clash_in_words(_KINDS[hook][0], name, origins)
        for claimant in claimants:
            if not claimant.is_bundled:
                kept[id(claimant)] = (replace(claimant, state=PluginState.CLASH, reason=reason), {})
    return list(kept.values())


def _found(what: str, name: str, shelf: Mapping[str, Brought]) -> Brought:
    try:
        return shelf[name]
    except KeyError:
        raise UnknownNameError(what, name, shelf) from None
