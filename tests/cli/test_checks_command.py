"""`sandbox checks`: standings in the list, a card made by calibrating, and pages about checks."""

import json
from pathlib import Path

import pytest

from sandbox.cli.main import run


def _write_rows(folder: Path) -> Path:
    rows = [
        {
            "text": f"Take {n} and 5. So {n} + 5 = {n + 5 + (n % 2)}.",
            "label": "yes" if n % 2 else "no",
            "group": n,
        }
        for n in range(10, 40)
    ]
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_list_says_where_each_check_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a table and as JSON."""
    assert run(["-C", str(tmp_path), "checks", "list", "--json"]) == 0
    facts = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    assert run(["-C", str(tmp_path), "checks", "list"]) == 0
    table = capsys.readouterr().out

    assert facts["minutes_add_up"]["standing"] == "construction"
    assert "planted defects were found" in facts["minutes_add_up"]["measured"]
    assert "construction" in table


def test_explain_shows_the_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words, and whole as JSON."""
    assert run(["-C", str(tmp_path), "checks", "explain", "minutes_add_up"]) == 0
    text = capsys.readouterr().out
    assert run(["-C", str(tmp_path), "checks", "explain", "minutes_add_up", "--json"]) == 0
    card = json.loads(capsys.readouterr().out)["card"]

    assert "Proved by construction" in text
    assert "a segment is dropped" in text
    assert card["planted"]["n_killed"] > 0


def test_judges_are_listed_and_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With what they look for, and that nothing rests on them."""
    assert run(["-C", str(tmp_path), "checks", "list", "--json"]) == 0
    facts = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    assert run(["-C", str(tmp_path), "checks", "explain", "student_can_act"]) == 0
    text = capsys.readouterr().out

    assert facts["student_can_act"]["asks_a_model"]
    assert facts["student_can_act"]["standing"] == "uncalibrated"
    assert "leaves_the_thinking" in text
    assert "uncalibrated" in text


def test_a_school_calibrates_a_check_and_its_card_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The card goes into the folder's cards/, and stands for the check from then on."""
    pytest.importorskip("sklearn")
    rows = _write_rows(tmp_path)

    code = run(["-C", str(tmp_path), "checks", "calibrate", "arithmetic_correct", "--data", str(rows)])
    said = capsys.readouterr().out
    run(["-C", str(tmp_path), "checks", "list", "--json"])
    facts = {each["name"]: each for each in json.loads(capsys.readouterr().out)}

    assert code == 0
    assert "kappa 1.00" in said
    assert "30 of 30 rows" in said
    assert (tmp_path / "cards" / "arithmetic_correct.json").is_file()
    assert facts["arithmetic_correct"]["standing"] == "people"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["nothing_such"], "nothing_such"),
        (["arithmetic_correct", "--label", "verdict"], 'There is no "verdict"'),
        (["arithmetic_correct", "--positive", "maybe"], "No row is labelled 'maybe'"),
        (["arithmetic_correct", "--input", "grade"], "grade=Grade"),
    ],
)
def test_what_is_wrong_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], words: str
) -> None:
    """With exit code 3, and no card."""
    pytest.importorskip("sklearn")
    rows = _write_rows(tmp_path)

    code = run(["-C", str(tmp_path), "checks", "calibrate", *options, "--data", str(rows)])

    assert code == 3
    assert words in capsys.readouterr().err
    assert not (tmp_path / "cards").exists()


def test_a_page_is_written_for_each_check(tmp_path: Path) -> None:
    """And a table of all."""
    assert run(["-C", str(tmp_path), "checks", "docs", str(tmp_path / "pages")]) == 0
    index = (tmp_path / "pages" / "README.md").read_text(encoding="utf-8")

    assert "[minutes_add_up](minutes_add_up.md)" in index
    assert (tmp_path / "pages" / "minutes_add_up.md").is_file()
