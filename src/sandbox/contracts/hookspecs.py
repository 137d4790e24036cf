"""The whole contract with plugins: six hooks. Each returns what the plugin brings; none may be slow.

A plugin is a module named by an entry point of the group `sandbox`. It implements the hooks it needs:

    from sandbox.contracts.hookspecs import hookimpl

    @hookimpl
    def sandbox_checks():
        return [my_check]
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:  # a plugin's module is imported for `--help`, and must not bring pydantic along
    from sandbox.contracts.check import Check
    from sandbox.contracts.command import CommandSpec
    from sandbox.contracts.guard import GuardSpec
    from sandbox.contracts.provider import ProviderSpec
    from sandbox.contracts.report import ReportFormat
    from sandbox.domain.artifact import Artifact

ENTRY_POINT_GROUP = "sandbox"

hookspec = pluggy.HookspecMarker("sandbox")
hookimpl = pluggy.HookimplMarker("sandbox")


@hookspec
def sandbox_providers() -> "Iterable[ProviderSpec]":  # type: ignore[empty-body]  # pluggy wants no body
    """The providers that this plugin brings."""


@hookspec
def sandbox_checks() -> "Iterable[Check]":  # type: ignore[empty-body]  # pluggy wants no body
    """The checks that this plugin brings."""


@hookspec
def sandbox_guards() -> "Iterable[GuardSpec]":  # type: ignore[empty-body]  # pluggy wants no body
    """The guards that this plugin brings; every guard is asked before every call."""


@hookspec
def sandbox_artifacts() -> "Iterable[type[Artifact]]":  # type: ignore[empty-body]  # pluggy wants no body
    """The types of artifact that this plugin brings."""


@hookspec
def sandbox_report_formats() -> "Iterable[ReportFormat]":  # type: ignore[empty-body]  # pluggy wants no body
    """The report formats that this plugin brings."""


@hookspec
def sandbox_commands() -> "Iterable[CommandSpec]":  # type: ignore[empty-body]  # pluggy wants no body
    """The commands that this plugin adds to `sandbox`."""
