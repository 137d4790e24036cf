"""The registry: a plugin counts wholly or not at all, and no name has two owners."""

from types import ModuleType

import pytest

from sandbox.contracts.check import Check, passed
from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.loading import PluginState, plugin_from_module
from sandbox.contracts.registry import build_registry
from sandbox.errors import PluginClashError, UnknownNameError


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


def test_two_owners_of_one_name_are_an_error_that_names_both() -> None:
    """Neither wins silently."""
    plugins = [
        plugin_from_module(name, module(name, sandbox_checks=bringing(check("kind"))))
        for name in ("one", "two")
    ]

    with pytest.raises(PluginClashError, match="the check 'kind': 'one' and 'two'"):
        build_registry(plugins)


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
