"""A file that is there wholly or not at all."""

from pathlib import Path

import pytest

from sandbox.storage.new_file import new_file


def test_what_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    """And nothing half beside it."""
    path = tmp_path / "file.csv"
    path.write_text("before", encoding="utf-8")

    with pytest.raises(ValueError, match="broken off"):
        _break_off(path)
    assert [each.name for each in tmp_path.iterdir()] == ["file.csv"]
    assert path.read_text(encoding="utf-8") == "before"


def _break_off(path: Path) -> None:
    with new_file(path) as file:
        file.write(b"half")
        raise ValueError("broken off")


def test_what_is_done_takes_its_place(tmp_path: Path) -> None:
    """In a folder that is made if need be."""
    path = tmp_path / "new" / "file.csv"
    with new_file(path) as file:
        file.write(b"whole")

    assert path.read_bytes() == b"whole"
    assert len(list(path.parent.iterdir())) == 1
