"""`sandbox init`: make a folder for your own prompts and suites."""

import json
import shutil
from pathlib import Path
from typing import Annotated

import typer

from sandbox.cli.console import AsJson, print_json, talk
from sandbox.errors import InputError
from sandbox.evaluation.suite import suite_schema
from sandbox.storage.configuration import DEFAULT_MODEL
from sandbox.storage.places import bundled_folder, list_folders
from sandbox.storage.plugin_table import FILE_NAME

app = typer.Typer()

_CONFIGURATION = f"""\
# What `sandbox` uses in this folder. Everything may be left out.

# The model that is asked when none is named, as provider/model.
model = "{DEFAULT_MODEL}"

# Whether only models on this machine may be asked, so that no text leaves it.
# only_local = true

# Short names for models, to be used instead.
# [models]
# fast = "openai/NAME"
# careful = "anthropic/NAME"

# Any OpenAI-compatible server: vLLM, Ollama, LM Studio, Azure, a hosted service. The key is read from
# the environment (OPENAI_API_KEY) and never written down here.
# [providers.openai]
# base_url = "http://127.0.0.1:11434/v1"

# What a million tokens cost, so that reports can show money. Without it, the package genai-prices is
# asked if it is installed: pip install "lesson-sandbox[prices]".
# [prices."openai/NAME"]
# input_usd = 0.25
# output_usd = 2.00

# Which plugins may be used, beside what `sandbox` itself brings.
# [plugins]
# allow = ["llamacpp"]
# strict = true
"""


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="The folder; it is made if it is not there.")] = Path(),
    copy: Annotated[
        list[str], typer.Option("--copy", help="A bundled prompt with its suite, to make your own.")
    ] = [],  # noqa: B006 - how Typer says that there may be none
    as_json: AsJson = False,
) -> None:
    """Make a folder for your own prompts and suites; nothing that is there is overwritten."""
    for name in copy:
        if name not in list_folders("prompts", home=folder):
            raise InputError(
                f"There is no bundled prompt '{name}' to copy. 'sandbox prompts list' names them."
            )
    made = [_write(folder / FILE_NAME, _CONFIGURATION)]
    schema = json.dumps(suite_schema(), indent=2, ensure_ascii=False) + "\n"
    made.append(_write(folder / "evals" / "suite.schema.json", schema))
    for name in copy:
        made.append(_copied(bundled_folder("prompts") / name, folder / "prompts" / name))
        made.append(_copied(bundled_folder("evals") / name, folder / "evals" / name))
    if as_json:
        print_json([{"path": path, "was": was} for path, was in made])
        return
    for path, was in made:
        talk.print(f"{was:5} {path}", soft_wrap=True)
    talk.print("Next: 'sandbox doctor' here, or 'sandbox prompts list'.")


def _write(path: Path, text: str) -> tuple[str, str]:
    if path.exists():
        return str(path), "kept"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return str(path), "made"


def _copied(source: Path, goal: Path) -> tuple[str, str]:
    if goal.exists() or not source.is_dir():
        return str(goal), "kept" if goal.exists() else "none bundled"
    shutil.copytree(source, goal)
    return str(goal), "made"
