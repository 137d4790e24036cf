"""Labelled answers are read from our format, and from other people's columns."""

import json
from pathlib import Path

import pytest

from sandbox.errors import FileError
from sandbox.storage.label_file import LabelColumns, file_digest, read_labels


def test_our_own_format(tmp_path: Path) -> None:
    """Text, inputs, key, label, group and system."""
    row = {
        "text": "Look again.",
        "inputs": {"grade": "4", "criteria": ["a", "b"]},
        "answer_key": ["12"],
        "label": "no",
        "group": "d1",
        "system": "A",
    }
    path = tmp_path / "rows.jsonl"
    path.write_text(
        json.dumps(row) + "\n" + json.dumps({"text": "x", "label": True}) + "\n", encoding="utf-8"
    )

    first, second = read_labels(path, LabelColumns())

    assert (first.text, first.label, first.group, first.system) == ("Look again.", "no", "d1", "A")
    assert first.inputs == {"grade": "4", "criteria": ("a", "b")}
    assert first.answer_key == ("12",)
    assert (second.label, second.group) == ("True", "row 2")


def test_other_peoples_columns_of_a_table(tmp_path: Path) -> None:
    """Names are told by options; columns that nobody asks for are left aside."""
    path = tmp_path / "rows.csv"
    path.write_text(
        "Reply,Verdict,Dialogue,Key,School Year,Remark\nIt is 4.,told,d7,4 | four,3,-\n", encoding="utf-8"
    )
    columns = LabelColumns(
        text="Reply", label="Verdict", group="Dialogue", answer_key="Key", inputs={"grade": "School Year"}
    )

    (row,) = read_labels(path, columns)

    assert (row.text, row.label, row.group) == ("It is 4.", "told", "d7")
    assert row.answer_key == ("4", "four")
    assert row.inputs == {"grade": "3"}


def test_an_artifact_may_stand_in_place_of_a_text(tmp_path: Path) -> None:
    """As an object, or as JSON in a cell."""
    path = tmp_path / "rows.csv"
    path.write_text('artifact,label\n"{""a"": 1}",yes\n', encoding="utf-8")

    (row,) = read_labels(path, LabelColumns())

    assert row.artifact == {"a": 1}


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("rows.jsonl", '{"text": "a"}\n', 'There is no "label"'),
        ("rows.jsonl", '{"label": "yes", "text": " "}\n', "should hold the answer"),
        ("rows.jsonl", "\n", "There is no row"),
        ("rows.csv", 'artifact,label\n"{oh",yes\n', "not correct JSON"),
        ("rows.txt", "a", ".jsonl and .csv"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, text: str, words: str) -> None:
    """With the file, and the line where there is one."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    with pytest.raises(FileError, match=words):
        read_labels(path, LabelColumns())


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    """SHA-256 of an empty file is known."""
    path = tmp_path / "empty"
    path.write_bytes(b"")

    assert file_digest(path).startswith("e3b0c44298fc1c14")
