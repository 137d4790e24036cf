"""An artifact as a Word document."""

import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph as WordParagraph

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.domain.document import Bullets, Document, Paragraph
from sandbox.errors import InputError
from sandbox.report.export import export_artifact
from sandbox.report.word import to_word

LABEL = "Drafted with AI (openai/gpt-sample). Read and edit before use."


@pytest.fixture
def word(tmp_path: Path, feedback: Feedback) -> WordDocument:
    """The feedback, written and opened again."""
    return docx.Document(str(export_artifact(feedback, tmp_path / "feedback.docx", label=LABEL)))


def test_headings_are_real_headings(word: WordDocument) -> None:
    """A screen reader finds its way by the styles."""
    found = [
        (_style(paragraph), paragraph.text)
        for paragraph in word.paragraphs
        if _style(paragraph).startswith(("Heading", "Title"))
    ]

    assert found == [
        ("Title", "Feedback on your work"),
        ("Heading 1", "What works"),
        ("Heading 1", "What to do next"),
        ("Heading 1", "A question for you"),
        ("Heading 1", "For the teacher, before it is handed on"),
    ]


def test_the_label_stands_on_every_page(word: WordDocument) -> None:
    """Below the title, at the foot of each page, and in the properties."""
    assert word.paragraphs[1].text == LABEL
    assert word.sections[0].footer.paragraphs[0].text == LABEL
    assert word.core_properties.comments == LABEL


def test_tables_have_header_rows(word: WordDocument) -> None:
    """Word repeats the header on each page, and reads it out; no row breaks in two."""
    assert len(word.tables) == 2
    for table in word.tables:
        marks = [{child.tag.rpartition("}")[2] for child in row._tr.trPr} for row in table.rows]
        assert marks[0] == {"tblHeader", "cantSplit"}
        assert all(mark == {"cantSplit"} for mark in marks[1:])
    assert [cell.text for cell in word.tables[0].rows[0].cells] == ["You wrote", "Why it works"]


def test_title_and_language_are_set(word: WordDocument) -> None:
    """Word's accessibility checker asks for a title; a voice needs the language."""
    (language,) = word.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val")

    assert word.core_properties.title == "Feedback on your work"
    assert word.core_properties.language == language == "en-US"
    assert word.core_properties.author == ""


def test_lists_and_another_language() -> None:
    """Bullets are a real list, and a Spanish text is read out as Spanish."""
    document = Document("Volcanes", (Bullets(("lava", "ceniza")), Paragraph("Mira.", label="Tarea")))
    word = docx.Document(BytesIO(to_word(document, label=LABEL, language="es")))

    listed = [paragraph.text for paragraph in word.paragraphs if _style(paragraph) == "List Bullet"]
    assert listed == ["lava", "ceniza"]
    assert word.paragraphs[-1].text == "Tarea: Mira."
    assert word.core_properties.language == "es-US"


def test_a_missing_package_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word is optional; the error tells the next step."""
    monkeypatch.setitem(sys.modules, "docx", None)

    with pytest.raises(InputError, match=r'pip install "lesson-sandbox\[office\]"'):
        to_word(Document("Title", ()), label=LABEL)


def _style(paragraph: WordParagraph) -> str:
    return (paragraph.style and paragraph.style.name) or ""
