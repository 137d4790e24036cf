"""Answers that were made elsewhere are read as they were brought."""

import csv
import tracemalloc
from pathlib import Path

import openpyxl
import pytest

from sandbox.errors import FileError
from sandbox.storage.answer_file import Answer, read_answers


def _write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_answers_are_read_from_json_lines(tmp_path: Path) -> None:
    """A text stays as it is; a JSON artifact becomes text; a case may be answered twice."""
    path = _write(
        tmp_path,
        "answers.jsonl",
        '\ufeff{"case": "a", "text": " One.\\n", "model": "shop/bot"}\r\n\n'
        '{"case": 2, "answer": {"title": "é", "minutes": [1]}}\n{"case": "a", "text": ""}\n',
    )

    assert list(read_answers(path)) == [
        Answer(case_id="a", text=" One.\n", model="shop/bot"),
        Answer(case_id="2", text='{"title": "é", "minutes": [1]}'),
        Answer(case_id="a", text=""),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_answers_are_read_from_csv(separator: str, tmp_path: Path) -> None:
    """An answer of several lines is one cell."""
    path = tmp_path / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(
            [["Case", "Text", "Model"], [" a ", 'One,\ntwo; "three".', ""], [], ["b", "x", "bot"]]
        )

    assert list(read_answers(path)) == [
        Answer(case_id="a", text='One,\ntwo; "three".'),
        Answer(case_id="b", text="x", model="bot"),
    ]


def test_answers_are_read_from_excel(tmp_path: Path) -> None:
    """The sheet named answers is read; a number is the text that it was typed as."""
    path = tmp_path / "answers.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active.append(["notes"])
    sheet = workbook.create_sheet("Answers")
    sheet.append(["case", "text"])
    sheet.append([7, 42.0])
    workbook.save(path)

    assert list(read_answers(path)) == [Answer(case_id="7", text="42")]


def test_answers_are_read_from_a_folder(tmp_path: Path) -> None:
    """A file's name is the case's id; what computers leave lying about is no answer."""
    _write(tmp_path, "b.1.txt", "\ufeffTwo\r\nlines\r\n")
    _write(tmp_path, "a.md", "# One")
    _write(tmp_path, "c.JSON", '{"title": ')
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "~$a.docx"):
        _write(tmp_path, name, b"\xff\x00")

    assert list(read_answers(tmp_path)) == [
        Answer(case_id="a", text="# One"),
        Answer(case_id="b.1", text="Two\nlines\n"),
        Answer(case_id="c", text='{"title": '),
    ]


@pytest.mark.parametrize(
    ("name", "content", "line", "words"),
    [
        ("a.jsonl", '{"case": "a", "text": "x"}\n{"case": "b"}\n', 2, 'Either "text" or "answer"'),
        ("a.jsonl", '{"case": "a", "text": "x", "answer": {}}\n', 1, 'Either "text" or "answer"'),
        ("a.jsonl", '{"case": "a", "txt": "x"}\n', 1, 'txt: is not a known field. Did you mean "text"?'),
        ("a.jsonl", '{"text": "x"}\n', 1, "case: is missing"),
        ("a.jsonl", '{"case": [], "text": 4}\n', 1, "case: should be a text or a whole number"),
        ("a.jsonl", '{"case": "a", "text": "x"}\n{"case": "a", "text": "x}\n', 2, "not correct JSON"),
        ("a.jsonl", "", None, "There is no answer in here."),
        ("a.csv", "case,txt\na,x\n", 1, 'Unknown column "txt". Did you mean "text"?'),
        ("a.csv", "case,model\na,x\n", 1, 'The column "text" is missing.'),
        ("a.csv", "case,text\na,x\nb,\n", 3, 'The cell in the column "text" is empty'),
        ("a.csv", "case,text\n,x\n", 2, 'The cell in the column "case" is empty'),
        ("a.csv", "case,text\n", None, "There is no answer in here."),
        ("a.csv", b"case,text\na,caf\xe9\n", 2, "This is not UTF-8 text."),
        ("a.docx", "", None, "Answers are read from .jsonl, .csv and .xlsx files, or from a folder"),
        ("answers/a.docx", "x", None, "An answer should be a file CASE-ID.txt, .md or .json"),
        ("answers/a.txt", " \n", None, "The file is empty"),
        ("answers/a.txt", b"one\ncaf\xe9\n", 2, "This is not UTF-8 text."),
        ("answers/.hidden", "", None, "There is no answer in here."),
    ],
)
def test_a_problem_is_told_with_its_place(
    name: str, content: str | bytes, line: int | None, words: str, tmp_path: Path
) -> None:
    """File and line lead to what is to be mended; the answer itself is not repeated."""
    (tmp_path / "answers").mkdir()
    path = _write(tmp_path, name, content)

    with pytest.raises(FileError) as caught:
        list(read_answers(path if path.parent == tmp_path else path.parent))

    assert words in str(caught.value)
    assert caught.value.line == line


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A slip in a path is no empty list of answers."""
    with pytest.raises(FileError, match="There is no such file"):
        list(read_answers(tmp_path / "answers.csv"))


def test_twenty_thousand_rows_stream_through(tmp_path: Path) -> None:
    """Memory stays flat: 20,000 answers of 400 characters (8 MB) take less than half a megabyte."""
    path = tmp_path / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["case", "text"])
        writer.writerows([f"case-{number}", "words, and\n" * 36] for number in range(20_000))
    next(read_answers(path))

    tracemalloc.start()
    try:
        n = sum(1 for _ in read_answers(path))
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert n == 20_000
    assert peak_bytes < 500_000
