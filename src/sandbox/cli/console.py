"""What the commands share: where to print, and the `Sandbox` to ask."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel
from rich.console import Console

from sandbox.app import Sandbox
from sandbox.contracts.observer import Observer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
"""The option that every command takes."""

out = Console(highlight=False, soft_wrap=False, emoji=False)
"""For results."""
talk = Console(highlight=False, stderr=True, emoji=False)
"""For everything else."""


def open_sandbox(context: typer.Context, *, observers: Iterable[Observer] = ()) -> Sandbox:
    """The `Sandbox` of the folder that `--home` names."""
    home = context.find_root().params.get("home")
    return Sandbox(home if isinstance(home, Path) else Path(), observers=observers)


def print_json(value: object) -> None:
    """A result for another program: JSON, UTF-8, indented."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
