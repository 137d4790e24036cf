"""What a rehearsal is: how a service answers over HTTP, told so that a provider can be tried without it.

The conformance kit puts a real server on this machine, which lets a rehearsal write its replies.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.errors import ErrorKind

if TYPE_CHECKING:
    from sandbox.domain.exchange import FinishReason


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpCall:
    """What the provider sent."""

    method: str
    path: str
    """With the query."""
    headers: Mapping[str, str]
    """By their names in small letters."""
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        """The body, read as JSON; an empty object if it holds none."""
        return json.loads(self.body or b"{}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpReply:
    """What the service replies: a body, or pieces of one that are sent one by one."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    pieces: tuple[bytes, ...] = ()
    """If there are any, they are the body."""

    @classmethod
    def of(
        cls, value: object, *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> "HttpReply":
        """A reply that holds a value as JSON."""
        kind = {"content-type": "application/json"}
        return cls(status=status, headers=kind | dict(headers or {}), body=json.dumps(value).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the pretended model says, for a rehearsal to put into the service's own form."""

    text: str
    input_tokens: int
    output_tokens: int
    finish_reason: "FinishReason"


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsedError:
    """A reply of the service that is no answer, and what the provider should make of it."""

    name: str
    reply: HttpReply
    kind: ErrorKind
    retry_after_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """How one service answers. Everything in it is a plain function of what came in."""

    model: str
    """The name of a model to ask."""
    options: Callable[[str], Mapping[str, str | int | float | bool]]
    """The provider's options that send it to a server at this address, such as http://127.0.0.1:8080."""
    answer: Callable[[HttpCall, Said], HttpReply]
    """What the service replies to a call when the model says this; in pieces if the call asks to stream.

    A finish reason that the service does not know is answered like `stop`.
    """
    errors: Sequence[RehearsedError] = ()
    """Beside those that every service has: a wrong key, too many requests, a fault of its own."""
    key_variables: tuple[str, ...] = ()
    """The environment variables that the provider reads keys from; the kit plants a secret in each."""
