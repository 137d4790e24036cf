"""A document as a Word file that a screen reader can find its way in."""

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from sandbox.domain.document import Block, Bullets, Document, Heading, Paragraph, Table
from sandbox.errors import InputError
from sandbox.report.xml_text import xml_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable

_WORD_LANGUAGES = {"en": "en-US", "es": "es-US"}
"""Word checks the spelling of a language only with its region; others are taken as they are."""


def to_word(document: Document, *, label: str, language: str = "en") -> bytes:
    """The document as a Word file; `label` stands below the title and at the foot of every page.

    Raises:
        InputError: the package that writes Word documents is missing.
    """
    try:
        import docx  # noqa: PLC0415 - an optional dependency
    except ImportError:
        raise InputError(
            'Word documents need one more package: pip install "lesson-sandbox[office]". '
            "Or choose .html, which Word opens too."
        ) from None
    word = docx.Document()
    _set_properties(word, document.title, label, language)
    word.add_heading(xml_text(document.title), level=0)
    word.add_paragraph(xml_text(label), style="Intense Quote")
    word.sections[0].footer.paragraphs[0].text = xml_text(label)
    for block in document.blocks:
        _add_block(word, block)
    content = BytesIO()
    word.save(content)
    return content.getvalue()


def _set_properties(word: "WordDocument", title: str, label: str, language: str) -> None:
    properties = word.core_properties
    properties.title = xml_text(title)[:255]
    properties.comments = xml_text(label)[:255]
    properties.author = ""
    properties.language = _WORD_LANGUAGES.get(language, language)
    properties.created = properties.modified = datetime.now(UTC)
    for element in word.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang"):
        for attribute in list(element.attrib):
            element.set(attribute, properties.language)


def _add_block(word: "WordDocument", block: Block) -> None:
    match block:
        case Heading(text, level):
            word.add_heading(xml_text(text), level=level)
        case Paragraph(text, label):
            paragraph = word.add_paragraph()
            if label:
                paragraph.add_run(f"{xml_text(label)}: ").bold = True
            paragraph.add_run(xml_text(text))
        case Bullets(items):
            for item in items:
                word.add_paragraph(xml_text(item), style="List Bullet")
        case Table(columns, rows):
            table = word.add_table(rows=0, cols=len(columns), style="Table Grid")
            for row in (columns, *rows):
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = xml_text(text)
            _mark_rows(table)
            word.add_paragraph()  # a paragraph must stand between a table and the next


def _mark_rows(table: "WordTable") -> None:
    """Mark the first row as the header, repeated on every page, and keep rows from breaking in two."""
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        namespace = properties.nsmap["w"]
        properties.append(properties.makeelement(f"{{{namespace}}}cantSplit"))
        if number == 0:
            properties.append(properties.makeelement(f"{{{namespace}}}tblHeader"))
            for cell in row.cells:
                for run in cell.paragraphs[0].runs:
                    run.bold = True
