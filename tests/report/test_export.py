"""An artifact as a file."""

import json
from pathlib import Path

import pytest

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.errors import FileError, InputError
from sandbox.report.export import export_artifact
from sandbox.report.wording import ai_label

LABEL = ai_label("openai/gpt-sample")


@pytest.mark.parametrize("suffix", [".md", ".txt", ".html", ".json", ".MD"])
def test_every_text_says_that_ai_drafted_it(tmp_path: Path, feedback: Feedback, suffix: str) -> None:
    """The label stands in the file, and so does the artifact."""
    path = export_artifact(feedback, tmp_path / f"feedback{suffix}", label=LABEL)
    text = path.read_text(encoding="utf-8")

    assert "Drafted with AI (openai/gpt-sample). Read and edit before use." in text
    assert "What does the fox hear before it moves?" in text


def test_a_page_escapes_what_the_model_wrote(tmp_path: Path, feedback: Feedback) -> None:
    """Markup in an artifact stays text; the page is in the artifact's language."""
    path = export_artifact(feedback, tmp_path / "feedback.html", label=LABEL, language="es")
    page = path.read_text(encoding="utf-8")

    assert '<html lang="es">' in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_json_can_be_read_back(tmp_path: Path, feedback: Feedback) -> None:
    """Nothing of the artifact is lost."""
    path = export_artifact(feedback, tmp_path / "feedback.json", label=LABEL)
    record = json.loads(path.read_text(encoding="utf-8"))

    assert record["type"] == "feedback"
    assert Feedback.model_validate(record["artifact"]) == feedback


@pytest.mark.parametrize("name", ["feedback.pdf", "feedback"])
def test_an_unknown_suffix_names_the_known_ones(tmp_path: Path, feedback: Feedback, name: str) -> None:
    """The error is of use."""
    with pytest.raises(InputError, match=r"\.docx, \.html, \.json, \.md, \.txt"):
        export_artifact(feedback, tmp_path / name, label=LABEL)


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path, feedback: Feedback) -> None:
    """It is an error for people. A folder that is not there is made."""
    export_artifact(feedback, tmp_path / "made" / "feedback.md", label=LABEL)

    with pytest.raises(FileError, match="cannot be written"):
        export_artifact(feedback, tmp_path / "made" / "feedback.md" / "feedback.md", label=LABEL)
