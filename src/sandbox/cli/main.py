"""The command `sandbox`: finds what was asked for, and turns errors into a line and an exit code."""

import atexit
import gc
import signal
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from sandbox.cli.brought_commands import BroughtCommand, brought_commands
from sandbox.cli.exits import ExitCode
from sandbox.errors import ProviderError, SandboxError
from sandbox.version import VERSION

COMMANDS = {
    "init": "Make a folder for your own prompts and suites.",
    "run": "Try a prompt once.",
    "eval": "Try a suite's cases on one or more models, and judge.",
    "score": "Judge answers that were made elsewhere.",
    "report": "Write a report, or list the evaluations on record.",
    "export": "Write every trial of an evaluation to a file for other tools.",
    "records": "List what is on record, or delete trials for good.",
    "cases": "Bring cases from promptfoo or Inspect.",
    "prompts": "List, show, render and proofread prompts.",
    "checks": "List the checks, or explain one.",
    "models": "List the models, and fetch those that run on this machine.",
    "plugins": "List the plugins, or try whether they are sound.",
    "plugin": "Begin a plugin of your own.",
    "doctor": "See whether everything is in place.",
}
"""Each is `sandbox.cli.NAME_command`, imported only when it is used: `--help` stays quick."""
_OBJECTS_BETWEEN_LOOKS = 200_000
"""More than start-up makes."""


def main() -> None:
    """Run the command line and exit."""
    _look_for_garbage_seldom()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not be UTF-8
            stream.reconfigure(encoding="utf-8", errors="replace")
    signal.signal(signal.SIGTERM, _interrupt)
    sys.exit(run(sys.argv[1:]))


def _look_for_garbage_seldom() -> None:
    """Nearly all that start-up makes is of use to the end: to look through it time and again is slow."""
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS, 20, 100)
    atexit.register(gc.freeze)  # nor need anything be found that goes with the process


def _interrupt(*_: object) -> None:
    """Whoever ends this process wants it to tidy up as after Ctrl-C."""
    raise KeyboardInterrupt


def run(argv: Sequence[str]) -> int:
    """Run the command line and give its exit code. With `--debug`, faults come through as they are."""
    with warnings.catch_warnings():
        warnings.showwarning = _show_warning
        warnings.simplefilter("default", UserWarning)
        try:
            return _run(argv)
        except typer.TyperException as cause:  # a wrong option or argument
            return _ended(getattr(cause, "format_message", cause.__str__)(), ExitCode.INPUT)
        except (typer.Abort, KeyboardInterrupt):
            return _ended("Interrupted.", ExitCode.INTERRUPTED)
        except Exception as cause:
            if "--debug" in argv:
                raise
            return _ended(*_told(cause))


def _run(argv: Sequence[str]) -> int:
    asked = _asked_for(argv)
    brought: dict[str, BroughtCommand] = {}
    if asked.word not in COMMANDS and "--version" not in argv:
        brought.update(brought_commands(asked.home, asked.word, taken=tuple(COMMANDS)))
    command = typer.main.get_command(_application(asked.word, brought))
    args = list(argv) or ["--help"]
    try:
        return int(command.main(args=args, prog_name="sandbox", standalone_mode=False) or 0)
    except (SandboxError, typer.TyperException, typer.Abort, OSError):
        raise
    except Exception as cause:
        if asked.word not in brought:
            raise
        raise brought[asked.word].failed("failed", cause) from cause


@dataclass(frozen=True, slots=True)
class _Asked:
    """What stands in the arguments: the command, if any but help is asked for, and the folder."""

    word: str
    home: Path


def _asked_for(argv: Sequence[str]) -> _Asked:
    home = Path()
    rest = iter(argv)
    for argument in rest:
        if argument in {"-h", "--help"}:
            break
        if argument in {"-C", "--home"}:
            home = Path(next(rest, "."))
        elif argument.startswith("--home="):
            home = Path(argument.removeprefix("--home="))
        elif argument.startswith("-C"):
            home = Path(argument.removeprefix("-C"))
        elif not argument.startswith("-"):
            return _Asked(argument, home)
    return _Asked("", home)


def _application(word: str, brought: Mapping[str, BroughtCommand]) -> typer.Typer:
    """The application, with the command that is asked for imported and the others only named."""
    application = typer.Typer(
        name="sandbox",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    application.callback()(_options)
    for name, summary in COMMANDS.items():
        _add(application, name, summary, _own_command(name) if name == word else None)
    for name, command in brought.items():
        _add(application, name, command.spec.summary, command.open() if name == word else None)
    return application


def _own_command(name: str) -> typer.Typer:
    module = import_module(f"sandbox.cli.{name}_command")
    app: typer.Typer = module.app
    return app


def _add(application: typer.Typer, name: str, summary: str, app: typer.Typer | None) -> None:
    if app is None:
        application.command(name, help=summary)(_named_only)
    elif len(app.registered_commands) == 1 and not app.registered_callback:
        (only,) = app.registered_commands
        function: Callable[..., object] | None = only.callback
        if function is not None:
            application.command(name, help=summary)(function)
    else:
        application.add_typer(app, name=name, help=summary)


def _named_only() -> None:
    """Stands for a command that is listed but not run."""


def _show_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"sandbox {VERSION}")
        raise typer.Exit


def _options(
    home: Annotated[
        Path, typer.Option("--home", "-C", help="The folder with your prompts, suites and records.")
    ] = Path(),
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error comes from.")] = False,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    """Find out whether a prompt is safe and sound teaching before you adopt it.

    Exit codes: 0 adopt or done, 1 reject, 2 hold, 3 your input, 4 the model could not be asked.
    """
    del home, debug, version  # read from the context by the commands, and from the arguments above


def _told(cause: Exception) -> tuple[str, ExitCode]:
    """What to say of an error, and how to end."""
    match cause:
        case ProviderError():
            return str(cause), ExitCode.PROVIDER
        case SandboxError():
            return str(cause), ExitCode.INPUT
        case BrokenPipeError():
            return "", ExitCode.ADOPT
        case OSError():
            return f"{cause.strerror}: {cause.filename}", ExitCode.INPUT
    return (
        f"A fault of ours ({type(cause).__name__}). Try again with --debug and send us the result.",
        ExitCode.FAULT,
    )


def _ended(text: str, code: ExitCode) -> int:
    if text:
        typer.echo(text, err=True)
    return code


def _show_warning(message: Warning | str, *_: object, **__: object) -> None:
    typer.echo(f"Note: {message}", err=True)


if __name__ == "__main__":
    main()
