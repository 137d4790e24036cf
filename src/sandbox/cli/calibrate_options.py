"""`sandbox checks calibrate`: hold a check against answers that people have labelled."""

from pathlib import Path
from typing import Annotated

import typer

from sandbox.cli.console import AsJson, open_sandbox, print_json, talk
from sandbox.contracts.late import late
from sandbox.domain.rendering import to_text
from sandbox.errors import InputError
from sandbox.own_cards import CARDS

_labelled_file = late("sandbox.calibrating:LabelledFile")
_columns = late("sandbox.storage.label_file:LabelColumns")
_meaning = late("sandbox.evaluation.labels:LabelMeaning")
_document = late("sandbox.report.card_words:card_document")

Column = Annotated[str, typer.Option(help="The column of this name in your file.")]


def calibrate(
    context: typer.Context,
    check: Annotated[str, typer.Argument(help="The check.")],
    data: Annotated[Path, typer.Option("--data", help="The labelled answers: a .jsonl or .csv file.")],
    label: Annotated[str, typer.Option(help="The column with what people said.")] = "label",
    positive: Annotated[
        str, typer.Option(help="Labels, with commas, that say that the check should find something.")
    ] = "",
    order: Annotated[
        str, typer.Option(help="All labels from the best to the worst, with commas, if they have an order.")
    ] = "",
    is_higher_better: Annotated[
        bool, typer.Option("--higher-is-better", help="For labels that are numbers.")
    ] = False,
    group: Annotated[str, typer.Option(help="The column that says which rows belong together.")] = "group",
    system: Annotated[str, typer.Option(help="The column that says who wrote the answer.")] = "system",
    text: Annotated[str, typer.Option(help="The column with the answer.")] = "text",
    answer_key: Annotated[str, typer.Option(help="The column with the answer key.")] = "answer_key",
    inputs: Annotated[
        list[str] | None,
        typer.Option("--input", help="NAME=COLUMN: the column with an input of the case. Repeat it."),
    ] = None,
    name: Annotated[str, typer.Option(help="What the data is called.")] = "",
    source: Annotated[str, typer.Option(help="Where it comes from.")] = "",
    licence: Annotated[str, typer.Option(help="Its licence.")] = "",
    says: Annotated[str, typer.Option(help="What a label means, in a sentence.")] = "",
    path: Annotated[
        Path | None, typer.Option("--out", help="Where the card goes; else into cards/ of your folder.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hold a check against answers that people have labelled, print its card, and write it to a file."""
    columns = _columns(
        label=label,
        group=group,
        system=system,
        text=text,
        answer_key=answer_key,
        inputs=dict(map(_pair, inputs or ())),
    )
    meaning = _meaning(
        positive=_several(positive), order=_several(order), is_higher_better=is_higher_better
    )
    file = _labelled_file(
        path=data, columns=columns, meaning=meaning, name=name, source=source, licence=licence, says=says
    )
    with open_sandbox(context) as sandbox:
        goal = path or sandbox.home / CARDS / f"{check}.json"
        card = sandbox.calibrate(check, file, out=goal)
    if as_json:
        print_json(card)
    else:
        typer.echo(to_text(_document(card)))
    talk.print(f"Card written to {goal}.", markup=False)


def _pair(words: str) -> tuple[str, str]:
    name, is_pair, column = words.partition("=")
    if not is_pair or not name or not column:
        raise InputError(f"--input {words}: write the input's name and the column, such as grade=Grade.")
    return name, column


def _several(words: str) -> tuple[str, ...]:
    return tuple(word for part in words.split(",") if (word := part.strip()))
