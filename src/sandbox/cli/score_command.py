"""`sandbox score`: judge answers that were made elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from sandbox.cli.console import AsJson, open_sandbox, out, print_json, talk
from sandbox.cli.exits import exit_code_of
from sandbox.cli.scorecard_view import show_evaluation

app = typer.Typer()


@app.command()
def score(
    context: typer.Context,
    suite: Annotated[str, typer.Argument(help="The suite whose cases were answered.")],
    answers: Annotated[
        Path,
        typer.Argument(help="JSONL, CSV or XLSX with 'case' and 'text', or a folder of CASE.txt files."),
    ],
    label: Annotated[str, typer.Option(help="A name for this round.")] = "",
    report: Annotated[bool, typer.Option(help="Write the HTML report.")] = True,
    as_json: AsJson = False,
) -> None:
    """Judge answers that were made elsewhere, such as in a chat window; no model is asked."""
    with open_sandbox(context) as sandbox:
        evaluation = sandbox.score(suite, answers, label=label)
        if as_json:
            print_json(evaluation)
        else:
            show_evaluation(evaluation, out)
        if report:
            talk.print(f"Report: {sandbox.report(evaluation)}", soft_wrap=True)
    raise typer.Exit(exit_code_of(evaluation.recommendation))
