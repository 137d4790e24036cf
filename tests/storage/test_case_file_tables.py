"""Cases are read from CSV and Excel files, and each problem is told with its line or row."""

import csv
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.domain.trial import Case
from sandbox.errors import FileError, InputError
from sandbox.storage.case_file import read_cases

INPUTS = ("grade", "task", "student_work", "learner_needs")


def _csv(folder: Path, content: str | bytes) -> Path:
    path = folder / "cases.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _excel(folder: Path, *rows: list[object], title: str = "Sheet1") -> Path:
    path = folder / "cases.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_cases_are_read_from_csv(separator: str, ending: str, encoding: str, tmp_path: Path) -> None:
    """However a spreadsheet writes them; the words of a student come through untouched."""
    path = tmp_path / "cases.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator, lineterminator=ending).writerows(
            [
                ["id", "Grade", "Student work", "Answer Key", "must", "note"],
                ["halves", "4", f'one,{ending}two; "é"\t', "1/2; 0.50", "", ""],
                [],
                ["", "5", " three ", "", "a | b;c", " "],
                ["", "", "", "", "", ""],
            ]
        )

    assert read_cases(path, input_names=INPUTS) == (
        Case(
            id="halves",
            inputs={"grade": "4", "student_work": f'one,{ending}two; "é"\t'},
            answer_key=("1/2", "0.50"),
        ),
        Case(id="case-2", inputs={"grade": "5", "student_work": " three "}, must=("a | b", "c")),
    )


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("id,grde,tusk\na,4,x\n", 1, 'Unknown column "grde". Did you mean "grade"?'),
        ("id,grde,tusk\na,4,x\n", 1, '\n  Unknown column "tusk". Did you mean "task"?'),
        ("id,grade,Grade\na,4,5\n", 1, 'The column "grade" stands there twice.'),
        ("\n\nid;tusk\na;4\n", 3, 'Unknown column "tusk"'),
        ('id,task\na,"x\ny"\nb\n', 4, "This row should have 2 cells, as many as the first row, but has 1."),
        ("id,task\na,x\nb,y,z\n", 3, "This row should have 2 cells, as many as the first row, but has 3."),
        ("id,task,\na,x,\nb,y,z\n", 3, "Cell 3 of this row is filled in, but its column has no name"),
        ('id,task\na,x\n\nb,"y\nc,z\n', 4, "A quotation mark opens in this row, but none closes it."),
        ('id,task\na,"x" y\n', 2, 'A quotation mark inside a text must be doubled: "".'),
        ('id,task\na,"' + "x" * 140_000 + '"\n', 2, "A cell in this row is too long"),
        ("id,task\ra,x\r", 1, "The line endings are of an old kind."),
        ('id,task\na,"x\ny"\nb,\na,x\n', 5, 'The id "a" is used twice; the first time in line 2.'),
        ("id,task\n" + "x" * 81 + ",\n", 2, "id: should have at most 80 characters"),
        ("id,task\na,caf\xe9\n".encode("cp1252"), 2, "This is not UTF-8 text."),
        ("id,task\na,x\n".encode("utf-16"), 1, "This is not UTF-8 text."),
        ("id,task\n", None, "There is no case in this file."),
        ("\n", None, "The table is empty."),
        ("", None, "The table is empty."),
    ],
)
def test_a_problem_in_csv_is_told_with_its_line(
    content: str | bytes, line: int | None, words: str, tmp_path: Path
) -> None:
    """The line is where the row begins, even below a text of several lines."""
    path = _csv(tmp_path, content)

    with pytest.raises(FileError) as caught:
        read_cases(path, input_names=INPUTS)

    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{path}, line {line}: " if line else f"{path}: ")


def test_cases_are_read_from_excel(tmp_path: Path) -> None:
    """Whole numbers are whole, dates are ISO texts, and what is empty was not given."""
    path = _excel(
        tmp_path,
        ["ID", "grade", "task", "student work", "learner_needs", "answer_key", None],
        [1.0, 4.0, date(2026, 3, 31), "  3/4 ", True, 0.5, None],
        [],
        [None, "K", datetime(2026, 3, 31, 9, 5), time(9, 5), timedelta(hours=25), "a; b"],  # noqa: DTZ001
    )

    assert read_cases(path, input_names=INPUTS) == (
        Case(
            id="1",
            inputs={"grade": 4, "task": "2026-03-31", "student_work": "  3/4 ", "learner_needs": True},
            answer_key=("0.5",),
        ),
        Case(
            id="case-2",
            inputs={
                "grade": "K",
                "task": "2026-03-31T09:05:00",
                "student_work": "09:05:00",
                "learner_needs": "1 day, 1:00:00",
            },
            answer_key=("a", "b"),
        ),
    )


def test_the_sheet_named_cases_is_read_or_else_the_first(tmp_path: Path) -> None:
    """Notes can stand on other sheets."""
    path = _excel(tmp_path, ["task"], ["first"], title="Notes")
    assert read_cases(path, input_names=INPUTS)[0].inputs == {"task": "first"}

    workbook = openpyxl.load_workbook(path)
    sheet = workbook.create_sheet("Cases")
    sheet.append(["task"])
    sheet.append(["second"])
    workbook.save(path)

    assert read_cases(path, input_names=INPUTS)[0].inputs == {"task": "second"}


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        ([["id", "grde"], ["a", 4]], 1, 'Unknown column "grde". Did you mean "grade"?'),
        ([["id", "task"], ["a", "x"], [], ["a", "y"]], 4, "the first time in row 2."),
        ([["id", "task"], ["a", "x"], ["b", "#REF!"]], 3, "A formula in this row gives #REF!."),
        (
            [["id", "task"], ["a", "x", "y"]],
            2,
            "This row should have 2 cells, as many as the first row, but has 3.",
        ),
        ([["id", None, "task"], ["a", "y", "x"]], 2, "Cell 2 of this row is filled in, but its column has"),
        ([[]], None, "The table is empty."),
    ],
)
def test_a_problem_in_excel_is_told_with_its_row(
    rows: list[list[object]], row: int | None, words: str, tmp_path: Path
) -> None:
    """Rows are counted as the spreadsheet does."""
    path = _excel(tmp_path, *rows)

    with pytest.raises(FileError) as caught:
        read_cases(path, input_names=INPUTS)

    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{path}, row {row}: " if row else f"{path}: ")
    assert (caught.value.path, caught.value.line) == (path, row)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """A file that was renamed to .xlsx is still none."""
    path = tmp_path / "cases.xlsx"
    path.write_text("id,task\n", encoding="utf-8")

    with pytest.raises(FileError, match="This is not an Excel workbook, or it has a password"):
        read_cases(path, input_names=INPUTS)
    with pytest.raises(FileError, match="There is no such file"):
        read_cases(tmp_path / "none.xlsx", input_names=INPUTS)


def test_a_missing_package_is_told_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel files need a package that not everybody has installed."""
    path = _excel(tmp_path, ["task"], ["x"])
    monkeypatch.setitem(sys.modules, "openpyxl", None)

    with pytest.raises(InputError, match=r"pip install 'lesson-sandbox\[office\]'"):
        read_cases(path, input_names=INPUTS)


_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(
    st.lists(st.dictionaries(st.sampled_from(INPUTS), _texts), min_size=1, max_size=5),
    st.sampled_from(",;\t"),
)
def test_csv_gives_back_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]], separator: str
) -> None:
    """Inputs come through raw: commas, quotes and line endings included; only blank cells are left out."""
    path = tmp_path_factory.mktemp("cases") / "cases.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["note", *INPUTS], delimiter=separator)
        writer.writeheader()
        writer.writerows({"note": "x", **row} for row in rows)

    cases = read_cases(path, input_names=INPUTS)

    assert [case.inputs for case in cases] == [
        {name: text for name, text in row.items() if text.strip()} for row in rows
    ]
