"""Everything that the plugins brought, by name: built once, then frozen."""

import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from sandbox.contracts.check import Check
from sandbox.contracts.command import CommandSpec
from sandbox.contracts.guard import GuardSpec
from sandbox.contracts.loading import Plugin, PluginState, call_hook, rejected
from sandbox.contracts.provider import ProviderSpec
from sandbox.contracts.report import ReportFormat
from sandbox.domain.artifact import Artifact
from sandbox.errors import PluginClashError, UnknownNameError

Brought = TypeVar("Brought")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """What can be used, by name, and the plugins that it came from."""

    plugins: tuple[Plugin, ...]
    providers: Mapping[str, ProviderSpec]
    checks: Mapping[str, Check]
    guards: Mapping[str, GuardSpec]
    artifacts: Mapping[str, type[Artifact]]
    report_formats: Mapping[str, ReportFormat]
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

    def checks_for(self, artifact_type: str) -> tuple[Check, ...]:
        """The checks that apply to a type of artifact, in the order of their names."""
        return tuple(check for _, check in sorted(self.checks.items()) if check.applies_to(artifact_type))


_KINDS: Mapping[str, tuple[str, type, Callable[..., str]]] = {
    "sandbox_providers": ("provider", ProviderSpec, lambda spec: spec.name),
    "sandbox_checks": ("check", Check, lambda check: check.name),
    "sandbox_guards": ("guard", GuardSpec, lambda spec: spec.name),
    "sandbox_artifacts": ("artifact type", Artifact, lambda artifact: artifact.type_name),
    "sandbox_report_formats": ("report format", ReportFormat, lambda spec: spec.name),
    "sandbox_commands": ("command", CommandSpec, lambda spec: spec.name),
}
"""For each hook: the word for what it brings, its type, and how to name one."""


def build_registry(plugins: Iterable[Plugin]) -> Registry:
    """A registry of what the usable plugins bring. A plugin counts wholly or not at all.

    A plugin that could not be used is named in a warning and kept in `plugins` with its reason.

    Raises:
        PluginClashError: two plugins bring one name.
    """
    kept: list[Plugin] = []
    shelves: dict[str, dict[str, object]] = {hook: {} for hook in _KINDS}
    owners: dict[tuple[str, str], Plugin] = {}
    for plugin in plugins:
        try:
            used, brought = plugin, _brought_by(plugin) if plugin.state is PluginState.LOADED else {}
        except KeyboardInterrupt:
            raise
        except BaseException as cause:  # noqa: BLE001 - a stranger's hook may raise anything, or even exit
            used, brought = rejected(plugin, cause), {}
        kept.append(used)
        if used.state is not PluginState.LOADED:
            warnings.warn(f"Plugin '{used.name}' is not used: {used.reason}", stacklevel=2)
        for (hook, name), value in brought.items():
            if other := owners.get((hook, name)):
                raise _clash(_KINDS[hook][0], name, other, used)
            owners[hook, name] = used
            shelves[hook][name] = value
    frozen = {hook: MappingProxyType(shelf) for hook, shelf in shelves.items()}
    return Registry(
        plugins=tuple(kept),
        providers=frozen["sandbox_providers"],  # type: ignore[arg-type]  # _brought_by saw to the type
        checks=frozen["sandbox_checks"],  # type: ignore[arg-type]  # likewise
        guards=frozen["sandbox_guards"],  # type: ignore[arg-type]  # likewise
        artifacts=frozen["sandbox_artifacts"],  # type: ignore[arg-type]  # likewise
        report_formats=frozen["sandbox_report_formats"],  # type: ignore[arg-type]  # likewise
        commands=frozen["sandbox_commands"],  # type: ignore[arg-type]  # likewise
    )


def _brought_by(plugin: Plugin) -> dict[tuple[str, str], object]:
    """What one plugin brings, by hook and name.

    Raises:
        TypeError: it brings something of the wrong type.
        ValueError: it brings one name twice.
    """
    brought: dict[tuple[str, str], object] = {}
    for hook, (word, kind, name_of) in _KINDS.items():
        for value in call_hook(plugin, hook):
            is_class = isinstance(value, type) and issubclass(value, kind)
            if not (is_class if kind is Artifact else isinstance(value, kind)):
                raise TypeError(f"{hook} gave a {type(value).__name__} where a {word} belongs")
            if (hook, name_of(value)) in brought:
                raise ValueError(f"it brings the {word} '{name_of(value)}' twice")
            brought[hook, name_of(value)] = value
    return brought


def _clash(word: str, name: str, first: Plugin, second: Plugin) -> PluginClashError:
    owners = " and ".join(
        f"'{plugin.name}'" + (f" (package {plugin.distribution})" if plugin.distribution else "")
        for plugin in (first, second)
    )
    return PluginClashError(
        f"Two plugins bring the {word} '{name}': {owners}. Uninstall one of the packages."
    )


def _found(what: str, name: str, shelf: Mapping[str, Brought]) -> Brought:
    try:
        return shelf[name]
    except KeyError:
        raise UnknownNameError(what, name, shelf) from None
