"""`sandbox plugins`: list the plugins and what became of them."""

import warnings

import typer
from rich.table import Table

from sandbox.cli.console import AsJson, open_sandbox, out, print_json
from sandbox.contracts.loading import Plugin, PluginState

app = typer.Typer()


@app.command()
def plugins(
    context: typer.Context,
    as_json: AsJson = False,
) -> None:
    """List the plugins: what each brings, or why it is not used."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the table says it all
        with open_sandbox(context) as sandbox:
            found = sandbox.registry.plugins
    if as_json:
        print_json([_facts(plugin) for plugin in found])
        return
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for column in ("plugin", "package", "state", "brings, or why not"):
        table.add_column(column)
    for plugin in found:
        package = f"{plugin.distribution} {plugin.version}".strip() or "bundled"
        brings = ", ".join(hook.removeprefix("sandbox_").replace("_", " ") for hook in plugin.hooks)
        sign = "✓" if plugin.state is PluginState.LOADED else "✗"
        table.add_row(plugin.name, package, f"{sign} {plugin.state}", plugin.reason or brings)
    out.print(table)


def _facts(plugin: Plugin) -> dict[str, object]:
    return {
        "name": plugin.name,
        "package": plugin.distribution,
        "version": plugin.version,
        "state": plugin.state,
        "reason": plugin.reason,
        "hooks": list(plugin.hooks),
        "import_ms": round(plugin.import_seconds * 1000, 1),
    }
