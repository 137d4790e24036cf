"""Tries one installed plugin in a process of its own, and tells what comes of it, a line of JSON each.

`sandbox plugins --check` runs it. By hand: `python -m sandbox.testing.installed.checking NAME`.
"""

import argparse
import json
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol

from sandbox.contracts.loading import Plugin, PluginState, installed_plugins, plugin_from_module
from sandbox.domain.plugin_policy import PluginPolicy
from sandbox.errors import InputError, SandboxError
from sandbox.pipeline.secrets import without_secrets
from sandbox.storage.plugin_table import read_plugin_policy
from sandbox.testing.conformance import BehaviourResult, Mark, behaviours, run_conformance
from sandbox.testing.installed.import_clock import ImportClock
from sandbox.testing.network import no_network
from sandbox.version import DISTRIBUTION, VERSION

if TYPE_CHECKING:  # what is imported here makes the plugin's own import look quicker than it is
    from sandbox.contracts.registry import Registry
    from sandbox.testing.installed.brought_suites import Asking

OURS = {"bundled": "sandbox.bundled.plugin", "reports": "sandbox.report.plugin"}
SLOW_SECONDS = 0.2
"""An import that takes longer is felt: every command waits for it."""
_WORTH_NAMING_SECONDS = 0.03


class Tell(Protocol):
    """Tells of one thing that happened."""

    def __call__(self, event: str, **facts: object) -> None:
        """Tell it."""
        ...


def main(argv: list[str] | None = None) -> int:
    """Try the plugin that the arguments name."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.testing.installed.checking", description=__doc__
    )
    parser.add_argument("name", help="the plugin")
    parser.add_argument("--home", type=Path, default=Path(), help="the folder with sandbox.toml")
    parser.add_argument("--ask", default="", metavar="PROVIDER/MODEL", help="really ask this model")
    arguments = parser.parse_args(argv)
    # Whatever a plugin prints must not stand between our lines.
    with os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n") as lines:
        os.dup2(2, 1)

        def tell(event: str, **facts: object) -> None:
            lines.write(without_secrets(json.dumps({"event": event, **facts})) + "\n")
            lines.flush()

        try:
            warnings.simplefilter("ignore")  # what they say of the plugin, its state says, too
            check_plugin(arguments.name, home=arguments.home, ask=arguments.ask, tell=tell)
        except SandboxError as cause:
            tell("refused", told=str(cause))
    return 0


def check_plugin(name: str, *, home: Path, ask: str = "", tell: Tell) -> None:
    """Load one plugin and try everything that it brings; the others are not even imported.

    Raises:
        InputError: what the folder says cannot be read.
    """
    policy = replace(read_plugin_policy(home), allow=frozenset({name}))
    clock = ImportClock()
    tell("importing")
    with no_network() as attempts:
        with clock.running():
            plugin = _loaded(name, policy)
        plugin, registry = _registered(plugin, policy, clock)
    tell(
        "imported",
        package=plugin.distribution,
        version=plugin.version,
        state=plugin.state,
        reason=plugin.reason,
        hooks=list(plugin.hooks),
        import_ms=round(clock.own_seconds * 1000, 1),
    )
    if plugin.state is not PluginState.BLOCKED:
        for result in _beginning(plugin, attempts, clock):
            tell("result", kind="plugin", name=name, **asdict(result))
        _try_all(registry, _asking(ask, registry, home), tell)
    tell("end")


def _loaded(name: str, policy: PluginPolicy) -> Plugin:
    if name in OURS:
        module = import_module(OURS[name])
        return plugin_from_module(name, module, distribution=DISTRIBUTION, version=VERSION, is_bundled=True)
    found = [plugin for plugin in installed_plugins(policy) if plugin.name == name]
    # Where one of two packages is preferred, the other one is blocked.
    return next((plugin for plugin in found if plugin.state is PluginState.LOADED), found[0])


def _registered(plugin: Plugin, policy: PluginPolicy, clock: ImportClock) -> "tuple[Plugin, Registry]":
    """The plugin with its state once it was asked, also beside ours; and what it brings by itself."""
    build_registry = import_module("sandbox.contracts.registry").build_registry
    load_plugins = import_module("sandbox.loaded_plugins").load_plugins
    with clock.running():
        alone: Registry = build_registry([plugin], policy)
    (asked,) = alone.plugins
    if asked.state is PluginState.LOADED and not asked.is_bundled:
        asked = load_plugins(policy, [plugin]).plugins[-1]
    return asked, alone


def _beginning(plugin: Plugin, attempts: list[str], clock: ImportClock) -> Iterator[BehaviourResult]:
    yield _result(
        "can_be_used",
        "It can be imported, and keeps to the contract of plugins.",
        "" if plugin.state is PluginState.LOADED else plugin.reason,
    )
    yield _result(
        "begins_without_the_network",
        "It reaches for nothing on the network before it is used.",
        f"It tried to reach {', '.join(dict.fromkeys(attempts))}. Do so when it is first used."
        if attempts
        else "",
    )
    slow = ""
    if clock.own_seconds > SLOW_SECONDS:
        heavy = ", ".join(clock.slowest(at_least_seconds=_WORTH_NAMING_SECONDS)[:6])
        slow = (
            f"It took {clock.own_seconds * 1000:.0f} ms, most of it in {heavy or 'the plugin itself'}. "
            "Import what is big with importlib.import_module when it is first needed."
        )
    yield _result(
        "begins_at_once", "It is imported and asked within 200 ms: every command waits for it.", slow
    )


def _result(behaviour: str, sentence: str, told: str) -> BehaviourResult:
    mark = Mark.BROKEN if told else Mark.KEPT
    return BehaviourResult(behaviour=behaviour, sentence=sentence, mark=mark, told=told)


def _asking(model: str, registry: "Registry", home: Path) -> "Asking | None":
    """The model to ask, if the plugin brings its provider."""
    provider, _, name = model.partition("/")
    if provider not in registry.providers:
        return None
    configuration = import_module("sandbox.storage.configuration").read_configuration(home)
    options = configuration.providers.get(provider, {})
    if configuration.only_local:
        built = registry.providers[provider].build(options)
        if not built.describe(name).is_local:
            raise InputError(f"only_local in sandbox.toml forbids to ask '{model}'.")
    asking: Callable[..., Asking] = import_module("sandbox.testing.installed.brought_suites").Asking
    return asking(provider=provider, model=name, options=options)


def _try_all(registry: "Registry", ask: "Asking | None", tell: Tell) -> None:
    """Try each thing that it brings, and tell of each behaviour before and after."""
    brought: Any = import_module("sandbox.testing.installed.brought_suites")
    for each in brought.brought_suites(registry, ask=ask):
        tell("trying", kind=each.kind, name=each.name, asks=each.asks)
        results = run_conformance(each.suite)
        for behaviour in behaviours(each.suite):
            sentence = (getattr(each.suite, behaviour).__doc__ or behaviour).strip().splitlines()[0]
            tell("showing", behaviour=behaviour.removeprefix("test_"), sentence=sentence)
            started = perf_counter()
            result = next(results)
            seconds = round(perf_counter() - started, 3)
            tell("result", kind=each.kind, name=each.name, seconds=seconds, **asdict(result))


if __name__ == "__main__":
    sys.exit(main())
