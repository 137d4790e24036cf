"""Where prompts, evals and judges are found: the user's own first, then the bundled ones."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from sandbox.errors import UnknownNameError

Kind = Literal["prompts", "evals", "judges"]

_PACKAGE = Path(__file__).resolve().parents[1]
_MARKERS: Mapping[Kind, str] = {"prompts": "card.yaml", "evals": "suite.yaml", "judges": "judge.yaml"}
_WORDS: Mapping[Kind, str] = {"prompts": "prompt", "evals": "suite", "judges": "judge"}


def find_folder(kind: Kind, name: str, *, home: Path) -> Path:
    """The folder of a prompt, a suite or a judge: the user's own, the bundled one, or the path `name`.

    A name is only looked up inside `home` and the bundled folders; with a separator in it, it is a path.

    Raises:
        UnknownNameError: there is none of this name.
    """
    is_name = name == Path(name).name and name not in {"", ".."}
    shelves = [home / kind, bundled_folder(kind)] if is_name else []
    candidates = [shelf / name for shelf in shelves] + ([Path(name)] if name else [])
    for folder in candidates:
        if (folder / _MARKERS[kind]).is_file():
            return folder if folder.name == name else folder.resolve()  # "." has no name of its own
    raise UnknownNameError(_WORDS[kind], name, list_folders(kind, home=home))


def list_folders(kind: Kind, *, home: Path) -> dict[str, Path]:
    """Every one of a kind by name, in the order of the names; the user's own win over bundled ones."""
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
