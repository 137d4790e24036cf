"""`sandbox models`: what can be asked, what this machine can run, and how a model comes here."""

import json
import sys
from pathlib import Path

import pytest

from sandbox.cli.main import run

PLUGIN = """
from pathlib import Path

from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.model_library import LocalModel
from sandbox.contracts.provider import ProviderSpec
from sandbox.errors import ErrorKind, ProviderError, UnknownNameError

HERE = Path(__file__).with_name("small.bin")


class Library:
    def __init__(self, options):
        self.is_broken = options.get("is_broken", False)

    def models(self):
        if self.is_broken:
            raise ZeroDivisionError("a fault of the plugin")
        small = HERE if HERE.exists() else None
        yield LocalModel(name="small", summary="Small, and [bold]yours[/bold]", size_bytes=98_000_000,
            path=small, memory_bytes=300_000_000, is_runnable=True,
            advice="fits: needs about 300 MB of 21 GB free")
        yield LocalModel(name="owner/repo/large.bin", summary="Large", size_bytes=5_100_000_000, path=None,
            memory_bytes=None, advice="does not fit", is_runnable=False)

    def fetch(self, name, *, sha256="", progress=None):
        if name == "gone":
            raise ProviderError(ErrorKind.UNAVAILABLE, "The hub is gone: try again later.")
        for done in (0, 49_000_000, 98_000_000):
            progress(done, 98_000_000)
        HERE.write_text(sha256, encoding="utf-8")
        return HERE

    def path(self, name):
        if name != "small" or not HERE.exists():
            raise UnknownNameError("model on this machine", name, [])
        return HERE


@hookimpl
def sandbox_providers():
    return [ProviderSpec(name="keeper", summary="Keeps models.", build=None, models=("small", "third"),
        setup="Fetch one.", library=Library)]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a name of its own for a model, and an installed provider that keeps models."""
    site, home = tmp_path / "site", tmp_path / "home"
    facts = site / "keeper-1.0.dist-info"
    facts.mkdir(parents=True)
    home.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: keeper\nVersion: 1.0\n", encoding="utf-8")
    (facts / "entry_points.txt").write_text("[sandbox]\nkeeper = keeper_plugin\n", encoding="utf-8")
    (site / "keeper_plugin.py").write_text(PLUGIN, encoding="utf-8")
    (home / "sandbox.toml").write_text('[models]\nquick = "keeper/small"\n', encoding="utf-8")
    monkeypatch.syspath_prepend(site)
    monkeypatch.delitem(sys.modules, "keeper_plugin", raising=False)
    monkeypatch.setenv("SANDBOX_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(home)
    return site


Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize("command", [["models"], ["models", "list"]])
def test_the_list_says_what_is_here_and_what_to_do_first(
    command: list[str], folder: Path, capsys: Capture
) -> None:
    """Models on this machine, models elsewhere, and names of your own."""
    code = run(command)
    text = " ".join(capsys.readouterr().out.split())

    assert code == 0
    assert "keeper/small Small, and [bold]yours[/bold]. Not here: run 'sandbox models fetch" in text
    assert "keeper/small' (98 MB); fits: needs about 300 MB of 21 GB free." in text
    assert "keeper/owner/repo/large.bin Large. Not here:" in text
    assert "(5.1 GB); does not fit." in text
    assert "keeper/third Keeps models. Fetch one." in text
    assert "scripted/NAME Answers from a file" in text
    assert "quick Your own name for keeper/small." in text
    assert "Asked when none is named: llamacpp/smollm2-135m-instruct" in text


@pytest.mark.parametrize("command", [["models", "--json"], ["models", "list", "--json"]])
def test_the_list_as_json(command: list[str], folder: Path, capsys: Capture) -> None:
    """Everything, with sizes as numbers."""
    (folder / "small.bin").write_bytes(b"")
    code = run(command)
    found = json.loads(capsys.readouterr().out)
    (keeper,) = (each for each in found["providers"] if each["provider"] == "keeper")
    (scripted,) = (each for each in found["providers"] if each["provider"] == "scripted")

    assert code == 0
    assert found["short_names"] == {"quick": "keeper/small"}
    assert keeper["models"] == ["small", "third"]
    assert [each["name"] for each in keeper["local"]] == ["small", "owner/repo/large.bin"]
    assert keeper["local"][0] == {
        "name": "small",
        "summary": "Small, and [bold]yours[/bold]",
        "size_bytes": 98_000_000,
        "path": str(folder / "small.bin"),
        "memory_bytes": 300_000_000,
        "advice": "fits: needs about 300 MB of 21 GB free",
        "is_runnable": True,
    }
    assert scripted["local"] == []


@pytest.mark.parametrize("name", ["keeper/small", "quick"])
def test_fetching_prints_the_path_and_talks_elsewhere(name: str, folder: Path, capsys: Capture) -> None:
    """A script takes the path from stdout; people read how much came and whether it will run."""
    code = run(["models", "fetch", name, "--sha256", "abc"])
    captured = capsys.readouterr()

    assert code == 0
    assert captured.out == f"{folder / 'small.bin'}\n"
    assert captured.err.splitlines() == [
        "Fetching keeper/small, 98 MB",
        "keeper/small fits: needs about 300 MB of 21 GB free.",
    ]
    assert (folder / "small.bin").read_text(encoding="utf-8") == "abc"


@pytest.mark.parametrize("command", ["fetch", "path"])
def test_a_path_as_json(command: str, folder: Path, capsys: Capture) -> None:
    """With the name in full."""
    (folder / "small.bin").write_bytes(b"")
    code = run(["models", command, "quick", "--json"])

    assert code == 0
    assert json.loads(capsys.readouterr().out) == {
        "model": "keeper/small",
        "path": str(folder / "small.bin"),
    }


@pytest.mark.parametrize(
    ("command", "code", "line"),
    [
        (["path", "keeper/small"], 3, "Unknown model on this machine 'small'. There are none here.\n"),
        (["fetch", "keeper/gone"], 4, "The hub is gone: try again later.\n"),
        (["fetch", "gpt"], 3, "Write a model as keeper/NAME"),
        (["fetch", "keeper/"], 3, "Write a model as"),
        (["fetch", "openai/gpt-5"], 3, "The provider 'openai' keeps no models on this machine"),
        (["path", "scripted/x.jsonl"], 3, "The provider 'scripted' keeps no models on this machine"),
        (["fetch", "keper/small"], 3, "Unknown provider 'keper'. Did you mean 'keeper'?"),
        (["fetch"], 3, "Missing argument"),
        (["--json", "list"], 3, "write it after 'list'"),
    ],
)
def test_what_goes_wrong_is_a_line_and_a_code(
    command: list[str], code: int, line: str, folder: Path, capsys: Capture
) -> None:
    """Your input, or the place where it should come from."""
    ended = run(["models", *command])
    captured = capsys.readouterr()

    assert ended == code
    assert line in captured.err
    assert captured.out == ""


@pytest.mark.parametrize("command", [["list"], ["fetch", "keeper/small"]])
def test_a_library_that_breaks_is_named(command: list[str], folder: Path, capsys: Capture) -> None:
    """It is a plugin's fault, and not one of yours or ours."""
    Path("sandbox.toml").write_text("[providers.keeper]\nis_broken = true\n", encoding="utf-8")
    ended = run(["models", *command])

    assert ended == 3
    assert "the provider 'keeper' cannot be looked at: its plugin raised ZeroDivisionError" in (
        capsys.readouterr().err
    )


def test_options_that_cannot_be_are_told(folder: Path, capsys: Capture) -> None:
    """What a model needs depends on them."""
    Path("sandbox.toml").write_text("[providers.llamacpp]\nslotz = 2\n", encoding="utf-8")

    assert run(["models"]) == 3
    assert "'slotz'. Did you mean 'slots'" in capsys.readouterr().err
