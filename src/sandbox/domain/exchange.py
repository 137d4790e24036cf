"""What goes to a model and what comes back: messages, settings, request, completion, usage."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import Field

from sandbox.domain.record import Record

JsonSchema = dict[str, Any]
"""A JSON schema, as pydantic makes it; its values are whatever JSON allows."""


class Role(StrEnum):
    """Who speaks in a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class Message(Record):
    """One message of a request."""

    role: Role
    content: str


class StructuredMode(StrEnum):
    """How an answer is made to fit a JSON schema."""

    GRAMMAR = "grammar"
    """The sampler can only produce what the schema allows."""
    NATIVE = "native"
    """The service takes the schema and promises to keep it."""
    TOOL = "tool"
    """The model is made to call a tool, whose arguments are the answer."""
    JSON_OBJECT = "json_object"
    """The service promises JSON, but of any shape: the schema stands in the prompt."""
    PROMPT = "prompt"
    """Nothing but the words of the prompt asks for the schema."""


class Settings(Record):
    """How a model is asked to answer; None is not sent."""

    max_output_tokens: int = Field(default=2000, ge=1)
    temperature: float | None = Field(default=None, ge=0, le=2)
    top_p: float | None = Field(default=None, gt=0, le=1)
    seed: int | None = None


class Request(Record):
    """One question to a model: made by the pipeline, answered by a provider in one attempt."""

    model: str
    """The model's name without its provider."""
    messages: tuple[Message, ...]
    settings: Settings = Settings()
    output_schema: JsonSchema | None = None
    output_name: str = "answer"
    structured: StructuredMode | None = None
    """How `output_schema` is to be kept; None if there is none."""
    timeout_seconds: float = Field(default=120, gt=0)
    repeat: int = Field(default=1, ge=1)
    """Which repeat of the same question this is; never sent."""


class Usage(Record):
    """Tokens that went in and came out."""

    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    cached_input_tokens: int = Field(default=0, ge=0)
    """Those of the input tokens that the service had read before."""
    reasoning_tokens: int = Field(default=0, ge=0)
    """Those of the output tokens that nobody gets to see."""
    is_estimated: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cached_input_tokens=self.cached_input_tokens + other.cached_input_tokens,
            reasoning_tokens=self.reasoning_tokens + other.reasoning_tokens,
            is_estimated=self.is_estimated or other.is_estimated,
        )


class FinishReason(StrEnum):
    """Why a model stopped."""

    STOP = "stop"
    LENGTH = "length"
    CONTENT_FILTER = "content_filter"
    UNKNOWN = "unknown"


class Completion(Record):
    """A model's answer to one request."""

    text: str
    model_served: str
    """The model that the service says it used."""
    usage: Usage = Usage()
    finish_reason: FinishReason = FinishReason.STOP
    refusal: str | None = None
    latency_seconds: float = Field(default=0, ge=0)
    request_id: str | None = None
    cost_usd: float | None = None
    """None means unknown, never free."""


@dataclass(frozen=True, slots=True)
class TextDelta:
    """A piece of an answer that is still being written."""

    text: str


@dataclass(frozen=True, slots=True)
class StreamEnd:
    """The last event of a stream: the whole answer, as `complete` would have given it."""

    completion: Completion


StreamEvent = TextDelta | StreamEnd


class Price(Record):
    """What a million tokens cost, in US dollars."""

    input_usd: float = Field(ge=0)
    output_usd: float = Field(ge=0)

    def cost_usd(self, usage: Usage) -> float:
        """What this usage costs, in US dollars."""
        return (usage.input_tokens * self.input_usd + usage.output_tokens * self.output_usd) / 1_000_000


class ModelCard(Record):
    """What a provider says of one of its models."""

    name: str
    """The model's name without its provider."""
    summary: str = ""
    structured: tuple[StructuredMode, ...] = (StructuredMode.PROMPT,)
    """The ways it can be held to a JSON schema, the best first."""
    takes_seed: bool = False
    """Whether the same seed gets the same answer."""
    streams: bool = False
    """Whether the provider can hand on an answer while it is being written."""
    counts_tokens: bool = False
    """Whether the provider can count the tokens of a text exactly, without asking the model."""
    is_local: bool = False
    """Whether no text leaves this machine."""
    context_tokens: int | None = None
    """What a prompt and its answer may take together, if that is known."""
    max_output_tokens: int | None = None
    max_concurrency: int = Field(default=8, ge=1)
    identity: str = ""
    """What tells this model from another of the same name: weights' hash, server's address."""
    price: Price | None = None
    price_service: str = ""
    """The service's name in the price list `genai-prices`; empty if it has none there."""
    missing: str = ""
    """What must be done before it can be asked, in a sentence for people; empty if nothing."""
