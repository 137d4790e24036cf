"""`sandbox export`: take the trials of an evaluation elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from sandbox.app import Sandbox
from sandbox.cli.console import AsJson, open_sandbox, print_json, talk
from sandbox.domain.scorecard import Evaluation
from sandbox.errors import InputError
from sandbox.report.exports.answer_keys import guarded_answer_keys
from sandbox.report.exports.exporting import ExportFormat, export_trials
from sandbox.report.exports.material import Material

app = typer.Typer()


@app.command()
def export(
    context: typer.Context,
    evaluation: Annotated[str, typer.Argument(help="The evaluation's id; 'sandbox report' lists them.")],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="The file; for Inspect also a folder, with a log a target."),
    ],
    format_name: Annotated[
        ExportFormat | None,
        typer.Option("--format", "-f", help="Without it, the ending of the file says which."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write every trial of an evaluation to a file for other tools: Inspect, Parquet, CSV or JSON lines.

    The file holds students' work as it was sent, after the guards, and what the models wrote: keep it as
    you keep the work itself.
    """
    with open_sandbox(context) as sandbox, sandbox.records() as store:
        found = store.evaluation(evaluation)
        material = Material(evaluation=found, store=store, answer_keys=_answer_keys(sandbox, found))
        paths, n = export_trials(material, output, format_name=format_name)
    if as_json:
        print_json({"evaluation": found.id, "trials": n, "paths": [str(path) for path in paths]})
        return
    for path in paths:
        typer.echo(path)
    talk.print(f"{n:,} trials. They hold students' work: keep the file as you keep the work itself.")


def _answer_keys(sandbox: Sandbox, evaluation: Evaluation) -> dict[str, tuple[str, ...]]:
    """The keys of the suite, if it is still the one that was evaluated."""
    try:
        loaded = sandbox.suite(evaluation.suite)
    except InputError:
        return {}
    if loaded.digest != evaluation.suite_digest:
        return {}
    return guarded_answer_keys(loaded, tuple(sandbox.registry.guards.values()))
