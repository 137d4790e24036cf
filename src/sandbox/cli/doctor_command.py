"""`sandbox doctor`: see whether everything is in place."""

import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec

import typer
from rich.table import Table

from sandbox.app import Sandbox
from sandbox.cli.console import AsJson, open_sandbox, out, print_json
from sandbox.cli.exits import ExitCode
from sandbox.contracts.loading import Plugin, PluginState
from sandbox.errors import SandboxError
from sandbox.version import VERSION

app = typer.Typer()


@dataclass(frozen=True, slots=True)
class _Point:
    """One thing that was looked at."""

    what: str
    is_well: bool
    told: str


@app.command()
def doctor(
    context: typer.Context,
    as_json: AsJson = False,
) -> None:
    """See whether everything is in place: folder, prompts, suites, plugins, and the default model."""
    with open_sandbox(context) as sandbox:
        points = list(_looked_at(sandbox))
    if as_json:
        print_json([{"what": each.what, "is_well": each.is_well, "told": each.told} for each in points])
    else:
        table = Table(box=None, padding=(0, 1), show_header=False)
        for each in points:
            table.add_row("✓" if each.is_well else "✗", each.what, each.told)
        out.print(table)
    if not all(each.is_well for each in points):
        raise typer.Exit(ExitCode.INPUT)


def _looked_at(sandbox: Sandbox) -> Iterator[_Point]:
    python = f"Python {platform.python_version()} on {platform.system()}"
    yield _Point("sandbox", sys.version_info >= (3, 11), f"{VERSION}, {python}")
    yield _tried("records", lambda: _records(sandbox))
    yield _tried("prompts", lambda: ", ".join(sandbox.prompts()))
    for suite in sandbox.suites():
        yield _tried(f"suite {suite}", partial(_suite, sandbox, suite))
    yield _plugins(sandbox.registry.plugins)
    yield _model(sandbox)
    office = all(find_spec(module) for module in ("docx", "openpyxl"))
    told = "can be read and written" if office else 'not yet: pip install "lesson-sandbox[office]"'
    yield _Point("Word and Excel", is_well=True, told=told)


def _tried(what: str, look: Callable[[], str]) -> _Point:
    try:
        return _Point(what, is_well=True, told=look())
    except SandboxError as cause:
        return _Point(what, is_well=False, told=str(cause))


def _records(sandbox: Sandbox) -> str:
    with sandbox.records() as store:
        return f"{store.place} ({sum(1 for _ in store.evaluations())} evaluations)"


def _suite(sandbox: Sandbox, name: str) -> str:
    return f"{len(sandbox.suite(name).cases)} cases"


def _plugins(plugins: Sequence[Plugin]) -> _Point:
    """Those that nobody may use here are no fault, those that cannot be used are one."""
    doubted = ", ".join(plugin.name for plugin in plugins if plugin.is_in_doubt)
    blocked = ", ".join(plugin.name for plugin in plugins if plugin.state is PluginState.BLOCKED)
    said = [
        f"not used: {doubted}; see 'sandbox plugins'" if doubted else "",
        f"not allowed here: {blocked}" if blocked else "",
    ]
    return _Point("plugins", not doubted, ". ".join(filter(None, said)) or "all in use")


def _model(sandbox: Sandbox) -> _Point:
    name = sandbox.configuration.model
    try:
        card = sandbox.model_card(name)
    except SandboxError as cause:
        return _Point("default model", is_well=False, told=str(cause))
    place = "on this machine" if card.is_local else "elsewhere: texts leave this machine"
    return _Point("default model", not card.missing, told=f"{name}, {place}. {card.missing}".rstrip())
