"""`sandbox cases import`: bring cases from promptfoo or Inspect."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sandbox.case_import import CaseSource, import_cases
from sandbox.cli.console import AsJson, open_sandbox, print_json, talk
from sandbox.errors import InputError
from sandbox.storage.case_writer import write_cases
from sandbox.storage.positions import Flaw

_SHOWN_PLACES = 5

app = typer.Typer()


@app.callback()
def cases() -> None:
    """Bring cases from promptfoo or Inspect."""


@app.command("import")
def bring(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, JSON, JSONL or YAML.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="A new file: .yaml or .jsonl.")],
    prompt: Annotated[str, typer.Option(help="The prompt that the cases are for, by name or folder.")],
    source: Annotated[CaseSource, typer.Option("--from", help="Who made the file.")] = CaseSource.AUTO,
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="THEIRS=OURS", help="Which input, or field of a case, a field becomes."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Turn tests of promptfoo or a dataset of Inspect into cases for a prompt, and tell what is lost."""
    with open_sandbox(context) as sandbox:
        card = sandbox.prompt(prompt).card
    found = import_cases(file, card, source=source, names=_names(names or []))
    write_cases(found.cases, output)
    if as_json:
        remarks = {"lost": found.lost, "changed": found.changed}
        told = {
            name: [{"place": str(flaw.position), "text": flaw.text} for flaw in flaws]
            for name, flaws in remarks.items()
        }
        print_json({"path": str(output), "from": found.source, "cases": len(found.cases), **told})
        return
    typer.echo(output)
    talk.print(
        f"{len(found.cases)} cases from {found.source.value}; {len(found.lost)} things were left out."
    )
    _tell("Left out", found.lost)
    _tell("Kept, but not quite the same", found.changed)


def _names(given: Sequence[str]) -> dict[str, str]:
    """What --map says, theirs first.

    Raises:
        InputError: one has no '='.
    """
    names = {}
    for text in given:
        theirs, equals, ours = text.rpartition("=")
        if not equals or not theirs.strip() or not ours.strip():
            raise InputError(
                f"Write --map THEIRS=OURS, such as --map input=student_work; not '{text[:40]}'."
            )
        names[theirs.strip()] = ours.strip()
    return names


def _tell(heading: str, remarks: Sequence[Flaw]) -> None:
    """Each remark once, with how often and where."""
    places: dict[str, list[str]] = {}
    for remark in remarks:
        places.setdefault(remark.text, []).append(str(remark.position))
    if places:
        talk.print(f"{heading}:", style="bold")
    for text, where in places.items():
        more = f" and {len(where) - _SHOWN_PLACES} more" if len(where) > _SHOWN_PLACES else ""
        line = f"  {len(where)} × {text} ({', '.join(where[:_SHOWN_PLACES])}{more})"
        talk.print(line, markup=False, soft_wrap=True)
