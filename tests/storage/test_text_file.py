"""Text files come in many forms; what is not UTF-8 is told with its line."""

from pathlib import Path

import pytest

from sandbox.errors import FileError
from sandbox.storage.text_file import read_lines, read_text


def test_a_byte_order_mark_and_line_endings_do_not_matter(tmp_path: Path) -> None:
    """Notepad, Excel and a Mac of long ago write the same text."""
    texts = []
    for index, ending in enumerate((b"\n", b"\r\n", b"\r")):
        path = tmp_path / f"{index}.txt"
        path.write_bytes(b"\xef\xbb\xbf" + ending.join(["é".encode(), b"two", b""]))
        texts.append(read_text(path))

    assert texts == ["é\ntwo\n"] * 3


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("one\ncaf\xe9\n".encode("latin-1"), 2),
        ("one\ntwo".encode("utf-16"), 1),
        ("one\ntwo".encode("utf-16-le"), 1),
        (b"one\ntwo\n\x00", 3),
    ],
)
def test_another_encoding_is_told_with_its_line(content: bytes, line: int, tmp_path: Path) -> None:
    """The message says how to save the file again."""
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    with pytest.raises(FileError, match="Save the file again: in Excel as 'CSV UTF-8'") as caught:
        list(read_lines(path))

    assert caught.value.line == line


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    """Neither is a riddle."""
    with pytest.raises(FileError, match="There is no such file"):
        read_text(tmp_path / "none.txt")
    with pytest.raises(FileError, match="This is a folder"):
        read_text(tmp_path)
