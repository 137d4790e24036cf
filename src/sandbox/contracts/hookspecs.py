"""The whole contract with plugins: eleven hooks. Each returns what the plugin brings; none may be slow.

A plugin is a module named by an entry point of the group `sandbox`. It implements the hooks it needs, and
none of them takes an argument:

    from sandbox.contracts.hookspecs import hookimpl

    @hookimpl
    def sandbox_checks():
        return [my_check]

A page for each hook stands in `docs/plugins/`, with an example that is run as a test.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:  # a plugin's module is imported for `--help`, and must not bring pydantic along
    from sandbox.contracts.check import Check
    from sandbox.contracts.command import CommandSpec
    from sandbox.contracts.executor import ExecutorSpec
    from sandbox.contracts.guard import GuardSpec
    from sandbox.contracts.observer import Observer
    from sandbox.contracts.preparer import RequestPreparer
    from sandbox.contracts.provider import ProviderSpec
    from sandbox.contracts.report import ReportFormat
    from sandbox.contracts.store import StoreSpec
    from sandbox.contracts.template_filter import TemplateFilter
    from sandbox.domain.artifact import Artifact

ENTRY_POINT_GROUP = "sandbox"
API_VERSION = 1
"""The version of this contract; a plugin that says `SANDBOX_PLUGIN_API = 2` is not used."""

hookspec = pluggy.HookspecMarker("sandbox")
hookimpl = pluggy.HookimplMarker("sandbox")


@hookspec
def sandbox_providers() -> "Iterable[ProviderSpec]":  # type: ignore[empty-body]  # pluggy wants no body
    """The providers that this plugin brings; each asks the models of one service."""


@hookspec
def sandbox_checks() -> "Iterable[Check]":  # type: ignore[empty-body]  # pluggy wants no body
    """The checks that this plugin brings; each looks at every answer of the artifact types it names."""


@hookspec
def sandbox_guards() -> "Iterable[GuardSpec]":  # type: ignore[empty-body]  # pluggy wants no body
    """The guards that this plugin brings; every guard is asked before every call, and any can refuse it."""


@hookspec
def sandbox_artifacts() -> "Iterable[type[Artifact]]":  # type: ignore[empty-body]  # pluggy wants no body
    """The types of artifact that this plugin brings, for prompts to name."""


@hookspec
def sandbox_report_formats() -> "Iterable[ReportFormat]":  # type: ignore[empty-body]  # pluggy wants no body
    """The report formats that this plugin brings."""


@hookspec
def sandbox_stores() -> "Iterable[StoreSpec]":  # type: ignore[empty-body]  # pluggy wants no body
    """The stores that this plugin brings; `records` in `sandbox.toml` chooses one by its scheme."""


@hookspec
def sandbox_executors() -> "Iterable[ExecutorSpec]":  # type: ignore[empty-body]  # pluggy wants no body
    """The executors that this plugin brings; `executor` in `sandbox.toml` chooses one by its name."""


@hookspec
def sandbox_template_filters() -> "Iterable[TemplateFilter]":  # type: ignore[empty-body]  # pluggy wants no body
    """The filters that this plugin brings for the templates of prompts."""


@hookspec
def sandbox_request_preparers() -> "Iterable[RequestPreparer]":  # type: ignore[empty-body]  # likewise
    """The request preparers that this plugin brings; each sees every request before the guards do."""


@hookspec
def sandbox_observers() -> "Iterable[Observer]":  # type: ignore[empty-body]  # pluggy wants no body
    """The observers that this plugin brings; each is told what happens, and can change or stop nothing."""


@hookspec
def sandbox_commands() -> "Iterable[CommandSpec]":  # type: ignore[empty-body]  # pluggy wants no body
    """The commands that this plugin adds to `sandbox`."""
