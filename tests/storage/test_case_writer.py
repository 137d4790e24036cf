"""Cases written to files are the same when they are read again."""

from pathlib import Path

import pytest

from sandbox.domain.trial import Case
from sandbox.errors import FileError
from sandbox.storage.case_file import read_cases
from sandbox.storage.case_writer import write_cases

HARD_TEXTS = (
    "plain",
    "two\nlines",
    "  - one\n    two\n\n\nthree # no comment",
    "a tab\there\nand\r\nother endings\n",
    "0.50",
    "true",
    "null",
    "007",
    "=1+1",
    "'it''s' \"quoted\": {a: [b]}",
    "*star & ampersand !tag %percent @at `tick`",
    "naïve “curly” ½ 🦊",
    "line \u2028 separator \x85 and bell \x07",
    "word " * 60,
)


@pytest.mark.parametrize("name", ["cases.yaml", "cases.jsonl"])
def test_every_text_comes_back(name: str, tmp_path: Path) -> None:
    """Whatever YAML might take it for."""
    cases = tuple(
        Case(
            id=f"case-{number}",
            inputs={"work": text, "n": number, "list": ("a", "4")},
            answer_key=("5/8", "4"),
        )
        for number, text in enumerate(HARD_TEXTS)
    )
    write_cases(cases, tmp_path / name)

    assert read_cases(tmp_path / name, input_names=["work", "n", "list"]) == cases


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Cases are work."""
    path = tmp_path / "cases.yaml"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(FileError, match="There is such a file already"):
        write_cases([Case(id="a")], path)
    assert path.read_text(encoding="utf-8") == "mine"


def test_another_ending_is_refused(tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(FileError, match=r"\.yaml and \.jsonl"):
        write_cases([Case(id="a")], tmp_path / "cases.csv")
