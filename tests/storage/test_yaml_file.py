"""YAML files are read as data, and each problem is told with its place."""

from pathlib import Path

import pytest
from pydantic import Field

from sandbox.domain.record import Record
from sandbox.errors import FileError
from sandbox.storage.yaml_file import load_yaml, read_yaml, read_yaml_list


class Step(Record):
    """A step of a lesson."""

    title: str
    minutes: int = Field(default=5, ge=1)


class Lesson(Record):
    """A lesson."""

    name: str
    is_open: bool = True
    steps: tuple[Step, ...] = ()


def _write(folder: Path, content: str | bytes) -> Path:
    path = folder / "lesson.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


GOOD = "name: no\nis_open: false\nsteps:\n  - title: 2026-03-31\n    minutes: 7\n  - {title: 'a: b'}\n"


@pytest.mark.parametrize(
    "content", [GOOD, GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD, "# a comment\n---\n" + GOOD]
)
def test_a_record_is_read(content: str, tmp_path: Path) -> None:
    """`no` and dates stay texts; Windows line endings and a byte order mark do not matter."""
    assert read_yaml(_write(tmp_path, content), Lesson) == Lesson(
        name="no", is_open=False, steps=(Step(title="2026-03-31", minutes=7), Step(title="a: b"))
    )


def test_a_list_of_records_is_read(tmp_path: Path) -> None:
    """A file may also list records."""
    path = _write(tmp_path, "- title: a\n- title: b\n  minutes: 2\n")

    assert read_yaml_list(path, Step) == [Step(title="a"), Step(title="b", minutes=2)]


def test_a_number_stays_as_it_was_written(tmp_path: Path) -> None:
    """What would lose digits as a number is kept as a text."""
    path = _write(tmp_path, "[4, -3, 0.5, 0.50, 007, 1_000, 1e3, .inf, 0x1F, 4.0, '4', true, True, ~]")

    assert load_yaml(path).value == [
        *(4, -3, 0.5, "0.50", "007", "1_000", "1e3", ".inf", "0x1F", 4.0, "4", True, "True", None)
    ]


@pytest.mark.parametrize(
    ("content", "line", "column", "words"),
    [
        ("name: a\n\tsteps: []\n", 2, 1, "A tab stands where spaces belong"),
        ("name: a: b\n", 1, 8, "A ':' stands where none can be"),
        ("name: a\nsteps\n", 3, 1, "A ':' is missing after the name"),
        ('x: 1\nname: "a\nsteps: []\n', 2, 7, "A quotation mark opens here"),
        ('name: "\\d"\n', 1, 9, "a backslash is special"),
        ("name: a\nsteps: [1, 2\n", 2, 8, "A list opens here with '['"),
        ("name: {a: 1\n", 1, 7, "A group opens here with '{'"),
        ("name: *bold*\n", 1, 7, "begins with * belongs in quotes"),
        ("name: & co\n", 1, 8, "begins with & belongs in quotes"),
        ("name: @home\n", 1, 7, "begins with a special character"),
        ("name: !a b\n", 1, 1, "begins with ! belongs in quotes"),
        ("name: !!python/name:os.system x\n", 1, 1, "begins with ! belongs in quotes"),
        ("name: a\n---\nname: b\n", 2, 1, "begins a second document"),
        ("name: a\n- b\n", 2, 1, "look at how far it is indented"),
        ("  name: a\n is_open: true\n", 2, 2, "look at how far it is indented"),
        ("name: 'it's'\n", 1, 11, "look at how far it is indented, and at its quotes"),
        ("name: - b\n", 1, 7, "The first '- ' of a list"),
        ("name: > b\n", 1, 9, "The text after '|' or '>'"),
        ("name: a\x07\n", 1, 8, "An invisible control character"),
        ("name: &x a\nsteps: *x\n", 2, 1, "'*' repeats another part"),
        ("name: &x [*x]\n", 1, 7, "'*' repeats another part"),
        ("? [a]\n: b\n", 1, 3, "The name of a field should be a text"),
        ("name: ]\n", 1, 7, "This is not correct YAML"),
        ("name: a\nis_open: true\nname: b\n", 3, 1, 'The field "name" stands here a second time'),
        ("name: a\nis_opn: true\n", 2, 1, 'is_opn: is not a known field. Did you mean "is_open"?'),
        ("is_open: true\n", 1, 1, "name: is missing"),
        ("name: a\nsteps:\n  - minutes: 3\n", 3, 5, "steps[0].title: is missing"),
        ("name: a\nsteps:\n- title: b\n  minutes: many\n", 4, 3, 'a whole number, not "many"'),
        ("name: 1.0\n", 1, 1, "name: should be a text (put it in quotes), not 1.0"),
        ("name:\n", 1, 1, "name: is empty, but should be a text"),
        ("- name: a\n", 1, 1, "the top level: should be a group of named fields"),
        ("just words\n", 1, 1, "the top level: should be a group of named fields"),
        ("", None, None, "The file is empty."),
        ("# nothing\n", None, None, "The file is empty."),
        (b"name: caf\xe9\n", 1, None, "This is not UTF-8 text."),
        ("[" * 600, None, None, "Lists lie in lists too deep"),
    ],
)
def test_a_problem_is_told_with_its_place(
    content: str | bytes, line: int | None, column: int | None, words: str, tmp_path: Path
) -> None:
    """File, line and column lead to what is to be mended, in words that need no manual."""
    with pytest.raises(FileError) as caught:
        read_yaml(_write(tmp_path, content), Lesson)

    assert words in str(caught.value)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_all_problems_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    """The first gives the place of the error; the others are listed with theirs."""
    path = _write(tmp_path, "nme: a\nsteps:\n  - title: b\n    minutes: 0\n  - c\n")

    with pytest.raises(FileError) as caught:
        read_yaml(path, Lesson)

    assert str(caught.value) == (
        f"{path}, line 1, column 1: name: is missing"
        '\n  line 1, column 1: nme: is not a known field. Did you mean "name"?'
        "\n  line 4, column 5: steps[0].minutes: should be at least 1, not 0"
        '\n  line 5, column 5: steps[1]: should be a group of named fields, not "c"'
    )


def test_a_long_list_of_problems_is_cut(tmp_path: Path) -> None:
    """Twenty problems are enough to start with."""
    path = _write(tmp_path, "- {}\n" * 25)

    with pytest.raises(FileError) as caught:
        read_yaml_list(path, Step)

    assert str(caught.value).count("is missing") == 20
    assert str(caught.value).endswith("\n  and 5 more")
