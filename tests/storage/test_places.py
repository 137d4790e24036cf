"""Prompts and suites are found by name: the user's own first."""

from pathlib import Path

import pytest

from sandbox.errors import UnknownNameError
from sandbox.storage.places import bundled_folder, find_folder, list_folders


def _make(folder: Path, marker: str = "card.yaml") -> Path:
    folder.mkdir(parents=True)
    (folder / marker).touch()
    return folder


def test_the_users_own_folder_wins_over_the_bundled_one(tmp_path: Path) -> None:
    """A school can mend a bundled prompt by copying it."""
    bundled = find_folder("prompts", "lesson_plan", home=tmp_path)
    own = _make(tmp_path / "prompts" / "lesson_plan")

    assert bundled == bundled_folder("prompts") / "lesson_plan"
    assert find_folder("prompts", "lesson_plan", home=tmp_path) == own
    assert list_folders("prompts", home=tmp_path)["lesson_plan"] == own


def test_folders_are_listed_by_name_and_shared_is_no_prompt(tmp_path: Path) -> None:
    """Only a folder with a card is a prompt."""
    _make(tmp_path / "prompts" / "zebra")
    (tmp_path / "prompts" / "draft").mkdir()

    names = list(list_folders("prompts", home=tmp_path))

    assert names == sorted(names)
    assert {"lesson_plan", "zebra"} <= set(names)
    assert not {"shared", "draft"} & set(names)
    with pytest.raises(UnknownNameError):
        find_folder("prompts", "shared", home=tmp_path)


def test_a_suite_is_found_by_its_own_marker(tmp_path: Path) -> None:
    """A prompt's folder is no suite."""
    own = _make(tmp_path / "evals" / "fractions", "suite.yaml")
    _make(tmp_path / "evals" / "no_suite", "card.yaml")

    assert find_folder("evals", "fractions", home=tmp_path) == own
    assert "no_suite" not in list_folders("evals", home=tmp_path)


def test_a_path_leads_to_a_folder_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A prompt that is being written can lie where its author likes."""
    mine = _make(tmp_path / "desk" / "mine")
    monkeypatch.chdir(mine)

    assert find_folder("prompts", str(mine), home=tmp_path) == mine
    assert find_folder("prompts", ".", home=tmp_path) == mine


def test_an_unknown_name_is_told_with_near_ones(tmp_path: Path) -> None:
    """A slip of the pen is mended by the message."""
    with pytest.raises(UnknownNameError, match=r"Unknown prompt 'lesson_pan'. Did you mean 'lesson_plan'"):
        find_folder("prompts", "lesson_pan", home=tmp_path)
    with pytest.raises(UnknownNameError, match="Unknown suite 'nothing_like_it'"):
        find_folder("evals", "nothing_like_it", home=tmp_path)


@pytest.mark.parametrize("name", ["../outside", "..", "", "prompts/../../outside", "\0"])
def test_a_name_does_not_leave_the_folders(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies beside the folders is not found through a name with dots."""
    home = tmp_path / "a" / "home"
    _make(home / "outside")
    _make(home / "prompts" / "inside")
    (home / "card.yaml").touch()
    elsewhere = tmp_path / "b" / "c" / "d"
    elsewhere.mkdir(parents=True)
    monkeypatch.chdir(elsewhere)

    with pytest.raises(UnknownNameError):
        find_folder("prompts", name, home=home)


def test_bundled_folders_are_found_in_a_wheel_and_in_a_checkout(tmp_path: Path) -> None:
    """What was installed wins; a checkout has none of it inside the package."""
    package = tmp_path / "src" / "sandbox"

    assert bundled_folder("evals", package=package) == tmp_path / "evals"
    (package / "library" / "evals").mkdir(parents=True)
    assert bundled_folder("evals", package=package) == package / "library" / "evals"
