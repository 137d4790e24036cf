"""`sandbox checks`: list the checks, explain one, calibrate one, or write a page about each."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from sandbox.cli.calibrate_options import calibrate
from sandbox.cli.console import AsJson, open_sandbox, out, print_json, talk
from sandbox.contracts.check import Check
from sandbox.contracts.late import late
from sandbox.domain.judging import Judge
from sandbox.domain.rendering import to_text
from sandbox.domain.standing import Standing
from sandbox.evaluation.measured import card_of, measured

app = typer.Typer()
app.command()(calibrate)

_check_document = late("sandbox.report.check_page:check_document")
_write_check_pages = late("sandbox.report.check_page:write_check_pages")

_STYLES = {Standing.PEOPLE: "green", Standing.CONSTRUCTION: "green", Standing.UNCALIBRATED: "yellow"}


@app.command("list")
def list_checks(context: typer.Context, as_json: AsJson = False) -> None:
    """List the checks, the artifacts that they look at, and whether a decision may rest on them."""
    with open_sandbox(context) as sandbox:
        checks, judges = sandbox.registry.checks, sandbox.judges()
    if as_json:
        facts = [_facts(checks[name]) for name in sorted(checks)]
        print_json([*facts, *(_judge_facts(judge) for judge in judges.values())])
        return
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for column in ("check", "looks at", "standing", "what is true of an answer that passes"):
        table.add_column(column, no_wrap=column in {"check", "standing"})
    standings = {name: measured(checks[name]).standing for name in sorted(checks)}
    for name, standing in standings.items():
        cell = f"[{_STYLES[standing]}]{standing.value}[/]"
        table.add_row(name, ", ".join(checks[name].artifacts) or "everything", cell, checks[name].title)
    for name, judge in judges.items():
        looks_at = ", ".join(judge.artifacts) or "everything"
        table.add_row(name, looks_at, "[yellow]asks a model[/]", judge.title)
    out.print(table)
    if Standing.UNCALIBRATED in standings.values():
        talk.print("An uncalibrated check may warn, but no decision may rest on it.", style="dim")


@app.command()
def explain(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The check, or the judge.")],
    as_json: AsJson = False,
) -> None:
    """Explain a check: why it matters, how it works, how to mend what it finds, and what was measured."""
    with open_sandbox(context) as sandbox:
        judge = sandbox.judges().get(name)
        check = None if judge else sandbox.registry.check(name)
    if judge is not None:
        if as_json:
            print_json(_judge_facts(judge))
        else:
            out.print(to_text(judge.document()), markup=False)
    elif check is not None:
        _explain_check(check, as_json=as_json)


def _explain_check(check: Check, *, as_json: bool) -> None:
    if as_json:
        print_json(_facts(check) | {"card": _card(check)})
        return
    out.print(to_text(_check_document(check)), markup=False)


@app.command("docs")
def write_docs(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="The folder to write to.")],
) -> None:
    """Write a Markdown page about each check, and a table of all of them."""
    with open_sandbox(context) as sandbox:
        paths = _write_check_pages(sandbox.registry.checks, folder)
    talk.print(f"{len(paths)} pages written to {folder}.", markup=False)


def _judge_facts(judge: Judge) -> dict[str, object]:
    standing = Standing.UNCALIBRATED.value
    return judge.model_dump(mode="json") | {"standing": standing, "asks_a_model": True}


def _facts(check: Check) -> dict[str, object]:
    names = ("name", "version", "title", "why", "how", "mend", "source", "limits", "needs_artifact")
    known = measured(check)
    return {name: getattr(check, name) for name in names} | {
        "artifacts": list(check.artifacts),
        "standing": known.standing.value,
        "measured": known.words,
    }


def _card(check: Check) -> object:
    if not measured(check).standing.may_gate:
        return None
    card = card_of(check)
    return None if card is None else card.model_dump(mode="json")
