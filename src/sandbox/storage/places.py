"""Where prompts and evals are found: the user's own first, then the bundled ones."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from sandbox.errors import UnknownNameError

Kind = Literal["prompts", "evals"]

_PACKAGE = Path(__file__).resolve().parents[1]
_MARKERS: Mapping[Kind, str] = {"prompts": "card.yaml", "evals": "suite.yaml"}
_WORDS: Mapping[Kind, str] = {"prompts": "prompt", "evals": "suite"}


def find_folder(kind: Kind, name: str, *, home: Path) -> Path:
    """The folder of a prompt or a suite: the user's own, the bundled one, or the path that `name` is.

    A name is only looked up inside `home` and the bundled folders; with a separator in it, it is a path.

    Raises:
        UnknownNameError: there is no such prompt or suite.
    """
    is_name = name == Path(name).name and name not in {"", ".."}
    shelves = [home / kind, bundled_folder(kind)] if is_name else []
    candidates = [shelf / name for shelf in shelves] + ([Path(name)] if name else [])
    for folder in candidates:
        if (folder / _MARKERS[kind]).is_file():
            return folder if folder.name == name else folder.resolve()  # "." has no name of its own
    raise UnknownNameError(_WORDS[kind], name, list_folders(kind, home=home))


def list_folders(kind: Kind, *, home: Path) -> dict[str, Path]:
    """Every prompt or suite by name, in the order of the names; the user's own win over bundled ones."""
    found = {
        marker.parent.name: marker.parent
        for shelf in (bundled_folder(kind), home / kind)
        for marker in shelf.glob(f"*/{_MARKERS[kind]}")
    }
    return dict(sorted(found.items()))


def bundled_folder(kind: Kind, *, package: Path = _PACKAGE) -> Path:
    """The folder of what comes with `sandbox`: inside the installed package, or at a checkout's top."""
    installed = package / "library" / kind
    return installed if installed.is_dir() else package.parents[1] / kind
