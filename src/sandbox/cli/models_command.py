"""`sandbox models`: list the models that can be asked."""

import typer
from rich.table import Table

from sandbox.cli.console import AsJson, open_sandbox, out, print_json

app = typer.Typer()


@app.command()
def models(
    context: typer.Context,
    as_json: AsJson = False,
) -> None:
    """List the providers, the models they name, and what to do before they can be used."""
    with open_sandbox(context) as sandbox:
        specs = sandbox.registry.providers
        default = sandbox.configuration.model
    if as_json:
        facts = [
            {"provider": name, "summary": spec.summary, "models": list(spec.models), "setup": spec.setup}
            for name, spec in sorted(specs.items())
        ]
        print_json({"default": default, "providers": facts})
        return
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for column in ("model", "what it is, and what to do first"):
        table.add_column(column)
    for name, spec in sorted(specs.items()):
        for model in spec.models or ("NAME",):
            table.add_row(f"{name}/{model}", f"{spec.summary} {spec.setup}".strip())
    out.print(table)
    out.print(f"\nAsked when none is named: {default}", style="dim")
