"""The commands that plugins bring: looked for only when they are needed, and without what is heavy."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from sandbox.contracts.command import CommandSpec
from sandbox.contracts.loading import Plugin, call_hook, clash_in_words, installed_plugins
from sandbox.domain.plugin_policy import PluginPolicy
from sandbox.errors import FAULTS, FileError, PluginClashError, PluginError
from sandbox.storage.plugin_table import read_plugin_policy

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtCommand:
    """A command that one plugin brings; of several that bring it, the one that is preferred."""

    spec: CommandSpec
    plugin: Plugin

    def open(self) -> typer.Typer:
        """The application that the plugin makes.

        Raises:
            PluginError: it makes none that works.
        """
        try:
            app: object = self.spec.build()
            if not isinstance(app, typer.Typer):
                raise TypeError(f"build gave a {type(app).__name__} where a typer.Typer belongs")
            typer.main.get_command(app)
        except FAULTS as cause:
            raise self.failed("cannot be used", cause) from cause
        return app

    def failed(self, how: str, cause: BaseException) -> PluginError:
        """What to say of a command that did not do what it should."""
        words = f"{type(cause).__name__}: {cause}".rstrip(": ")
        return PluginError(
            f"The command '{self.spec.name}' of the plugin '{self.plugin.name}' ({self.plugin.origin}) "
            f"{how}: {words}. Update the plugin, or tell its author."
        )


def brought_commands(home: Path, word: str, *, taken: Sequence[str]) -> Mapping[str, BroughtCommand]:
    """The commands of the plugins that may be used here, by name; `word` is what was asked for.

    A plugin that cannot be used brings none: `sandbox plugins` tells of it. Our own names are `taken`.

    Raises:
        FileError: `word` may be a plugin's, but what the folder says of plugins cannot be read.
        PluginClashError: several plugins bring `word`, and none is preferred.
    """
    try:
        policy = read_plugin_policy(home)
    except FileError:
        if word:
            raise
        return {}  # nobody knows what is denied; the next command will tell of the file
    plugins = installed_plugins(policy)
    claims: dict[str, list[BroughtCommand]] = {}
    for plugin in plugins:
        for spec in _given(plugin):
            if spec.name not in taken:
                claims.setdefault(spec.name, []).append(BroughtCommand(spec=spec, plugin=plugin))
    found = {name: _winners(name, several, policy) for name, several in claims.items()}
    if len(found.get(word, [])) > 1:
        raise PluginClashError(
            clash_in_words("command", word, [each.plugin.origin for each in found[word]])
        )
    doubted = ", ".join(plugin.name for plugin in plugins if plugin.is_in_doubt)
    if word and word not in found and doubted:
        typer.echo(f"Note: not used: {doubted}; 'sandbox plugins' says why.", err=True)
    return {name: several[0] for name, several in found.items() if len(several) == 1}


def _given(plugin: Plugin) -> list[CommandSpec]:
    try:
        specs = [spec for spec in call_hook(plugin, "sandbox_commands") if isinstance(spec, CommandSpec)]
        return [spec for spec in specs if _NAME.fullmatch(spec.name)]
    except FAULTS:
        return []


def _winners(name: str, several: list[BroughtCommand], policy: PluginPolicy) -> list[BroughtCommand]:
    preferred = [each for each in several if each.plugin.origin == policy.prefer.get(name)]
    return preferred if len(preferred) == 1 else several
