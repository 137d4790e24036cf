"""`sandbox plugin`: begin a plugin of your own."""

from pathlib import Path
from typing import Annotated

import typer

from sandbox.cli.console import AsJson, print_json, talk
from sandbox.plugin_scaffold import PluginKind, begin_plugin

app = typer.Typer(no_args_is_help=True)


@app.callback()
def plugin() -> None:
    """Begin a plugin of your own; 'sandbox plugins' lists those that are installed."""


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Its name: small letters, digits and _.")],
    kind: Annotated[PluginKind, typer.Option("--kind", "-k", help="What it brings.")],
    folder: Annotated[
        Path, typer.Option("--folder", "-f", help="Where its own folder is made.", file_okay=False)
    ] = Path(),
    as_json: AsJson = False,
) -> None:
    """Write a package with tests that pass, and one thing to fill in."""
    made, *files = begin_plugin(name, kind, beside=folder)
    if as_json:
        print_json({"folder": str(made), "files": [str(path) for path in files]})
        return
    for path in files:
        typer.echo(str(path))
    talk.print(
        f"\nNext:\n  pip install -e '{made}\\[test]'\n  python -m pytest {made}\n"
        f"  sandbox plugins --check {name}\nThe README in it says what to fill in."
    )
