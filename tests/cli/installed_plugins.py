"""Plugins that the tests of the command line install, and the real command run beside them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHECK = """
import os, sys, time
from sandbox.contracts.check import Check, passed
from sandbox.contracts.hookspecs import hookimpl

def look(subject):
    {body}
    return passed("It is kind.")

@hookimpl
def sandbox_checks():
    return [Check(
        name="kind_words", version="1.0.0", title="Kind words", run=look, needs_artifact=False,
        why="Unkind words hurt.", how="It looks at words.", mend="Ask for kind words.", source="The kit.",
        limits="It knows few words.",
    )]
"""
COMMAND = """
import typer
from sandbox.contracts.command import CommandSpec
from sandbox.contracts.hookspecs import hookimpl

def build():
    app = typer.Typer()

    @app.command()
    def greet() -> None:
        {body}

    {end}

@hookimpl
def sandbox_commands():
    return [CommandSpec(name="{name}", summary="Greet a class.", build=build)]
"""


def command_plugin(name: str, *, body: str = 'print("Good morning")', end: str = "return app") -> str:
    """The code of a plugin that brings a command."""
    return COMMAND.format(name=name, body=body, end=end)


def check_plugin(body: str = "pass") -> str:
    """The code of a plugin that brings a check which does this with every answer."""
    return CHECK.format(body=body)


def run_sandbox(
    site: Path, folder: Path, *arguments: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """The real command, in a process that finds what is installed in `site` beside everything else."""
    return subprocess.run(
        [sys.executable, "-m", "sandbox.cli.main", *arguments],
        cwd=folder,
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join((str(site), str(ROOT))), "PYTHONUTF8": "1", "COLUMNS": "80"}
        | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
