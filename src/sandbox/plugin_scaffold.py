"""Begins a plugin: a package with an entry point, tests, and one thing to fill in."""

import re
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import jinja2

from sandbox.errors import InputError
from sandbox.version import VERSION

_TEMPLATES = files("sandbox") / "plugin_templates"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class PluginKind(StrEnum):
    """What a plugin brings first; it may bring more."""

    PROVIDER = "provider"
    CHECK = "check"
    GUARD = "guard"
    REPORT = "report"


_WORDS = {
    PluginKind.PROVIDER: (
        "Asks the models of {}.",
        "`provider.py` says how the service is asked, `rehearsal.py` how it answers: fill both in.",
    ),
    PluginKind.CHECK: ("A check by {}.", "Fill in `look` in `plugin.py`, and the cases of its test."),
    PluginKind.GUARD: ("A guard by {}.", "Fill in `Guard` in `plugin.py`, and the cases of its test."),
    PluginKind.REPORT: ("A report format by {}.", "Fill in `render` in `plugin.py`."),
}
"""For each kind: its summary, and where to begin."""


def begin_plugin(name: str, kind: PluginKind, *, beside: Path) -> tuple[Path, ...]:
    """Write the package of a new plugin into a folder of its own, and give its files, the folder first.

    Raises:
        InputError: the name cannot be one, or the folder is there already.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            f"'{name}' cannot be the name of a plugin: begin with a small letter, and go on with small "
            "letters, digits and _."
        )
    folder = beside / f"lesson-sandbox-{name.replace('_', '-')}"
    if folder.exists():
        raise InputError(f"{folder} is there already. Choose another name, or another folder.")
    summary, begin = _WORDS[kind]
    words = {
        "name": name,
        "distribution": folder.name,
        "package": f"sandbox_{name}",
        "title": "".join(part.capitalize() for part in name.split("_")),
        "variable": name.upper(),
        "summary": summary.format(name),
        "begin": begin,
        "api": _compatible(VERSION),
    }
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701 - Python, not HTML
    written = []
    for template, goal in _templates(kind):
        path = folder / goal.replace("/package/", f"/{words['package']}/")
        path.parent.mkdir(parents=True, exist_ok=True)
        text = environment.from_string(template.read_text(encoding="utf-8")).render(words)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
        written.append(path)
    return folder, *sorted(written)


def _templates(kind: PluginKind) -> list[tuple[Traversable, str]]:
    """Each template with the path that it is written to."""
    found = []
    for part in ("shared", kind.value):
        waiting = [(_TEMPLATES / part, "")]
        while waiting:
            folder, path = waiting.pop()
            for each in folder.iterdir():
                if each.is_dir():
                    waiting.append((each, f"{path}{each.name}/"))
                elif each.name.endswith(".j2"):
                    found.append((each, path + each.name.removesuffix(".j2")))
    return found


def _compatible(version: str) -> str:
    """The versions that keep the contract of this one: `0.1.0` is `0.1,<0.2`."""
    major, minor = map(int, version.split(".")[:2])
    return f"{major}.{minor},<{major}.{minor + 1}"
