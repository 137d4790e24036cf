"""`sandbox cases import`: a file of another tool becomes a file of cases."""

import json
from pathlib import Path

import pytest

from sandbox.cli.main import run
from sandbox.storage.case_file import read_cases

TABLE = """\
grade,subject,task,student_work,__expected
4,Mathematics,Add 3/8 + 2/8.,I got 5/16.,icontains: eighths
5,Mathematics,Add 1/8 + 2/8.,I got 3/16.,llm-rubric: Is kind
"""
INPUTS = ("grade", "subject", "task", "student_work")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with tests of promptfoo, that the command line stands in."""
    (tmp_path / "tests.csv").write_text(TABLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_cases_are_written_and_what_is_lost_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The path to stdout, the talk to stderr, and a file that a suite can use."""
    code = run(["cases", "import", "tests.csv", "--prompt", "feedback", "-o", "cases.yaml"])

    shown = capsys.readouterr()
    assert (code, shown.out) == (0, "cases.yaml\n")
    assert "2 cases from promptfoo; 1 things were left out." in shown.err
    assert "1 × an assertion of type llm-rubric (line 3)" in shown.err
    cases = read_cases(folder / "cases.yaml", input_names=INPUTS)
    assert [(case.id, case.must) for case in cases] == [("case-1", ("eighths",)), ("case-2", ())]


def test_json_for_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every remark with its place."""
    code = run(["cases", "import", "tests.csv", "--prompt", "feedback", "-o", "cases.jsonl", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert (code, found["cases"], found["from"]) == (0, 2, "promptfoo")
    assert found["lost"] == [{"place": "line 3", "text": "an assertion of type llm-rubric"}]


@pytest.mark.parametrize("given", ["input", "=task", "input="])
def test_a_map_without_two_sides_is_refused(
    given: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With an example, and before anything is written."""
    code = run(["cases", "import", "tests.csv", "--prompt", "feedback", "-o", "c.yaml", "--map", given])

    assert code == 3
    assert "Write --map THEIRS=OURS" in capsys.readouterr().err
    assert not (folder / "c.yaml").exists()
