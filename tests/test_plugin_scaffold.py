"""The scaffold: a name becomes a package, and nothing that is there is written over."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from sandbox.cli.main import run
from sandbox.errors import InputError
from sandbox.plugin_scaffold import PluginKind, begin_plugin


@pytest.mark.parametrize("kind", PluginKind)
def test_a_package_has_an_entry_point_a_test_and_a_readme(tmp_path: Path, kind: PluginKind) -> None:
    """The names are the author's, and no placeholder is left over."""
    folder, *files = begin_plugin("two_words", kind, beside=tmp_path)

    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    assert folder.name == project["project"]["name"] == "lesson-sandbox-two-words"
    assert project["project"]["entry-points"]["sandbox"] == {"two_words": "sandbox_two_words.plugin"}
    assert re.fullmatch(r"lesson-sandbox>=\d+\.\d+,<\d+\.\d+", project["project"]["dependencies"][0])
    assert {path.name for path in files} >= {"plugin.py", "test_conformance.py", "README.md"}
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert "{{" not in text
        assert text.endswith("\n")
        if path.suffix == ".py":
            assert ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("name", ["", "Acme", "2x", "a-b", "a/b", "..", "a b", "ä"])
def test_a_name_that_cannot_be_one_is_refused(tmp_path: Path, name: str) -> None:
    """And nothing is written."""
    with pytest.raises(InputError, match="cannot be the name of a plugin"):
        begin_plugin(name, PluginKind.CHECK, beside=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    """It may hold an afternoon's work."""
    begin_plugin("acme", PluginKind.CHECK, beside=tmp_path)

    with pytest.raises(InputError, match="is there already"):
        begin_plugin("acme", PluginKind.PROVIDER, beside=tmp_path)


def test_the_command_says_what_comes_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The files on stdout, the next steps beside them."""
    code = run(["plugin", "new", "acme", "--kind", "guard", "--folder", str(tmp_path)])

    said = capsys.readouterr()
    assert code == 0
    assert "plugin.py" in said.out
    assert "sandbox plugins --check acme" in said.err


def test_an_unknown_kind_is_told_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line, and the code of a wrong input."""
    code = run(["plugin", "new", "acme", "--kind", "judge", "--folder", str(tmp_path)])

    assert code == 3
    assert "provider" in capsys.readouterr().err
