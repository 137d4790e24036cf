"""A document in plain text, Markdown or HTML."""

import textwrap
from collections.abc import Iterable
from html import escape

from sandbox.domain.document import Block, Bullets, Document, Heading, Paragraph, Table

WIDTH = 79
"""Columns of plain text."""


def to_text(document: Document, *, width: int | None = WIDTH) -> str:
    """The document in plain text, wrapped at so many columns, or not at all."""
    parts = [f"{document.title}\n{'=' * min(len(document.title), WIDTH)}"]
    parts += [_block_text(block, width) for block in document.blocks]
    return "\n\n".join(parts) + "\n"


def to_markdown(document: Document) -> str:
    """The document in Markdown (CommonMark, with tables as GitHub writes them)."""
    parts = [f"# {_markdown(document.title)}"]
    parts += [_block_markdown(block) for block in document.blocks]
    return "\n\n".join(parts) + "\n"


def to_html(document: Document, *, top_level: int = 2) -> str:
    """The document as an HTML fragment whose title is a heading of `top_level`; all text is escaped."""
    parts = [f"<h{top_level}>{escape(document.title)}</h{top_level}>"]
    parts += [_block_html(block, top_level) for block in document.blocks]
    return "\n".join(parts)


def notebook_html(label: str, body: str) -> str:
    """A fragment as a notebook shows it: notebooks align tables to the right, which no text is read in."""
    style = ".sandbox :is(th, td, caption) {text-align: left !important; vertical-align: top}"
    return f'<article class="sandbox" aria-label="{escape(label)}"><style>{style}</style>{body}</article>'


def table_html(caption: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in HTML with a caption; each row's first cell is its heading, and all text is escaped."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _block_text(block: Block, width: int | None) -> str:
    match block:
        case Heading(text, level):
            return f"{text}\n{('-' if level == 1 else '.') * min(len(text), WIDTH)}"
        case Paragraph(text, label):
            return _filled(f"{label}: {text}" if label else text, width)
        case Bullets(items):
            return "\n".join(_filled(item, width, lead="- ") for item in items)
        case Table(columns, rows):
            return "\n".join(_row_text(columns, row, width) for row in rows)


def _row_text(columns: tuple[str, ...], row: tuple[str, ...], width: int | None) -> str:
    """A row with a line for each cell, led by its column."""
    lines = [f"{column}: {cell}" for column, cell in zip(columns, row, strict=True) if cell]
    return "\n".join(
        _filled(line, width, lead="  " if number else "- ") for number, line in enumerate(lines)
    )


def _filled(text: str, width: int | None, *, lead: str = "") -> str:
    if width is None:
        return lead + text
    return textwrap.fill(text, width, initial_indent=lead, subsequent_indent=" " * len(lead))


def _block_markdown(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {_markdown(text)}"
        case Paragraph(text, label):
            return f"**{_markdown(label)}:** {_markdown(text)}" if label else _markdown(text)
        case Bullets(items):
            return "\n".join(f"- {_markdown(item)}" for item in items)
        case Table(columns, rows):
            lines = [columns, ("---",) * len(columns), *(tuple(map(_markdown, row)) for row in rows)]
            return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _markdown(text: str) -> str:
    """The text with what Markdown would take for markup escaped, on one line."""
    for character in "\\`*_[]<>|#":
        text = text.replace(character, "\\" + character)
    return " ".join(text.split())


def _block_html(block: Block, top_level: int) -> str:
    match block:
        case Heading(text, level):
            tag = f"h{min(top_level + level, 6)}"
            return f"<{tag}>{escape(text)}</{tag}>"
        case Paragraph(text, label):
            lead = f"<strong>{escape(label)}:</strong> " if label else ""
            return f"<p>{lead}{escape(text)}</p>"
        case Bullets(items):
            return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"
        case Table(columns, rows):
            head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
            body = "".join(
                "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
            )
            return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
