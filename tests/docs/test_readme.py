"""What the README shows is run."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.examples import FEEDBACK

ROOT = Path(__file__).parents[2]


def test_the_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each block after the other, on scripted answers: nobody is asked."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sandbox.toml").write_text('model = "scripted/answers.jsonl"\n', encoding="utf-8")
    answer = json.dumps(FEEDBACK | {"question": "[STUDENT_1], what size is a piece?"})
    (tmp_path / "answers.jsonl").write_text(json.dumps({"text": answer}), encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first, second = re.findall(r"```python\n(.*?)```", readme, flags=re.DOTALL)
    names: dict[str, Any] = {}

    exec(first, names)
    exec(second.replace("openai/MODEL", "scripted/answers.jsonl"), names)
    names["sandbox"].close()

    assert len(first.strip().splitlines()) == 5
    assert "strengths" in capsys.readouterr().out
    assert names["trial"].artifact.question == "Renata, what size is a piece?"
