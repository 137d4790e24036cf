"""Reading answers that were made elsewhere: pasted from a chat window, or from a product under review."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from sandbox.domain.problems import describe_problems
from sandbox.domain.record import Record
from sandbox.errors import FileError
from sandbox.storage.json_lines import read_json_lines
from sandbox.storage.positions import Flaw, file_error
from sandbox.storage.table_file import TABLE_SUFFIXES, read_table
from sandbox.storage.text_file import read_text

_TEXT_SUFFIXES = (".txt", ".md", ".json")
_LEFT_BY_SYSTEMS = {"desktop.ini", "Thumbs.db"}


class Answer(Record):
    """An answer to a case, as it was brought."""

    case_id: str
    text: str
    """Prose, or the JSON of an artifact; exactly as it was given, for it is evidence."""
    model: str = ""
    """Who answered, as far as is known."""


class _JsonAnswer(Record):
    """One line of a .jsonl file."""

    case: str | int
    text: str | None = None
    answer: dict[str, object] | None = None
    """The JSON of an artifact, in place of `text`."""
    model: str = ""


def read_answers(path: Path) -> Iterator[Answer]:
    """The answers in a .jsonl, .csv or .xlsx file or in a folder, one in memory at a time.

    A table has the columns case, text and, if known, model; a folder has a file CASE-ID.txt (or .md, .json)
    for each answer. One case may be answered several times.

    Raises:
        FileError: the file or folder cannot be read, holds no answer, or one that is malformed.
        InputError: the package that reads Excel files is not installed.
    """
    is_empty = True
    for answer in _answers(path):
        is_empty = False
        yield answer
    if is_empty:
        raise FileError(path, "There is no answer in here.")


def _answers(path: Path) -> Iterator[Answer]:
    suffix = path.suffix.lower()
    if path.is_dir():
        return _from_folder(path)
    if suffix in TABLE_SUFFIXES:
        return _from_table(path)
    if suffix == ".jsonl":
        return _from_json_lines(path)
    raise FileError(path, "Answers are read from .jsonl, .csv and .xlsx files, or from a folder of texts.")


def _from_table(path: Path) -> Iterator[Answer]:
    required = ("case", "text")
    for row in read_table(path, (*required, "model"), required=required, sheet="answers"):
        flaws = [
            Flaw(row.position, f'The cell in the column "{name}" is empty: fill it in, or delete the row.')
            for name in required
            if name not in row.cells
        ]
        if flaws:
            raise file_error(path, flaws)
        cells = {name: str(cell) for name, cell in row.cells.items()}
        yield Answer(
            case_id=cells["case"].strip(), text=cells["text"], model=cells.get("model", "").strip()
        )


def _from_json_lines(path: Path) -> Iterator[Answer]:
    for position, fields in read_json_lines(path):
        try:
            line = _JsonAnswer.model_validate(fields)
        except ValidationError as cause:
            problems = describe_problems(cause, _JsonAnswer)
            raise file_error(path, [Flaw(position, str(problem)) for problem in problems]) from None
        if (line.text is None) == (line.answer is None):
            problem = 'Either "text" or "answer" should be given.'
            raise file_error(path, [Flaw(position, problem)])
        text = line.text if line.text is not None else json.dumps(line.answer, ensure_ascii=False)
        yield Answer(case_id=str(line.case).strip(), text=text, model=line.model.strip())


def _from_folder(folder: Path) -> Iterator[Answer]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")) or path.name in _LEFT_BY_SYSTEMS:
            continue
        if path.suffix.lower() not in _TEXT_SUFFIXES:
            raise FileError(path, "An answer should be a file CASE-ID.txt, .md or .json: save it as one.")
        text = read_text(path)
        if not text.strip():
            raise FileError(path, "The file is empty: put the answer into it, or delete it.")
        yield Answer(case_id=path.stem, text=text)
