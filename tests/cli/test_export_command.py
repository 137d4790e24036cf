"""`sandbox export`: from an evaluation on record to a file for another tool."""

import json
import zipfile
from pathlib import Path

import pytest

from sandbox.app import Sandbox
from sandbox.cli.main import run
from tests.examples import FEEDBACK


@pytest.fixture
def evaluation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An evaluation of two cases, in the folder that the command line stands in."""
    monkeypatch.chdir(tmp_path)
    line = json.dumps({"text": json.dumps(FEEDBACK)})
    (tmp_path / "good.jsonl").write_text(line, encoding="utf-8")
    with Sandbox(tmp_path) as sandbox:
        return sandbox.evaluate("feedback", models=["scripted/good.jsonl"], limit=2).id


def test_an_inspect_log_has_the_answer_keys_of_the_suite(evaluation: str, tmp_path: Path) -> None:
    """They are not on record, but the suite is still the one that was evaluated."""
    code = run(["export", evaluation, "-o", "log.eval"])

    assert code == 0
    with zipfile.ZipFile(tmp_path / "log.eval") as archive:
        summaries = json.loads(archive.read("summaries.json"))
    assert [each["id"] for each in summaries] == ["g4-adding-eighths", "g3-school-garden-opinion"]
    assert "5/8" in summaries[0]["target"]
    assert summaries[1]["target"] == ""


def test_the_path_goes_to_stdout_and_the_warning_to_stderr(
    evaluation: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has the file has students' work."""
    code = run(["export", evaluation, "-o", "trials.csv"])

    shown = capsys.readouterr()
    assert (code, shown.out) == (0, "trials.csv\n")
    assert "2 trials. They hold students' work" in " ".join(shown.err.split())


def test_json_for_programs(evaluation: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What was written, and how much."""
    run(["export", evaluation, "-o", "trials.jsonl", "--json"])

    assert json.loads(capsys.readouterr().out) == {
        "evaluation": evaluation,
        "trials": 2,
        "paths": ["trials.jsonl"],
    }


def test_an_unknown_evaluation_is_told(evaluation: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With those that there are."""
    code = run(["export", "feedback-00000000", "-o", "trials.csv"])

    assert code == 3
    assert evaluation in capsys.readouterr().err
