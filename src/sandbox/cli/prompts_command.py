"""`sandbox prompts`: list, show, render and proofread prompts."""

from typing import Annotated

import typer
from rich.table import Table

from sandbox.cli.console import AsJson, open_sandbox, out, print_json
from sandbox.cli.exits import ExitCode
from sandbox.cli.given_inputs import read_pairs
from sandbox.domain.prompt import Prompt, PromptInput
from sandbox.pipeline.prompt_review import review_prompt
from sandbox.pipeline.prompting import PromptRenderer

app = typer.Typer()

Name = Annotated[str, typer.Argument(help="The prompt, by name or folder.")]


@app.command("list")
def list_prompts(context: typer.Context, as_json: AsJson = False) -> None:
    """List the prompts that can be used: your own first, then the bundled ones."""
    with open_sandbox(context) as sandbox:
        prompts = sandbox.prompts()
    if as_json:
        print_json([prompt.card.model_dump(mode="json") for prompt in prompts.values()])
        return
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for column in ("prompt", "version", "what it is for"):
        table.add_column(column)
    for name, prompt in prompts.items():
        table.add_row(name, prompt.card.version, prompt.card.summary)
    out.print(table)


@app.command()
def show(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Show a prompt's card: what it is for, what it is not for, and what it takes."""
    with open_sandbox(context) as sandbox:
        prompt = sandbox.prompt(name)
    if as_json:
        print_json(prompt)
        return
    card = prompt.card
    out.print(f"[bold]{card.name} {card.version}[/bold]  {card.summary}\n")
    out.print(f"Gives a [bold]{card.artifact}[/bold] for a {card.reader}. Kept by {card.owner}.")
    out.print(f"Intended use: {card.intended_use}")
    out.print("Not for: " + "; ".join(card.not_for) + ".\n")
    out.print(_inputs(prompt))
    out.print(f"\nFound in {prompt.source}; digest {prompt.digest[:12]}.", style="dim", soft_wrap=True)


@app.command()
def render(
    context: typer.Context,
    name: Name,
    inputs: Annotated[
        list[str], typer.Argument(metavar="NAME=VALUE...", help="Inputs; examples stand in for the rest.")
    ] = [],  # noqa: B006 - how Typer says that there may be none
    as_json: AsJson = False,
) -> None:
    """Show the words that a model would be sent."""
    with open_sandbox(context) as sandbox:
        prompt = sandbox.prompt(name)
    examples = {each.name: each.example for each in prompt.card.inputs}
    rendered = PromptRenderer(prompt).render({**examples, **read_pairs(inputs)})
    if as_json:
        print_json(rendered)
        return
    for message in rendered.messages:
        out.print(f"[bold]── {message.role} ──[/bold]")
        typer.echo(message.content + "\n")


@app.command()
def lint(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Prompts; without any, all are read.")] = [],  # noqa: B006
    as_json: AsJson = False,
) -> None:
    """Proofread prompts: templates, inputs, and what a card should say."""
    with open_sandbox(context) as sandbox:
        prompts = {name: sandbox.prompt(name) for name in names} or sandbox.prompts()
        notes = {
            name: review_prompt(prompt, artifacts=sandbox.registry.artifacts)
            for name, prompt in prompts.items()
        }
    if as_json:
        print_json(notes)
    else:
        for name, problems in notes.items():
            out.print(f"{name}: " + ("nothing to mend" if not problems else ""))
            for problem in problems:
                out.print(f"  - {problem}", markup=False)
    if any(notes.values()):
        raise typer.Exit(ExitCode.INPUT)


def _inputs(prompt: Prompt) -> Table:
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for column in ("input", "type", "what it is"):
        table.add_column(column)
    for each in prompt.card.inputs:
        table.add_row(each.name, each.type, f"{each.help} {_need(each)}")
    return table


def _need(each: PromptInput) -> str:
    if each.default is not None:
        return f"(if left out: {each.default})"
    return "" if each.is_required else "(may be left out)"
