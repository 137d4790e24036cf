"""`sandbox models`: list the models that can be asked, and fetch those that run on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from sandbox.app import Sandbox
from sandbox.cli.console import AsJson, open_sandbox, out, print_json, talk
from sandbox.contracts.model_library import FetchProgress, LocalModel, ModelLibrary
from sandbox.contracts.provider import ProviderSpec
from sandbox.errors import FAULTS, InputError, PluginError, SandboxError

app = typer.Typer()

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME", help="As you would ask for it: llamacpp/OWNER/REPO/FILE.gguf, or a name listed."
    ),
]


@app.callback(invoke_without_command=True)
def models(context: typer.Context, as_json: AsJson = False) -> None:
    """List the models that can be asked, and fetch those that run on this machine."""
    if context.invoked_subcommand is None:
        list_models(context, as_json=as_json)
    elif as_json:
        raise typer.BadParameter(f"write it after '{context.invoked_subcommand}'", param_hint="'--json'")


@app.command("list")
def list_models(context: typer.Context, as_json: AsJson = False) -> None:
    """List the providers, the models they name, and what to do before they can be used."""
    with open_sandbox(context) as sandbox:
        specs = [spec for _, spec in sorted(sandbox.registry.providers.items())]
        local = {spec.name: _local_models(sandbox, spec) for spec in specs}
        default, short_names = sandbox.configuration.model, sandbox.configuration.models
    if as_json:
        facts = [_facts(spec, local[spec.name]) for spec in specs]
        print_json({"default": default, "short_names": dict(short_names), "providers": facts})
        return
    table = Table(box=None, padding=(0, 1), header_style="bold")
    table.add_column("model", no_wrap=True, overflow="fold")  # people copy it
    table.add_column("what it is, and what to do first", overflow="fold")
    for spec in specs:
        for row in _rows(spec, local[spec.name]):
            table.add_row(*map(Text, row))
    for short, full in sorted(short_names.items()):
        table.add_row(Text(short), Text(f"Your own name for {full}."))
    out.print(table)
    out.print(f"\nAsked when none is named: {default}", style="dim", markup=False)


@app.command()
def fetch(
    context: typer.Context,
    name: Name,
    sha256: Annotated[
        str, typer.Option("--sha256", metavar="HEX", help="What the file's SHA-256 must be.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Bring a model to this machine, and print where it lies. What is here already is left alone."""
    with open_sandbox(context) as sandbox:
        kept = _find(sandbox, name)
        with _progress(kept.full_name) as progress, _guarded(kept.spec):
            path = kept.library.fetch(kept.model, sha256=sha256, progress=progress)
            advice = [model.advice for model in kept.library.models() if model.path == path]
    talk.print(f"{kept.full_name} {advice[0]}." if advice else "", markup=False, soft_wrap=True)
    _show_path(kept.full_name, path=str(path), as_json=as_json)


@app.command()
def path(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Print where a model lies on this machine."""
    with open_sandbox(context) as sandbox:
        kept = _find(sandbox, name)
        with _guarded(kept.spec):
            found = kept.library.path(kept.model)
    _show_path(kept.full_name, path=str(found), as_json=as_json)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A model by name, and the library that keeps it or may fetch it."""

    spec: ProviderSpec
    library: ModelLibrary
    model: str

    @property
    def full_name(self) -> str:
        return f"{self.spec.name}/{self.model}"


def _find(sandbox: Sandbox, name: str) -> _Kept:
    """The library of the provider that stands before the slash.

    Raises:
        InputError: there is no such provider, or it keeps no models here.
    """
    full = sandbox.configuration.models.get(name, name)
    provider, slash, model = full.partition("/")
    keepers = sorted(name for name, spec in sandbox.registry.providers.items() if spec.library)
    if not (provider and slash and model):
        examples = " or ".join(f"{keeper}/NAME" for keeper in keepers) or "PROVIDER/NAME"
        raise InputError(f"Write a model as {examples}; not '{name}'. 'sandbox models' lists them.")
    spec = sandbox.registry.provider(provider)
    library = _library(sandbox, spec)
    if library is None:
        raise InputError(
            f"The provider '{provider}' keeps no models on this machine, so there is nothing to fetch: "
            f"{spec.setup or 'its models are asked where they are.'}"
        )
    return _Kept(spec=spec, library=library, model=model)


def _library(sandbox: Sandbox, spec: ProviderSpec) -> ModelLibrary | None:
    if spec.library is None:
        return None
    with _guarded(spec):
        return spec.library(sandbox.configuration.providers.get(spec.name, {}))


def _local_models(sandbox: Sandbox, spec: ProviderSpec) -> tuple[LocalModel, ...]:
    library = _library(sandbox, spec)
    if library is None:
        return ()
    with _guarded(spec):
        return tuple(library.models())


@contextmanager
def _guarded(spec: ProviderSpec) -> Iterator[None]:
    """What a stranger's library raises and should not becomes an error that names its provider."""
    try:
        yield
    except SandboxError:
        raise
    except FAULTS as cause:
        raise PluginError(
            f"The models of the provider '{spec.name}' cannot be looked at: its plugin raised "
            f"{type(cause).__name__}. Tell the plugin's author."
        ) from cause


def _rows(spec: ProviderSpec, local: tuple[LocalModel, ...]) -> Iterator[tuple[str, str]]:
    """The rows of one provider: models that it keeps on this machine, and others that it names."""
    for model in local:
        yield f"{spec.name}/{model.name}", f"{model.summary}. {_state(spec, model)}"
    kept = {model.name for model in local}
    others = [name for name in spec.models if name not in kept]
    words = f"{spec.summary} {spec.setup}".strip()
    for name in others or ([] if local else ["NAME"]):
        yield f"{spec.name}/{name}", words
        words = "Likewise."


def _state(spec: ProviderSpec, model: LocalModel) -> str:
    """Whether it is here, and whether this machine can run it."""
    size = _size(model.size_bytes)
    if model.path:
        return f"Here ({size}); {model.advice}."
    command = f"sandbox models fetch {spec.name}/{model.name}"
    return f"Not here: run '{command}' ({size}); {model.advice}."


def _facts(spec: ProviderSpec, local: tuple[LocalModel, ...]) -> dict[str, object]:
    return {
        "provider": spec.name,
        "summary": spec.summary,
        "models": list(spec.models),
        "setup": spec.setup,
        "local": [
            {**asdict(model), "path": None if model.path is None else str(model.path)} for model in local
        ],
    }


def _show_path(model: str, *, path: str, as_json: bool) -> None:
    if as_json:
        print_json({"model": model, "path": path})
    else:
        typer.echo(path)


@contextmanager
def _progress(what: str) -> Iterator[FetchProgress]:
    """A bar on the terminal; one line where there is none."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        DownloadColumn(),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=talk, transient=True, disable=not talk.is_terminal)
    task = bar.add_task(what, total=None)
    told: list[int] = []

    def tell(done: int, total: int | None) -> None:
        if not told and not talk.is_terminal:
            size = f", {_size(total)}" if total else ""
            talk.print(f"Fetching {what}{size}", markup=False, soft_wrap=True)
        told[:] = [done]
        bar.update(task, completed=done, total=total)

    with bar:
        yield tell


def _size(size_bytes: int) -> str:
    megabytes = size_bytes / 1_000_000
    return f"{megabytes:.0f} MB" if megabytes < 1000 else f"{megabytes / 1000:.1f} GB"
