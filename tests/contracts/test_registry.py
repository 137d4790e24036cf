"""The registry: a plugin counts wholly or not at all, and no name has two owners."""

from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from sandbox.contracts.check import Check, passed
from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.loading import Plugin, PluginState, installed_plugins, plugin_from_module
from sandbox.contracts.registry import Registry, build_registry
from sandbox.domain.plugin_policy import PluginPolicy
from sandbox.errors import PluginClashError, PluginError, UnknownNameError
from sandbox.loaded_plugins import load_plugins
from sandbox.testing.distributions import (
    BROKEN_PLUGINS,
    CLASHING_PLUGINS,
    plugin_with_provider,
    sound_plugin,
)
from sandbox.version import DISTRIBUTION

LOADED, CLASH = PluginState.LOADED, PluginState.CLASH
ANOTHER_CHECK = """
@hookimpl
def sandbox_checks(first=sandbox_checks):
    return [*first(), make_check("{name}")]
"""


def installed(*names: str) -> Sequence[Plugin]:
    """The installed plugins of these names, without any that this machine may have beside them."""
    found = installed_plugins(PluginPolicy(allow=frozenset(names)))
    return [plugin for plugin in found if plugin.name in names]


def states(registry: Registry) -> dict[str, PluginState]:
    """What became of each plugin."""
    return {plugin.name: plugin.state for plugin in registry.plugins}


def check(name: str) -> Check:
    """A check that passes everything."""
    words = dict.fromkeys(("title", "why", "how", "mend", "source"), "-")
    return Check(name=name, version="1", run=lambda _: passed("fine"), **words)


def module(name: str, **members: object) -> ModuleType:
    """A plugin module with these members."""
    made = ModuleType(name)
    for member, value in members.items():
        setattr(made, member, value)
        if callable(value):
            value.__module__ = name
    return made


def bringing(*values: object):
    """A hook that brings these."""

    @hookimpl
    def sandbox_checks():
        return list(values)

    return sandbox_checks


def test_what_a_plugin_brings_is_found_by_name() -> None:
    """And asked for by type of artifact."""
    plugin = plugin_from_module("mine", module("mine", sandbox_checks=bringing(check("kind"))))

    registry = build_registry([plugin])

    assert registry.check("kind").name == "kind"
    assert [each.name for each in registry.checks_for("feedback")] == ["kind"]
    with pytest.raises(UnknownNameError, match="Did you mean 'kind'"):
        registry.check("kinde")


def test_nothing_can_be_changed_afterwards() -> None:
    """A registry is frozen."""
    registry = build_registry([])

    with pytest.raises(TypeError):
        registry.checks["kind"] = check("kind")  # type: ignore[index]  # that is the point


@pytest.mark.filterwarnings("ignore:Plugin '")
def test_a_name_that_two_strangers_claim_goes_to_neither(install, folder: Path) -> None:
    """Both are put aside; whoever needs to know is told both names, and the line that settles it."""
    for plugin in CLASHING_PLUGINS.values():
        plugin.install(folder)
    install("owl", sound_plugin("owl"))

    registry = build_registry(installed("owl", *CLASHING_PLUGINS))

    assert states(registry) == {"clashing_one": CLASH, "clashing_two": CLASH, "owl": LOADED}
    assert "claimed_twice" not in registry.providers
    assert list(registry.checks) == ["owl"]
    with pytest.raises(PluginClashError) as error:
        registry.insist(is_strict=False)
    assert "sandbox-clashing_one and sandbox-clashing_two both bring the provider" in str(error.value)
    assert '[plugins] prefer = { claimed_twice = "sandbox-clashing_one" }' in str(error.value)


@pytest.mark.parametrize("preferred", ["sandbox-clashing_one", "sandbox-clashing_two"])
def test_a_preferred_package_gets_the_name(folder: Path, preferred: str) -> None:
    """The other one keeps everything else that it brings, and nothing has to be settled any more."""
    for plugin in CLASHING_PLUGINS.values():
        plugin.install(folder)
    policy = PluginPolicy(prefer={"claimed_twice": preferred})

    registry = build_registry(installed(*CLASHING_PLUGINS), policy)

    registry.insist(is_strict=True)
    module = f"installed_{preferred.replace('-', '_')}"
    assert registry.provider("claimed_twice").summary == f"by {module}"
    assert set(states(registry).values()) == {LOADED}


def test_the_loser_of_a_preference_keeps_what_else_it_brings(install) -> None:
    """It loses one name, and not its other checks."""
    install("one", sound_plugin("kind") + ANOTHER_CHECK.format(name="of_one"))
    install("two", sound_plugin("kind") + ANOTHER_CHECK.format(name="of_two"))
    policy = PluginPolicy(prefer={"kind": "sandbox-one"})

    registry = build_registry(installed("one", "two"), policy)

    assert set(registry.checks) == {"kind", "of_one", "of_two"}
    assert registry.check("kind").run.__module__ == "installed_sandbox_one"


@pytest.mark.filterwarnings("ignore:Plugin '")
def test_preferring_a_package_that_claims_nothing_settles_nothing(folder: Path) -> None:
    """A misspelt preference must not choose by chance."""
    for plugin in CLASHING_PLUGINS.values():
        plugin.install(folder)
    policy = PluginPolicy(prefer={"claimed_twice": "sandbox-clashing"})

    registry = build_registry(installed(*CLASHING_PLUGINS), policy)

    assert set(states(registry).values()) == {CLASH}


@pytest.mark.filterwarnings("ignore:Plugin '")
def test_a_stranger_cannot_take_a_name_of_ours(install) -> None:
    """Ours stays, the stranger is put aside, and it is an error until somebody chooses."""
    install("thief", plugin_with_provider("openai"))

    registry = load_plugins(PluginPolicy(), installed("thief"))

    assert registry.provider("openai").summary != "by installed_sandbox_thief"
    assert states(registry) == {"bundled": LOADED, "reports": LOADED, "thief": CLASH}
    with pytest.raises(
        PluginClashError, match=f"{DISTRIBUTION} and sandbox-thief both bring the provider 'openai'"
    ):
        registry.insist(is_strict=False)


def test_a_stranger_may_be_preferred_to_ours(install) -> None:
    """Whoever wants another provider under our name can have it; all else of ours stays."""
    install("other", plugin_with_provider("openai"))
    policy = PluginPolicy(prefer={"openai": "sandbox-other"})

    registry = load_plugins(policy, installed("other"))

    registry.insist(is_strict=True)
    assert registry.provider("openai").summary == "by installed_sandbox_other"
    assert "scripted" in registry.providers
    assert "roster" in registry.guards


def test_ours_may_be_preferred_to_a_stranger(install) -> None:
    """The stranger loses the name, and is no error any more."""
    install("other", plugin_with_provider("openai"))
    policy = PluginPolicy(prefer={"openai": DISTRIBUTION})

    registry = load_plugins(policy, installed("other"))

    registry.insist(is_strict=True)
    assert registry.provider("openai").summary != "by installed_sandbox_other"


@pytest.mark.filterwarnings("ignore:Plugin '")
@pytest.mark.parametrize("name", ["raises_at_import", "gives_nothing"])
def test_a_strict_policy_makes_a_broken_plugin_an_error(folder: Path, name: str) -> None:
    """Otherwise it is a warning, and the others go on."""
    BROKEN_PLUGINS[name].install(folder)

    registry = build_registry(installed(name))

    registry.insist(is_strict=False)
    with pytest.raises(PluginError, match=rf"'{name}' \(sandbox-{name}\) cannot be used: .*uninstall it"):
        registry.insist(is_strict=True)


@pytest.mark.filterwarnings("ignore:Plugin '")
def test_a_strict_policy_minds_what_is_missing_and_not_what_is_denied(install) -> None:
    """What somebody asked for has to be there; what somebody forbade need not."""
    install("owl", sound_plugin("owl"))
    allowed = PluginPolicy(allow=frozenset({"owl"}), deny=frozenset({"owl"}))
    denied = build_registry(installed_plugins(allowed))
    missing = build_registry(installed("owl", "dodo"))

    denied.insist(is_strict=True)
    with pytest.raises(PluginError, match="'dodo'.*not installed"):
        missing.insist(is_strict=True)


def raising():
    """A hook that fails half-way."""

    @hookimpl
    def sandbox_checks():
        yield check("first")
        raise RuntimeError("half-way")

    return sandbox_checks


def leaving():
    """A hook that ends the interpreter."""

    @hookimpl
    def sandbox_checks():
        raise SystemExit(3)

    return sandbox_checks


def unmarked():
    """A hook that its author forgot to mark."""

    def sandbox_checks():
        return []

    return sandbox_checks


@hookimpl
def misspelt():
    """A hook by a name that there is not."""


@hookimpl
def demanding(nonsense):
    """A hook that asks for an argument that there is not."""


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"sandbox_checks": raising()}, "half-way"),
        ({"sandbox_checks": leaving()}, "SystemExit"),
        ({"sandbox_checks": bringing("no check")}, "gave a str where a check belongs"),
        ({"sandbox_checks": bringing(check("a"), check("a"))}, "the check 'a' twice"),
        ({"sandbox_checks": hookimpl(lambda: None)}, "should return a list, but returned NoneType"),
        ({"sandbox_checks": unmarked()}, "sandbox_checks has no @hookimpl"),
        ({"sandbox_cheks": misspelt}, "sandbox_cheks"),
        ({"sandbox_checks": demanding}, "nonsense"),
    ],
)
def test_a_broken_plugin_is_put_aside_with_its_reason(members, reason: str) -> None:
    """It is named in a warning, and the others go on."""
    broken = plugin_from_module("broken", module("broken", **members))
    sound = plugin_from_module("sound", module("sound", sandbox_checks=bringing(check("kind"))))

    with pytest.warns(UserWarning, match="Plugin 'broken' is not used"):
        registry = build_registry([broken, sound])

    assert registry.plugins[0].state is PluginState.REJECTED
    assert reason in registry.plugins[0].reason
    assert list(registry.checks) == ["kind"]
