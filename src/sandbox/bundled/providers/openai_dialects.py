"""What is different at the hosts that speak OpenAI's language: names of settings, keys, prices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.contracts.server_address import ServerAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one service wants to be asked. It is chosen by the host in `base_url`, which is all we know."""

    name: str
    hosts: tuple[str, ...] = ()
    """Where it is spoken; subdomains count."""
    key_variable: str = "OPENAI_API_KEY"
    """Where its key is looked for: the key of one company is not shown to another."""
    wants_key: bool = True
    price_service: str = ""
    limit: str = "max_tokens"
    """Its name for the most tokens to write in a chat completion."""
    seed: str = "seed"
    """Its name for the seed in a chat completion; empty if it takes none."""
    keeps_seed: bool = False
    """Whether it promises the same answer to the same seed.

    OpenAI calls its own a best effort, and what stands behind any other address we cannot know: there the
    seed is sent and nothing is promised.
    """
    counts_streams: bool = True
    """Whether it has to be asked for the tokens of a stream, in `stream_options`."""
    takes_tool_extras: bool = True
    """Whether a tool may be `strict`, and may be called once only (`parallel_tool_calls`)."""
    extras: Mapping[str, Any] = field(default_factory=dict)
    """What is sent beside all that, with every chat completion."""
    schema_extras: Mapping[str, Any] = field(default_factory=dict)
    """What is sent beside all that, if the service is to keep a schema."""


PLAIN = Dialect(name="plain", wants_key=False)
"""Any other server: vLLM, llama.cpp, Ollama, LM Studio, and services that we do not know."""

AZURE = Dialect(
    name="azure",
    hosts=("openai.azure.com", "services.ai.azure.com", "cognitiveservices.azure.com"),
    price_service="azure",
    limit="max_completion_tokens",
)

DIALECTS = (
    Dialect(
        name="openai",
        hosts=("api.openai.com",),
        price_service="openai",
        # Reasoning models refuse the old name.
        limit="max_completion_tokens",
        # It keeps the answers of newer accounts unless it is told not to.
        extras={"store": False},
    ),
    AZURE,
    Dialect(
        name="openrouter",
        hosts=("openrouter.ai",),
        key_variable="OPENROUTER_API_KEY",
        price_service="openrouter",
        # With require_parameters, whatever else is sent rules out the servers that do not list it.
        takes_tool_extras=False,
        schema_extras={"provider": {"require_parameters": True}},
    ),
    Dialect(
        name="mistral",
        hosts=("api.mistral.ai",),
        key_variable="MISTRAL_API_KEY",
        price_service="mistral",
        seed="random_seed",
        keeps_seed=True,
        counts_streams=False,  # it has no field to ask with, and refuses those that it does not know
    ),
    Dialect(
        name="google",
        hosts=("generativelanguage.googleapis.com",),
        key_variable="GEMINI_API_KEY",
        price_service="google",
        seed="",  # it refuses the whole request for it
        takes_tool_extras=False,
    ),
)


def dialect_of(address: ServerAddress) -> Dialect:
    """The dialect that is spoken at an address."""
    for dialect in DIALECTS:
        if address.is_at(*dialect.hosts):
            return dialect
    return PLAIN
