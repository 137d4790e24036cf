"""`sandbox plugins`: list the plugins and what became of them, or try whether they keep their promises."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer

from sandbox.cli.console import AsJson, out, print_json, talk
from sandbox.cli.exits import ExitCode
from sandbox.cli.plugin_list import import_ms, next_step, show_plugins
from sandbox.cli.plugin_results import PluginRecord, ResultView, provider_page
from sandbox.cli.plugin_watch import Patience, Showing, Told, Trying, watch_check
from sandbox.contracts.hookspecs import ENTRY_POINT_GROUP
from sandbox.contracts.loading import Plugin, PluginState
from sandbox.domain.plugin_policy import PluginPolicy
from sandbox.errors import InputError, PluginError, UnknownNameError
from sandbox.loaded_plugins import load_plugins
from sandbox.storage.configuration import Configuration, read_configuration

_IMPORT_SECONDS, _BEHAVIOUR_SECONDS, _REAL_MODEL_SECONDS = 20, 60, 330

app = typer.Typer()


@app.command()
def plugins(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="With --check: which plugins; without a name, all.")
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Try whether plugins keep their promises, each in a process of its own; no key is needed. "
            "Exit code 1 if a promise is broken.",
        ),
    ] = False,
    ask: Annotated[
        str, typer.Option("--ask", metavar="PROVIDER/MODEL", help="With --check: really ask this model.")
    ] = "",
    timeout: Annotated[
        float | None,
        typer.Option(
            "--timeout",
            min=0.1,
            metavar="SECONDS",
            help="With --check: how long an import or a behaviour may take; otherwise "
            f"{_IMPORT_SECONDS} and {_BEHAVIOUR_SECONDS}, and {_REAL_MODEL_SECONDS} with --ask.",
        ),
    ] = None,
    as_table: Annotated[
        bool, typer.Option("--table", help="With --check: print what each provider did, in Markdown.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the plugins: what each brings, or why it is not used; or check them."""
    home = context.find_root().params.get("home")
    home = home if isinstance(home, Path) else Path()
    configuration = read_configuration(home)
    if not check:
        if names or ask or timeout or as_table:
            raise InputError("Names, --ask, --timeout and --table are for --check: write that, too.")
        _list(configuration.plugins, as_json=as_json)
        return
    if as_table and as_json:
        raise InputError("--table and --json exclude each other: choose one.")
    checking = _Checking(
        home=home,
        policy=configuration.plugins,
        ask=_full_name(ask, configuration),
        patience=Patience(
            import_seconds=timeout or _IMPORT_SECONDS,
            behaviour_seconds=timeout or (_REAL_MODEL_SECONDS if ask else _BEHAVIOUR_SECONDS),
        ),
        is_quiet=as_table or as_json,
    )
    records = [checking.check(name) for name in _wanted(names or [])]
    checking.see_that_it_was_asked()
    if as_table:
        typer.echo(provider_page(records), nl=False)
    elif as_json:
        print_json([record.facts() for record in records])
    else:
        for record in records:
            out.print(record.summary, markup=False)
    if any(record.count("broken") for record in records):
        raise typer.Exit(ExitCode.REJECT)


def _list(policy: PluginPolicy, *, as_json: bool) -> None:
    """Every plugin, also where another command would refuse to go on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the list says it all
        registry = load_plugins(policy)
    if as_json:
        print_json([_facts(plugin) for plugin in registry.plugins])
    else:
        show_plugins(registry.plugins, out)
    try:
        registry.insist(is_strict=policy.is_strict)
    except PluginError:
        talk.print("\nUntil this is settled, the other commands do not begin.")
        raise typer.Exit(ExitCode.INPUT) from None


def _facts(plugin: Plugin) -> dict[str, object]:
    return {
        "name": plugin.name,
        "package": plugin.distribution,
        "version": plugin.version,
        "state": plugin.state,
        "reason": plugin.reason,
        "hooks": list(plugin.hooks),
        "import_ms": import_ms(plugin),
        "next": next_step(plugin),
    }


def _full_name(model: str, configuration: Configuration) -> str:
    full = configuration.models.get(model, model)
    provider, _, name = full.partition("/")
    if model and not (provider and name):
        raise InputError(f"Write --ask as provider/model, such as openai/MODEL; not '{model}'.")
    return full


def _our_names() -> tuple[str, ...]:
    return tuple(plugin.name for plugin in load_plugins(PluginPolicy(), []).plugins)


def _wanted(names: Sequence[str]) -> list[str]:
    """The plugins to check, without importing one.

    Raises:
        UnknownNameError: there is no plugin of a name.
    """
    installed = sorted({entry.name for entry in entry_points(group=ENTRY_POINT_GROUP)})
    known = [*_our_names(), *installed]
    for name in names:
        if name not in known:
            raise UnknownNameError("plugin", name, known)
    return list(dict.fromkeys(names or known))


@dataclass(kw_only=True)
class _Checking:
    """Checks one plugin after the other, and shows what is told."""

    home: Path
    policy: PluginPolicy
    ask: str
    patience: Patience
    is_quiet: bool
    _providers: dict[str, int] = field(default_factory=dict, init=False)
    """Those that were tried, and how many of their behaviours asked a model."""

    def check(self, name: str) -> PluginRecord:
        """All that came of trying this plugin."""
        forbidden = self.policy.forbids(name)
        if forbidden and name not in _our_names():
            return PluginRecord(name=name, state=PluginState.BLOCKED, reason=forbidden)
        return PluginRecord.of(name, list(self._followed(name)))

    def see_that_it_was_asked(self) -> None:
        """See to it that somebody brought the provider of the model that should be asked.

        Raises:
            UnknownNameError: none of the plugins that were tried brings it.
        """
        provider = self.ask.partition("/")[0]
        if provider and not self._providers.get(provider):
            raise UnknownNameError("provider", provider, self._providers)

    def _followed(self, name: str) -> Iterator[Told]:
        view = None if self.is_quiet else ResultView(out, name)
        console = talk if self.is_quiet else out
        status = console.status(f"{name} ...")
        if console.is_terminal:
            status.start()
        try:
            for told in watch_check(name, home=self.home, ask=self.ask, patience=self.patience):
                if isinstance(told, Trying) and told.kind == "provider":
                    self._providers[told.name] = told.asks
                    if told.asks:
                        talk.print(_before_asking(self.ask, told.asks), markup=False)
                if isinstance(told, Showing):
                    status.update(f"{name}: {told.sentence}")
                if view:
                    view.show(told)
                yield told
        finally:
            status.stop()
        if view:
            view.end()
            out.print()


def _before_asking(model: str, requests: int) -> str:
    return (
        f"Now {model} is really asked: at most {requests} requests, most of them for a few words. "
        "Where they cost something, they cost you."
    )
