"""Quizzes, rubrics and leveled texts as files that a teacher opens, edits and prints."""

import re
from itertools import pairwise
from pathlib import Path

import docx
import pytest

from sandbox.bundled.artifacts.leveled_text import LeveledText
from sandbox.bundled.artifacts.quiz import Quiz
from sandbox.bundled.artifacts.rubric import Rubric
from sandbox.domain.artifact import Artifact
from sandbox.domain.document import Bullets, Heading, Paragraph, Table
from sandbox.report.export import export_artifact
from sandbox.report.wording import ai_label

FOLDER = Path(__file__).resolve().parents[1] / "good_artifacts"
LABEL = ai_label("scripted/sample")
KINDS: tuple[type[Artifact], ...] = (LeveledText, Quiz, Rubric)
ARTIFACTS = [
    pytest.param(kind.parse(path.read_text(encoding="utf-8")), id=f"{kind.type_name}-{path.stem}")
    for kind in KINDS
    for path in sorted((FOLDER / kind.type_name).glob("*.json"))
]


@pytest.mark.parametrize("artifact", ARTIFACTS)
def test_word_has_real_headings_bullets_and_tables(tmp_path: Path, artifact: Artifact) -> None:
    """Each block of the document is of Word's own kind, in the same order, and no words are lost."""
    word = docx.Document(str(export_artifact(artifact, tmp_path / "made.docx", label=LABEL)))
    blocks = artifact.document().blocks
    styled = [(str(each.style.name) if each.style else "", each.text) for each in word.paragraphs]
    tables = [block for block in blocks if isinstance(block, Table)]

    assert [text for style, text in styled if style == "Title"] == [artifact.document().title]
    assert [pair for pair in styled if pair[0].startswith("Heading")] == [
        (f"Heading {block.level}", block.text) for block in blocks if isinstance(block, Heading)
    ]
    assert [text for style, text in styled if style == "List Bullet"] == [
        item for block in blocks if isinstance(block, Bullets) for item in block.items
    ]
    assert [[tuple(cell.text for cell in row.cells) for row in table.rows] for table in word.tables] == [
        [table.columns, *table.rows] for table in tables
    ]


@pytest.mark.parametrize("artifact", ARTIFACTS)
def test_a_page_can_be_walked_by_its_headings(tmp_path: Path, artifact: Artifact) -> None:
    """One title, no level skipped, a head for every table, and no script."""
    page = export_artifact(artifact, tmp_path / "made.html", label=LABEL).read_text(encoding="utf-8")
    levels = [int(level) for level in re.findall(r"<h(\d)>", page)]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.count("<table>") == page.count("<thead>") > 0
    assert "<script" not in page


@pytest.mark.parametrize("artifact", ARTIFACTS)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_markdown_and_text_hold_title_and_label(tmp_path: Path, artifact: Artifact, suffix: str) -> None:
    """They begin with the title, and say that AI drafted them."""
    text = export_artifact(artifact, tmp_path / f"made{suffix}", label=LABEL).read_text(encoding="utf-8")

    assert text.lstrip("# ").startswith(artifact.document().title.split("[")[0])
    assert "Read and edit before use." in text


def test_the_paragraphs_of_a_leveled_text_stay_apart(tmp_path: Path) -> None:
    """A text is read paragraph by paragraph in Word, too, and a Spanish one as Spanish."""
    source = FOLDER / "leveled_text" / "g5-el-ciclo-del-agua.json"
    artifact = LeveledText.parse(source.read_text(encoding="utf-8"))
    path = export_artifact(artifact, tmp_path / "agua.docx", label=LABEL, language="es")
    word = docx.Document(str(path))
    written = [paragraph.text for paragraph in word.paragraphs]

    assert [each for each in artifact.rewritten_text.split("\n\n") if each not in written] == []
    assert word.core_properties.language == "es-US"


def test_what_is_to_be_sorted_is_a_list() -> None:
    """Things to put in order would be hard to read as one paragraph."""
    source = FOLDER / "quiz" / "g4-equivalent-fractions.json"
    quiz = Quiz.parse(source.read_text(encoding="utf-8"))

    blocks = quiz.document().blocks
    place = blocks.index(Paragraph("Put these fractions in order, the smallest first:"))

    assert blocks[place + 1] == Bullets(("3/4", "1/2", "5/8", "1/4"))


def test_options_have_letters_and_the_key_names_them() -> None:
    """A student says B, and the teacher finds B in the key, with the mistake behind each other letter."""
    source = FOLDER / "quiz" / "g4-equivalent-fractions.json"
    quiz = Quiz.parse(source.read_text(encoding="utf-8"))
    tables = [block for block in quiz.document().blocks if isinstance(block, Table)]

    assert tables[0].rows[0][:2] == ("1 (depth 1)", "C) 3/6")
    assert tables[1].rows[0] == ("1", "A) 2/3", "Adds 1 to the top and to the bottom.")
