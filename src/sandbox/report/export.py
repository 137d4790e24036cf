"""An artifact as a file that a teacher opens, edits and prints; it always says that AI drafted it."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from sandbox.domain.artifact import Artifact
from sandbox.domain.document import Document, Paragraph
from sandbox.domain.rendering import to_html, to_markdown, to_text
from sandbox.errors import FileError, InputError
from sandbox.report.html_page import render_page
from sandbox.report.word import to_word


def export_artifact(artifact: Artifact, path: Path, *, label: str, language: str = "en") -> Path:
    """Write an artifact in the format that the path's suffix names, and give the path back.

    `label` says that AI drafted it, and stands below the title. `language` is the language of its words.

    Raises:
        InputError: no format has this suffix, or the package that writes Word documents is missing.
        FileError: the file cannot be written.
    """
    see_to_suffix(path)
    content = _FORMATS[path.suffix.lower()](artifact, label, language)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as cause:
        raise FileError(path, f"cannot be written ({cause.strerror})") from cause
    return path


def see_to_suffix(path: Path) -> None:
    """Make sure that there is a format with the path's suffix, before anything is asked for.

    Raises:
        InputError: there is none.
    """
    if path.suffix.lower() not in _FORMATS:
        raise InputError(f"{path}: give the file one of these endings: {', '.join(_FORMATS)}.")


def _labelled(artifact: Artifact, label: str) -> Document:
    document = artifact.document()
    return replace(document, blocks=(Paragraph(label), *document.blocks))


def _text(artifact: Artifact, label: str, _language: str) -> bytes:
    return to_text(_labelled(artifact, label)).encode()


def _markdown(artifact: Artifact, label: str, _language: str) -> bytes:
    return to_markdown(_labelled(artifact, label)).encode()


def _html(artifact: Artifact, label: str, language: str) -> bytes:
    document = _labelled(artifact, label)
    body = Markup(to_html(document, top_level=1))  # noqa: S704 - to_html escapes all text
    page = render_page("artifact.html.j2", title=document.title, body=body, language=language)
    return page.encode()


def _json(artifact: Artifact, label: str, _language: str) -> bytes:
    record = {"label": label, "type": artifact.type_name, "artifact": artifact.model_dump(mode="json")}
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def _word(artifact: Artifact, label: str, language: str) -> bytes:
    return to_word(artifact.document(), label=label, language=language)


_FORMATS: dict[str, Callable[[Artifact, str, str], bytes]] = {
    ".docx": _word,
    ".html": _html,
    ".json": _json,
    ".md": _markdown,
    ".txt": _text,
}
