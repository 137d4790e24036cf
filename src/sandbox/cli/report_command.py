"""`sandbox report`: write a report, or list the evaluations on record."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from sandbox.app import Sandbox
from sandbox.cli.console import AsJson, open_sandbox, out, print_json
from sandbox.cli.symbols import RECOMMENDATIONS

app = typer.Typer()


@app.command()
def report(
    context: typer.Context,
    evaluation: Annotated[
        str, typer.Argument(help="The evaluation's id; without it, all are listed.")
    ] = "",
    format_name: Annotated[
        str, typer.Option("--format", "-f", help="html, markdown, json, csv, junit, or a plugin's.")
    ] = "html",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where to write it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write a report, or list the evaluations on record."""
    with open_sandbox(context) as sandbox:
        if not evaluation:
            _list(sandbox, as_json=as_json)
            return
        path = sandbox.report(evaluation, format_name=format_name, path=output)
    if as_json:
        print_json({"evaluation": evaluation, "path": str(path)})
    else:
        typer.echo(path)


def _list(sandbox: Sandbox, *, as_json: bool) -> None:
    with sandbox.records() as store:
        if as_json:
            print_json([evaluation.model_dump(mode="json") for evaluation in store.evaluations()])
            return
        table = Table(box=None, padding=(0, 1), header_style="bold")
        for name in ("evaluation", "started", "label", "verdict"):
            table.add_column(name)
        for evaluation in store.evaluations():
            started = f"{evaluation.started_at:%Y-%m-%d %H:%M}"
            verdict = RECOMMENDATIONS[evaluation.recommendation] if evaluation.results else "unfinished"
            table.add_row(evaluation.id, started, evaluation.label, verdict)
    out.print(table if table.rows else "No evaluation is on record here. 'sandbox eval SUITE' makes one.")
