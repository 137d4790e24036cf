"""`sandbox eval`: try a suite's cases on models, and judge."""

import sys
from dataclasses import dataclass
from functools import partial
from math import inf
from pathlib import Path
from typing import Annotated

import typer

from sandbox.app import Sandbox
from sandbox.cli.console import AsJson, open_sandbox, out, print_json, talk
from sandbox.cli.event_lines import EventLines
from sandbox.cli.exits import ExitCode, exit_code_of
from sandbox.cli.holdups import Holdups
from sandbox.cli.progress_view import watch_progress
from sandbox.cli.scorecard_view import show_evaluation
from sandbox.cli.watched_evaluation import Evaluate, evaluate_watched
from sandbox.domain.budget import Budget
from sandbox.domain.scorecard import Evaluation
from sandbox.evaluation.evaluating import needs_cap_above

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
    judges: Annotated[
        list[str], typer.Option("--judge", "-j", help="provider/model that answers for the suite's judges.")
    ] = [],  # noqa: B006 - how Typer says that there may be none
    limit: Annotated[int | None, typer.Option(help="Try only the first cases.")] = None,
    repeats: Annotated[int | None, typer.Option(help="How often each case is tried.", min=1)] = None,
    label: Annotated[str, typer.Option(help="A name for this round; a new one asks everything anew.")] = "",
    record: Annotated[
        Path | None, typer.Option(help="Record the answers in a cassette, to replay them later.")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Replay a cassette: no key, no network, nobody is asked.")
    ] = None,
    max_cost: Annotated[
        float | None, typer.Option(help="Stop before more dollars than this are spent.", min=0.01)
    ] = None,
    max_calls: Annotated[int | None, typer.Option(help="Stop after so many calls.", min=1)] = None,
    max_tokens: Annotated[
        int | None, typer.Option(help="Stop before more tokens than this.", min=1)
    ] = None,
    max_minutes: Annotated[
        float | None, typer.Option(help="Begin no call after so long.", min=0.01)
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Go on without asking, whatever it costs.")
    ] = False,
    report: Annotated[bool, typer.Option(help="Write the HTML report.")] = True,
    as_json: AsJson = False,
) -> None:
    """Try a suite's cases on one or more models, and judge.

    The same command goes on where it stopped: what is on record is not asked again.
    """
    caps = {"cost_usd": max_cost, "calls": max_calls, "tokens": max_tokens, "minutes": max_minutes}
    holdups = Holdups()
    lines = EventLines(sys.stderr) if as_json else None
    found: list[Evaluation] = []
    with open_sandbox(context, observers=[lines.observer if lines else holdups.observer]) as sandbox:
        named = {name: cap for name, cap in caps.items() if cap is not None}
        asked = Asked(
            budget=sandbox.configuration.budget.model_copy(update=named),
            confirm_above_usd=inf if yes else sandbox.configuration.confirm_above_usd,
        )
        for suite in suites:
            evaluate_suite = partial(
                sandbox.evaluate,
                suite,
                prompts=prompts,
                models=models,
                judges=judges,
                limit=limit,
                repeats=repeats,
                label=label,
                record=record,
                replay=replay,
                budget=asked.budget,
            )
            evaluation = _evaluated(evaluate_suite, suite, asked, lines)
            found.append(evaluation)
            if report:
                _write_report(sandbox, evaluation, lines)
    if as_json:
        print_json([evaluation.model_dump(mode="json") for evaluation in found])
    elif words := holdups.words():
        talk.print(words, markup=False)
    raise typer.Exit(_code(found))


@dataclass(frozen=True, slots=True)
class Asked:
    """What may be spent, and above what a person is asked first."""

    budget: Budget
    confirm_above_usd: float


def _evaluated(evaluate_suite: Evaluate, suite: str, asked: Asked, lines: EventLines | None) -> Evaluation:
    if lines is not None:
        with lines:
            confirm = needs_cap_above(asked.confirm_above_usd, asked.budget)
            return evaluate_suite(confirm=confirm, watch=lines.update)
    with watch_progress(talk, suite) as view:
        evaluation = evaluate_watched(
            evaluate_suite,
            view,
            talk,
            budget=asked.budget,
            confirm_above_usd=asked.confirm_above_usd,
        )
    show_evaluation(evaluation, out)
    return evaluation


def _write_report(sandbox: Sandbox, evaluation: Evaluation, lines: EventLines | None) -> None:
    path = sandbox.report(evaluation)
    if lines is not None:
        lines.note("report_written", path=str(path))
    else:
        talk.print(f"Report: {path}", soft_wrap=True)


def _code(evaluations: list[Evaluation]) -> ExitCode:
    """A model that could not be asked goes before any verdict; then the least favourable verdict counts."""
    if any(result.scorecard.stopped for each in evaluations for result in each.results):
        return ExitCode.PROVIDER
    codes = {exit_code_of(evaluation.recommendation) for evaluation in evaluations}
    order = (ExitCode.REJECT, ExitCode.HOLD, ExitCode.ADOPT)
    return next(code for code in order if code in codes)
