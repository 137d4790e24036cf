"""Cases are read from YAML and JSON lines, and each problem is told with its place."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.domain.trial import Case
from sandbox.errors import FileError
from sandbox.storage.case_file import read_cases

INPUTS = ("grade", "task", "student_work", "learner_needs")

YAML = """- id: halves
  inputs:
    grade: 4
    student_work: no
    learner_needs: [large print, 2]
  roster: [Ana Lopes]
  answer_key: 0.50
  must: [quarter | 1/4, half]
  must_not: a; b
  tags:
  note: From last year.
- grade: "5"
  task: 1.5
"""


def _write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_bytes(content.encode())
    return path


@pytest.mark.parametrize("content", [YAML, YAML.replace("\n", "\r\n"), "\ufeff" + YAML])
def test_cases_are_read_from_yaml(content: str, tmp_path: Path) -> None:
    """Inputs stand under `inputs` or flat; what is empty was not given; numbers keep their digits."""
    assert read_cases(_write(tmp_path, "cases.yml", content), input_names=INPUTS) == (
        Case(
            id="halves",
            inputs={"grade": 4, "student_work": "no", "learner_needs": ("large print", "2")},
            roster=("Ana Lopes",),
            answer_key=("0.50",),
            must=("quarter | 1/4", "half"),
            must_not=("a", "b"),
            note="From last year.",
        ),
        Case(id="case-2", inputs={"grade": "5", "task": 1.5}),
    )


def test_cases_are_read_from_json_lines(tmp_path: Path) -> None:
    """The same rules hold; blank lines do not count."""
    content = (
        '\ufeff{"id": 7, "grade": 4, "must": ["true", true, 3], "task": null}\r\n\r\n'
        '{"inputs": {"task": "é\\u2028"}, "tags": "a;b;"}\n'
    )

    assert read_cases(_write(tmp_path, "cases.jsonl", content), input_names=INPUTS) == (
        Case(id="7", inputs={"grade": 4}, must=("true", "true", "3")),
        Case(id="case-2", inputs={"task": "é\u2028"}, tags=("a", "b")),
    )


@pytest.mark.parametrize(
    ("content", "line", "column", "words"),
    [
        ("- id: a\n  grde: 4\n", 2, 3, 'Unknown field "grde". Did you mean "grade"?'),
        ("- id: a\n  inputs:\n    tusk: x\n", 3, 5, 'Unknown field "tusk". Did you mean "task"?'),
        ("- inputs: {}\n  grade: 4\n", 2, 3, 'Unknown field "grade". Known: id, roster,'),
        (
            "- id: a\n- id: b\n- id: a\n",
            3,
            3,
            'The id "a" is used twice; the first time in line 1, column 3',
        ),
        ("- id: case-2\n- grade: 4\n", 2, 3, 'The id "case-2" is used twice'),
        ("- id: ''\n", 1, 3, "id: should not be empty"),
        ("- id: " + "x" * 81 + "\n", 1, 3, "id: should have at most 80 characters"),
        ("- must:\n  - a\n  - {b: c}\n", 3, 5, "must[1]: should be a text"),
        ("- must: {b: c}\n", 1, 3, "must: should be a list"),
        ("- task:\n    b: c\n", 1, 3, "inputs.task: should be a text, a whole number, a number, true or"),
        ("- inputs:\n    task: [[a]]\n", 2, 12, "inputs.task[0]: should be a text"),
        ("- inputs: [a]\n", 1, 3, "inputs: should be a group of named fields"),
        ("- id: a\n- b\n", 2, 3, "A case should be a group of named fields"),
        ("id: a\n", 1, 1, "This should be a list of cases"),
        ("[]\n", None, None, "There is no case in this file."),
        ("- id: a\n  id: b\n", 2, 3, 'The field "id" stands here a second time'),
    ],
)
def test_a_problem_in_yaml_is_told_with_its_place(
    content: str, line: int | None, column: int | None, words: str, tmp_path: Path
) -> None:
    """Line and column lead to the field."""
    with pytest.raises(FileError) as caught:
        read_cases(_write(tmp_path, "cases.yaml", content), input_names=INPUTS)

    assert words in str(caught.value)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("content", "line", "column", "words"),
    [
        ('{"id": "a"}\n{"id": "b",}\n', 2, 12, "This is not correct JSON: "),
        ('{"id": "a"}\n\n{"id" "b"}\n', 3, 7, "This is not correct JSON: expecting ':' delimiter."),
        ('{"grade": NaN}\n', 1, None, "NaN is not a number in JSON"),
        ('{"id": "a", "id": "b"}\n', 1, None, 'the field "id" stands there twice'),
        ('{"id": "\\ud83d"}\n', 1, None, "half a character"),
        ("[" * 100_000 + "\n", 1, None, "Lists lie in lists too deep"),
        ('["a"]\n', 1, None, "Each line should be one JSON object"),
        ('\n{"grde": 4}\n', 2, None, 'Unknown field "grde". Did you mean "grade"?'),
        ('{"id": "a"}\n{"id": "a"}\n', 2, None, "the first time in line 1."),
        ('{"task": {"a": 1}}\n', 1, None, "inputs.task: should be a text, a whole number"),
        ("\n", None, None, "There is no case in this file."),
    ],
)
def test_a_problem_in_json_lines_is_told_with_its_place(
    content: str, line: int | None, column: int | None, words: str, tmp_path: Path
) -> None:
    """The line leads to the case."""
    with pytest.raises(FileError) as caught:
        read_cases(_write(tmp_path, "cases.jsonl", content), input_names=INPUTS)

    assert words in str(caught.value)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_all_problems_are_told_at_once_and_inputs_are_not_repeated(tmp_path: Path) -> None:
    """What a student may have written stays out of messages."""
    secret = "I live at 12 Elm Road"
    content = f"- must: {{a: {secret}}}\n  inputs:\n    student_work: [[{secret}]]\n- grde: {secret}\n"

    with pytest.raises(FileError) as caught:
        read_cases(_write(tmp_path, "cases.yaml", content), input_names=INPUTS)

    assert [line.partition(": ")[0].strip() for line in str(caught.value).splitlines()] == [
        f"{tmp_path / 'cases.yaml'}, line 1, column 3",
        "line 3, column 20",
        "line 4, column 3",
    ]
    assert "Elm" not in str(caught.value)


def test_an_unknown_kind_of_file_is_refused(tmp_path: Path) -> None:
    """The message names the kinds that can be read."""
    with pytest.raises(FileError, match=r"Cases are read from \.yaml, \.jsonl, \.csv and \.xlsx files"):
        read_cases(_write(tmp_path, "cases.xls", ""), input_names=INPUTS)


_values = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.integers(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.text(st.characters(exclude_categories=["Cs"])).map(str.strip), max_size=3),
)


@given(st.lists(st.dictionaries(st.sampled_from(INPUTS), _values), min_size=1, max_size=5))
def test_json_lines_give_back_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]]
) -> None:
    """Inputs come through raw."""
    lines = "\n".join(json.dumps({"inputs": row}, ensure_ascii=False) for row in rows)
    path = _write(tmp_path_factory.mktemp("cases"), "cases.jsonl", lines)

    cases = read_cases(path, input_names=INPUTS)

    assert [case.id for case in cases] == [f"case-{number}" for number in range(1, len(rows) + 1)]
    assert [case.inputs for case in cases] == [
        {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        for row in rows
    ]


def test_what_cases_share_is_kept_once(tmp_path: Path) -> None:
    """Thousands of cases with the same task, roster and tags take little more memory than their work."""
    rows = [
        {"id": f"a{n}", "inputs": {"task": "Add the two parts."}, "roster": ["Ana Lopes"], "tags": ["sums"]}
        for n in range(2)
    ]
    path = _write(tmp_path, "cases.jsonl", "\n".join(map(json.dumps, rows)))

    first, second = read_cases(path, input_names=INPUTS)

    assert first.model_fields_set is second.model_fields_set
    assert first.inputs["task"] is second.inputs["task"]
    assert first.roster[0] is second.roster[0]
    assert first == Case(
        id="a0", inputs={"task": "Add the two parts."}, roster=("Ana Lopes",), tags=("sums",)
    )
