r"""What the lines of a cassette say, to and fro.

Every line is JSON. The first ones name a model each. Then comes entry after entry, each below those of its
messages that stand nowhere above: whose answer it is, what was asked, the text in short pieces, what is the
same whenever the same is answered, and in a line of its own what differs every time. So a diff of two
recordings shows what a model says otherwise. In format 1 each answer was one line; it is read, not written.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, ValidationError
from pydantic_core import to_json

from sandbox.domain.exchange import (
    Completion,
    FinishReason,
    Message,
    ModelCard,
    Request,
    Role,
    Settings,
    StructuredMode,
    Usage,
)
from sandbox.domain.problems import describe_problems
from sandbox.domain.record import Record
from sandbox.errors import ErrorKind, FileError, ProviderError

Line = TypeVar("Line", bound=Record)

HEADER, ENTRY, ASKED, RESULT, LAST = (
    b'{"card":',
    b'{"case":',
    b'{"asked":',
    b'{"calls":',
    b'{"asked_at":',
)
"""How the lines of a model and of an entry begin, in this order."""
MESSAGE, PIECE = b'{"message":', b'{"text":'
"""How a message begins, and a piece of its text or of an answer's."""
STOP = b'{"stopped":'
"""How the line begins that says why no more was asked."""
FAILURE = b'"failure":'
"""What stands in the result of an entry that holds no answer."""

_ENDS = ("\n", "\\n", ". ", "? ", "! ", '", ')
"""Where a text is cut: after a line or a sentence, also where it is JSON, whose line ends are `\\n`."""


class CassetteHeader(Record):
    """A model whose answers are recorded, and what its provider said of it."""

    card: ModelCard
    cassette: Literal[1, 2] = 2
    """The version of the format."""
    model: str
    """`provider/model`."""


class EntryStart(Record):
    """The first line of an entry: whose answer it is."""

    case: str
    repeat: int = Field(ge=1)
    model: str
    key: str = Field(pattern="^[0-9a-f]{64}$")
    """What was asked, as `request_key` makes it."""


class Asked(Record):
    """The second: what a reader wants to know of the request; the key stands for the rest."""

    asked: tuple[str, ...]
    """The messages, by the names that they have in this file."""
    output_name: str
    structured: StructuredMode | None
    settings: Settings


class Result(Record):
    """The last but one: what came of asking, as far as it is the same whenever the same is answered."""

    calls: int = Field(ge=0)
    """How often the model was asked, retries included; 0 if nothing was let out."""
    model_served: str = ""
    finish_reason: FinishReason = FinishReason.STOP
    usage: Usage = Usage()
    cost_usd: float | None = None
    refusal: str | None = None
    failure: ErrorKind | None = None
    """Why there is no answer."""
    problem: str = ""
    """The same, in words for people."""
    scrubbed: int = Field(default=0, ge=0)
    """Keys and personal data that were taken out of what the model said."""


class Circumstances(Record):
    """The last: what differs every time, even if the same is answered."""

    asked_at: datetime
    answered_at: datetime
    latency_seconds: float = Field(default=0, ge=0)
    request_id: str | None = None


class MessageStart(Record):
    """The first line of a message; pieces of its text follow."""

    message: str
    """Its name in this file: a hash of what it says."""
    role: Role


class Piece(Record):
    """A piece of a text."""

    text: str


class Stop(Record):
    """Why a target was not asked any more when it was recorded."""

    stopped: str
    """The target, in a few words."""
    model: str
    reason: str


class OldEntry(Record):
    """An answer in format 1. Of its request nothing is needed but the key."""

    key: str = Field(pattern="^[0-9a-f]{64}$")
    request: dict[str, object]
    completion: Completion


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a request, and when; neither a completion nor an error if nothing was let out."""

    completion: Completion | None = None
    error: ProviderError | None = None
    calls: int = 0
    scrubbed: int = 0
    asked_at: datetime | None = None
    """None only in format 1, as `answered_at`."""
    answered_at: datetime | None = None


def header_line(header: CassetteHeader) -> bytes:
    """The line that names a model."""
    return _line(header.model_dump(mode="json"))


def stop_line(stop: Stop) -> bytes:
    """The line that says why no more was asked."""
    return _line(stop.model_dump())


def entry_lines(start: EntryStart, request: Request, answer: Answer, known: Collection[str]) -> bytes:
    """An entry, below those of its messages whose names are not `known`."""
    named = {message_name(message): message for message in request.messages}
    lines: list[bytes] = []
    for name, message in named.items():
        if name not in known:
            lines += _line({"message": name, "role": message.role.value}), *_pieces(message.content)
    settings = request.settings.model_dump(mode="json", exclude_none=True)
    mode = request.structured.value if request.structured else None
    asked = {
        "asked": [message_name(message) for message in request.messages],
        "output_name": request.output_name,
        "structured": mode,
        "settings": settings,
    }
    lines += _line(start.model_dump()), _line(asked)
    if answer.completion is not None:
        lines += _pieces(answer.completion.text)
    lines += _line(_result(answer)), _line(_circumstances(answer))
    return b"".join(lines)


def read_entry(lines: Sequence[bytes]) -> Answer:
    """The answer in the lines of an entry, in either format.

    Raises:
        ValidationError: a line does not say what it should.
    """
    if len(lines) == 1:
        return Answer(completion=OldEntry.model_validate_json(lines[0]).completion, calls=1)
    _, asked, *pieces, result_line, last = lines
    Asked.model_validate_json(asked)
    result = Result.model_validate_json(result_line)
    moments = Circumstances.model_validate_json(last)
    completion = error = None
    if result.failure is not None:
        error = ProviderError(result.failure, result.problem, request_id=moments.request_id)
    elif result.calls:
        completion = Completion(
            text="".join([Piece.model_validate_json(line).text for line in pieces]),
            model_served=result.model_served,
            usage=result.usage,
            finish_reason=result.finish_reason,
            refusal=result.refusal,
            latency_seconds=moments.latency_seconds,
            request_id=moments.request_id,
            cost_usd=result.cost_usd,
        )
    return Answer(
        completion=completion,
        error=error,
        calls=result.calls,
        scrubbed=result.scrubbed,
        asked_at=moments.asked_at.astimezone(UTC),
        answered_at=moments.answered_at.astimezone(UTC),
    )


def message_name(message: Message) -> str:
    """What a message is called in a cassette."""
    return _name(message.role, message.content)


@lru_cache(maxsize=256)
def _name(role: Role, content: str) -> str:
    return sha256(f"{role.value}\n{content}".encode()).hexdigest()[:16]


def parse_line(path: Path, number: int, text: str | bytes, kind: type[Line]) -> Line:
    """The record that a line of a file holds as JSON.

    Raises:
        FileError: it holds something else.
    """
    try:
        return kind.model_validate_json(text)
    except ValidationError as cause:
        problems = "; ".join(str(problem) for problem in describe_problems(cause, kind))
        raise FileError(path, problems, line=number) from None


def _line(value: Mapping[str, object]) -> bytes:
    return to_json(value) + b"\n"


def _pieces(text: str) -> list[bytes]:
    if "\0" in text:  # which marks the cuts
        return [_line({"text": text})]
    for end in _ENDS:
        text = text.replace(end, f"{end}\0")
    return [_line({"text": piece}) for piece in text.split("\0") if piece]


def _result(answer: Answer) -> dict[str, object]:
    result: dict[str, object] = {"calls": answer.calls}
    if answer.completion is not None:
        result |= answer.completion.model_dump(
            mode="json", exclude={"text", "latency_seconds", "request_id"}
        )
    if answer.error is not None:
        result |= {"failure": answer.error.kind.value, "problem": str(answer.error)}
    if answer.scrubbed:
        result["scrubbed"] = answer.scrubbed
    return result


def _circumstances(answer: Answer) -> dict[str, object]:
    moments: dict[str, object] = {
        name: moment.isoformat()
        for name, moment in (("asked_at", answer.asked_at), ("answered_at", answer.answered_at))
        if moment is not None
    }
    if answer.completion is not None:
        moments |= {"latency_seconds": answer.completion.latency_seconds}
    said_by = answer.completion or answer.error
    if said_by is not None and said_by.request_id is not None:
        moments |= {"request_id": said_by.request_id}
    return moments
