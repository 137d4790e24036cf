"""`sandbox eval`: try a suite's cases on models, and judge."""

from pathlib import Path
from typing import Annotated

import typer

from sandbox.cli.console import AsJson, open_sandbox, out, print_json, talk
from sandbox.cli.exits import ExitCode, exit_code_of
from sandbox.cli.progress_view import ProgressView
from sandbox.cli.scorecard_view import show_evaluation
from sandbox.domain.scorecard import Evaluation

app = typer.Typer()


@app.command()
def evaluate(
    context: typer.Context,
    suites: Annotated[list[str], typer.Argument(help="The suites, by name or folder.")],
    models: Annotated[
        list[str], typer.Option("--model", "-m", help="provider/model to ask; may be given again.")
    ] = [],  # noqa: B006 - how Typer says that there may be none
    prompts: Annotated[
        list[str], typer.Option("--prompt", "-p", help="A prompt to try instead of the suite's own.")
    ] = [],  # noqa: B006 - how Typer says that there may be none
    limit: Annotated[int | None, typer.Option(help="Try only the first cases.")] = None,
    repeats: Annotated[int | None, typer.Option(help="How often each case is tried.", min=1)] = None,
    label: Annotated[str, typer.Option(help="A name for this round; a new one asks everything anew.")] = "",
    record: Annotated[
        Path | None, typer.Option(help="Record the answers in a cassette, to replay them later.")
    ] = None,
    report: Annotated[bool, typer.Option(help="Write the HTML report.")] = True,
    as_json: AsJson = False,
) -> None:
    """Try a suite's cases on one or more models, and judge.

    The same command goes on where it stopped: what is on record is not asked again.
    """
    found: list[Evaluation] = []
    with open_sandbox(context) as sandbox:
        for suite in suites:
            with ProgressView(talk, suite) as view:
                try:
                    evaluation = sandbox.evaluate(
                        suite,
                        prompts=prompts,
                        models=models,
                        limit=limit,
                        repeats=repeats,
                        label=label,
                        record=record,
                        watch=view.update,
                    )
                except KeyboardInterrupt:
                    view.stop()
                    talk.print(f"\nStopped. {view.done} trials are on record; the same command goes on.")
                    raise
            found.append(evaluation)
            if not as_json:
                show_evaluation(evaluation, out)
            if report:
                talk.print(f"Report: {sandbox.report(evaluation)}", soft_wrap=True)
    if as_json:
        print_json([evaluation.model_dump(mode="json") for evaluation in found])
    raise typer.Exit(_code(found))


def _code(evaluations: list[Evaluation]) -> ExitCode:
    """A model that could not be asked goes before any verdict; then the least favourable verdict counts."""
    if any(result.scorecard.stopped for each in evaluations for result in each.results):
        return ExitCode.PROVIDER
    codes = {exit_code_of(evaluation.recommendation) for evaluation in evaluations}
    order = (ExitCode.REJECT, ExitCode.HOLD, ExitCode.ADOPT)
    return next(code for code in order if code in codes)
