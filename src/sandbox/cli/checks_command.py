"""`sandbox checks`: list the checks, or explain one."""

from typing import Annotated

import typer
from rich.table import Table

from sandbox.cli.console import AsJson, open_sandbox, out, print_json
from sandbox.contracts.check import Check

app = typer.Typer()


@app.command("list")
def list_checks(context: typer.Context, as_json: AsJson = False) -> None:
    """List the checks and the artifacts that they look at."""
    with open_sandbox(context) as sandbox:
        checks = sandbox.registry.checks
    if as_json:
        print_json([_facts(checks[name]) for name in sorted(checks)])
        return
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for column in ("check", "looks at", "what is true of an answer that passes"):
        table.add_column(column)
    for name in sorted(checks):
        table.add_row(name, _looks_at(checks[name]), checks[name].title)
    out.print(table)


@app.command()
def explain(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The check.")],
    as_json: AsJson = False,
) -> None:
    """Explain a check: why it matters, how it works, how to mend what it finds."""
    with open_sandbox(context) as sandbox:
        check = sandbox.registry.check(name)
    if as_json:
        print_json(_facts(check))
        return
    out.print(f"[bold]{check.name} {check.version}[/bold]  {check.title}\n")
    parts = {
        "Looks at": _looks_at(check),
        "Why it matters": check.why,
        "How it works": check.how,
        "How to mend the prompt": check.mend,
        "Where the rule comes from": check.source,
        "What it cannot see": check.limits or "nothing known",
        "Agreement with people": "not measured yet: there is no calibration card",
    }
    for heading, text in parts.items():
        out.print(f"[bold]{heading}[/bold]")
        out.print(f"{text}\n", markup=False)


def _looks_at(check: Check) -> str:
    return ", ".join(check.artifacts) or "everything"


def _facts(check: Check) -> dict[str, object]:
    names = ("name", "version", "title", "why", "how", "mend", "source", "limits", "needs_artifact")
    return {name: getattr(check, name) for name in names} | {"artifacts": list(check.artifacts)}
