"""What OpenAI's two APIs have in common: a body to send, and an answer to read, whole or piece by piece."""

from typing import Any, Protocol

from pydantic import BaseModel, ConfigDict, Field

from sandbox.domain.exchange import Completion, FinishReason, Request, StructuredMode, Usage

MODES = (
    StructuredMode.NATIVE,
    StructuredMode.TOOL,
    StructuredMode.JSON_OBJECT,
    StructuredMode.PROMPT,
)
"""The ways in which both can be held to a JSON schema, the best first."""

FINISH_REASONS = {
    "stop": FinishReason.STOP,
    "length": FinishReason.LENGTH,
    "max_tokens": FinishReason.LENGTH,
    "max_output_tokens": FinishReason.LENGTH,
    "model_length": FinishReason.LENGTH,  # Mistral
    "content_filter": FinishReason.CONTENT_FILTER,
    # Gemini's own words, which its compatible address may hand on.
    "safety": FinishReason.CONTENT_FILTER,
    "recitation": FinishReason.CONTENT_FILTER,
    "blocklist": FinishReason.CONTENT_FILTER,
    "prohibited_content": FinishReason.CONTENT_FILTER,
    "spii": FinishReason.CONTENT_FILTER,
}


class ReportedError(Exception):
    """The service said by its status that all was well, and in the body that it was not."""

    def __init__(self, told: object = None) -> None:
        self.told = told
        super().__init__("the body reports an error")


class Part(BaseModel):
    """A part of a body. Servers add fields of their own, so the unknown ones are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class CachedDetails(Part):
    """What is told of the tokens that went in."""

    cached_tokens: int | None = Field(default=None, ge=0)


class ReasoningDetails(Part):
    """What is told of the tokens that came out."""

    reasoning_tokens: int | None = Field(default=None, ge=0)


def counted_usage(
    input_tokens: int | None,
    output_tokens: int | None,
    total_tokens: int | None,
    cached: CachedDetails | None,
    reasoning: ReasoningDetails | None,
) -> Usage | None:
    """The tokens that a service counted; None if it counted too little to tell.

    Some leave out of the output what the model only thought, and count it in the total.
    """
    if input_tokens is None or (output_tokens is None and total_tokens is None):
        return None
    said = output_tokens or 0
    hidden = max(0, (total_tokens or 0) - input_tokens - said)
    told = reasoning.reasoning_tokens if reasoning else None
    return Usage(
        input_tokens=input_tokens,
        output_tokens=said + hidden,
        cached_input_tokens=(cached.cached_tokens or 0) if cached else 0,
        reasoning_tokens=told or hidden,
    )


def wanted_mode(request: Request) -> StructuredMode | None:
    """How an answer is held to the schema; None if there is no schema to keep."""
    return request.structured if request.output_schema is not None else None


class Gathering(Protocol):
    """An answer that is still being written."""

    def take(self, event: object) -> str:
        """Take in the next event, and give the piece of text that it brings, which may be empty.

        Raises:
            ValueError: it is no event of this API.
            ReportedError: it says that the service failed.
        """
        ...

    def completion(self) -> Completion:
        """The whole answer.

        Raises:
            ReportedError: the end has not come.
        """
        ...


class Api(Protocol):
    """One of the two APIs: where requests go, what is sent, how answers are read."""

    @property
    def path(self) -> str:
        """The address below `base_url`."""
        ...

    @property
    def keeps_seed(self) -> bool:
        """Whether a seed is sent, and the service promises the same answer to it."""
        ...

    def body(self, request: Request, *, streams: bool) -> dict[str, Any]:
        """What is sent for a request; settings that are None are not."""
        ...

    def read(self, content: bytes, request: Request) -> Completion:
        """The completion that a body holds.

        Raises:
            ValueError: it is no answer of this API; the error may hold what the model said.
            ReportedError: it says that the service failed.
        """
        ...

    def gather(self, request: Request) -> Gathering:
        """Begin to gather the events of a stream."""
        ...
