"""Cassettes: answers of a model, recorded as evidence, one a line, so that they can be read in a diff."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO, Literal, Self, TypeVar

from pydantic import ValidationError

from sandbox.domain.exchange import Completion, Message, ModelCard, Request, Settings, StructuredMode
from sandbox.domain.problems import describe_problems
from sandbox.domain.record import Record
from sandbox.errors import FileError
from sandbox.storage.text_file import read_lines

Line = TypeVar("Line", bound=Record)


class CassetteHeader(Record):
    """The first line: which model the answers are from, and what its provider said of it."""

    cassette: Literal[1] = 1
    """The version of the format."""
    model: str
    """`provider/model`."""
    card: ModelCard


class RecordedRequest(Record):
    """What a reader of a cassette wants to know of a request; the key stands for the rest."""

    messages: tuple[Message, ...]
    settings: Settings
    output_name: str
    structured: StructuredMode | None
    repeat: int

    @classmethod
    def of(cls, request: Request) -> Self:
        """The part of a request that is written down."""
        return cls.model_validate({name: getattr(request, name) for name in cls.model_fields})


class RecordedAnswer(Record):
    """Every line after the first: a request and its answer."""

    key: str
    request: RecordedRequest
    completion: Completion


@dataclass(frozen=True, slots=True)
class Cassette:
    """A recording, read: the model's header, and the answers by the key of their request."""

    header: CassetteHeader
    completions: Mapping[str, Completion]


def request_key(request: Request) -> str:
    """SHA-256 over what the answer depends on; neither the model's name nor the timeout is in it."""
    # Without what is None, so that a setting which comes later leaves the keys of old recordings alone.
    asked = request.model_dump(
        mode="json",
        include={"messages", "settings", "output_schema", "structured", "repeat"},
        exclude_none=True,
    )
    canonical = json.dumps(asked, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(canonical.encode()).hexdigest()


def read_cassette(path: Path) -> Cassette:
    """The recording that a file holds.

    Raises:
        FileError: there is no such file, or one of its lines is no line of a cassette.
    """
    lines = enumerate(read_lines(path), start=1)
    _, first = next(lines, (1, ""))
    header = parse_line(path, 1, first, CassetteHeader)
    completions: dict[str, Completion] = {}
    for number, text in lines:
        answer = parse_line(path, number, text, RecordedAnswer)
        if answer.key in completions:
            raise FileError(path, "This request is answered above already: delete one.", line=number)
        completions[answer.key] = answer.completion
    return Cassette(header, completions)


def start_cassette(path: Path, header: CassetteHeader) -> None:
    """Begin a recording in a new file.

    Raises:
        FileError: the file cannot be written.
    """
    _append(path, header)


def append_answer(path: Path, request: Request, completion: Completion) -> None:
    """Write an answer to the end of a recording, at once.

    Raises:
        FileError: the file cannot be written.
    """
    recorded = RecordedAnswer(
        key=request_key(request), request=RecordedRequest.of(request), completion=completion
    )
    _append(path, recorded)


def parse_line(path: Path, number: int, text: str, kind: type[Line]) -> Line:
    """The record that a line of a file holds as JSON.

    Raises:
        FileError: it holds something else.
    """
    try:
        return kind.model_validate_json(text)
    except ValidationError as cause:
        problems = "; ".join(str(problem) for problem in describe_problems(cause, kind))
        raise FileError(path, problems, line=number) from None


def _append(path: Path, record: Record) -> None:
    line = json.dumps(record.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            if _lacks_line_end(file):
                file.write(b"\n")
            file.write(f"{line}\n".encode())
    except OSError as cause:
        raise FileError(path, f"The file cannot be written ({cause.strerror}).") from cause


def _lacks_line_end(file: BinaryIO) -> bool:
    """Whether the last line was left open, as some editors do."""
    if file.seek(0, SEEK_END) == 0:
        return False
    file.seek(-1, SEEK_END)
    return file.read(1) != b"\n"
