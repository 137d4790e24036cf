"""`sandbox run`: try a prompt once."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.status import Status
from rich.table import Table

from sandbox.cli.console import AsJson, open_sandbox, out, print_json, talk
from sandbox.cli.exits import ExitCode
from sandbox.cli.given_inputs import read_names, read_pairs
from sandbox.cli.symbols import OUTCOMES
from sandbox.domain.finding import Outcome
from sandbox.domain.trial import Trial, TrialStatus
from sandbox.errors import FileError, InputError
from sandbox.report.export import export_artifact, see_to_suffix
from sandbox.storage.yaml_file import load_yaml

app = typer.Typer()


@app.command()
def run(
    context: typer.Context,
    prompt: Annotated[str, typer.Argument(help="The prompt, by name or folder.")],
    inputs: Annotated[
        list[str], typer.Argument(metavar="NAME=VALUE...", help="Inputs; @FILE reads one from a file.")
    ] = [],  # noqa: B006 - how Typer says that there may be none
    model: Annotated[str, typer.Option("--model", "-m", help="provider/model to ask.")] = "",
    inputs_file: Annotated[
        Path | None, typer.Option("--inputs", help="A YAML file with inputs, by name.")
    ] = None,
    roster: Annotated[
        str, typer.Option(help="Students' names that must not leave, separated by ';', or @FILE.")
    ] = "",
    save: Annotated[
        Path | None,
        typer.Option(
            "--save", "--output", "-o", help="Save the artifact: .docx, .md, .html, .txt or .json."
        ),
    ] = None,
    record: Annotated[Path | None, typer.Option(help="Record the answer in a cassette.")] = None,
    replay: Annotated[Path | None, typer.Option(help="Replay the answer of a cassette.")] = None,
    as_json: AsJson = False,
) -> None:
    """Try a prompt once."""
    if save is not None:
        see_to_suffix(save)
        if save.exists():
            raise InputError(f"{save} is there already, and may hold your edits. Choose another name.")
    given = {**_mapping(inputs_file), **read_pairs(inputs)}
    with open_sandbox(context) as sandbox:
        asked = model or (str(replay) if replay else sandbox.configuration.model)
        with talk.status(f"Asking {asked} ...") as status:
            trial = sandbox.run(
                prompt,
                model=model or None,
                roster=read_names(roster),
                record=record,
                replay=replay,
                on_text=_counting(asked, status),
                **given,
            )
    if as_json:
        print_json(trial)
    else:
        _show(trial)
    if save and trial.artifact is not None:
        label = f"Drafted with AI ({trial.target.model}). Read and edit before use."
        language = str(given.get("language") or "en")
        path = export_artifact(trial.artifact, save, label=label, language=language)
        talk.print(f"Saved to {path}")
    if trial.status is TrialStatus.FAILED:
        raise typer.Exit(ExitCode.PROVIDER)
    if trial.status is not TrialStatus.ANSWERED:
        raise typer.Exit(ExitCode.HOLD)


def _counting(model: str, status: Status) -> Callable[[str], None]:
    """Counts the words of an answer while it is written; it may hold placeholders, so none is shown."""
    words = 0

    def count(piece: str) -> None:
        nonlocal words
        words += piece.count(" ") + piece.count("\n")
        status.update(f"Asking {model} ... {words} words so far")

    return count


def _show(trial: Trial) -> None:
    if trial.status is TrialStatus.ANSWERED:
        out.print(trial.text, markup=False)
    else:
        out.print(f"No artifact ({trial.status}): {trial.problem}", markup=False)
        if trial.completion is not None and trial.completion.text:
            out.print("\nWhat the model said:\n" + trial.completion.text[:2000], markup=False)
    table = Table(box=None, padding=(0, 1), show_header=False)
    for finding in trial.findings:
        if finding.outcome is not Outcome.NOT_APPLICABLE and trial.status is TrialStatus.ANSWERED:
            table.add_row(OUTCOMES[finding.outcome], finding.check, finding.reason)
    out.print(table)


def _mapping(path: Path | None) -> dict[str, object]:
    """The inputs that a YAML file names.

    Raises:
        FileError: the file is malformed, or holds something else.
    """
    if path is None:
        return {}
    value = load_yaml(path).value
    if not isinstance(value, dict):
        raise FileError(path, "should hold one input a line, as NAME: VALUE.")
    return value
