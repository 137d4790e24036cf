"""The list of plugins in the terminal: what each brings, and what to do about those that are in doubt."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sandbox.contracts.loading import Plugin, PluginState

SLOW_MS = 200
"""What every command waits for, and people notice."""
_ROOM_FOR_WORDS = 34
"""Columns that a sentence needs in order to be read."""
_HEADINGS = ("plugin", "package", "state", "import")
_SIGNS = {PluginState.LOADED: ("✓", "green"), PluginState.BLOCKED: ("–", "dim")}


def import_ms(plugin: Plugin) -> float:
    """How long the plugin's import took."""
    return round(plugin.import_seconds * 1000, 1)


def show_plugins(plugins: Sequence[Plugin], console: Console) -> None:
    """Print the list; where there is no room for a column of sentences, they stand below each line."""
    rows = [[Text(heading, "bold") for heading in _HEADINGS], *map(_cells, plugins)]
    words = ["brings, or why not and what next", *map(_words, plugins)]
    widths = [max(len(cell.plain) for cell in column) for column in zip(*rows, strict=True)]
    has_room = sum(widths) + 2 * len(widths) + _ROOM_FOR_WORDS <= console.width
    grid = Table.grid(padding=(0, 2, 0, 0))
    if sum(widths) + 2 * len(widths) > console.width:
        widths = [0] * len(widths)
    for row, told in zip(rows, words, strict=True):
        cells = [_filled(cell, width) for cell, width in zip(row, widths, strict=True)]
        if has_room:
            grid.add_row(*cells, Text(told, "bold" if row is rows[0] else ""))
            continue
        console.print(Text("  ").join(cells))
        if row is not rows[0]:
            console.print(Padding(Text(told), (0, 1, 0, 3)))
    if has_room:
        console.print(grid)


def next_step(plugin: Plugin) -> str:
    """What to do about a plugin that is in doubt, or slow; empty if nothing."""
    if plugin.is_in_doubt:
        return _mended(plugin)
    if import_ms(plugin) > SLOW_MS:
        return (
            f"Every command waits {import_ms(plugin):.0f} ms for its import. Tell its author: what is big "
            "should be imported when it is first needed."
        )
    return ""


def _cells(plugin: Plugin) -> tuple[Text, Text, Text, Text]:
    sign, style = _SIGNS.get(plugin.state, ("✗", "red"))
    package = f"{plugin.distribution} {plugin.version}".strip() or "–"
    taken = import_ms(plugin)
    seconds = Text(f"{taken:.0f} ms" if taken else "–")
    if taken > SLOW_MS:
        seconds = Text(f"! {taken:.0f} ms", "yellow")
    return Text(plugin.name), Text(package), Text(f"{sign} {plugin.state}", style), seconds


def _filled(cell: Text, width: int) -> Text:
    filled = cell.copy()
    filled.pad_right(max(0, width - len(cell.plain)))
    return filled


def _words(plugin: Plugin) -> str:
    brings = ", ".join(hook.removeprefix("sandbox_").replace("_", " ") for hook in plugin.hooks)
    step = next_step(plugin)
    return (plugin.reason or brings or "nothing") + (f"\n→ {step}" if step else "")


def _mended(plugin: Plugin) -> str:
    away = f"pip uninstall {plugin.origin}"
    match plugin.state:
        case PluginState.MISSING:
            return "Install it, or take its name out of SANDBOX_PLUGINS, or of allow in sandbox.toml."
        case PluginState.CLASH:
            return "Nothing of it is used until one of them has the name."
        case PluginState.IMPORT_ERROR if plugin.reason.startswith("ModuleNotFoundError"):
            return f"Install what it needs, or do without it: {away}"
        case _:
            return (
                f"Update it, or tell its author what 'sandbox plugins --check {plugin.name}' says. "
                f"Or do without it: {away}"
            )
