"""What a provider is: something that asks a model once and says truthfully what came of it."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:  # a plugin's module is imported for `--help`, and must not bring pydantic along
    from sandbox.contracts.model_library import ModelLibrary
    from sandbox.contracts.rehearsal import Rehearsal
    from sandbox.domain.exchange import Completion, ModelCard, Request, StreamEvent

Options = Mapping[str, str | int | float | bool]
"""What `sandbox.toml` says under `[providers.NAME]`."""


class Provider(Protocol):
    """Asks the models of one service. It makes one attempt a request; retries and limits are ours."""

    def describe(self, model: str) -> "ModelCard":
        """What this provider says of one of its models; cheap, and without asking the service.

        Raises:
            ProviderError: of kind `unknown_model`, if it is known that there is no such model.
        """
        ...

    async def complete(self, request: "Request") -> "Completion":
        """The model's answer to one request, after exactly one attempt.

        Raises:
            ProviderError: the attempt gave no answer; its kind says why.
        """
        ...

    async def aclose(self) -> None:
        """Give back what the provider holds: connections, memory, threads. A second time does nothing."""
        ...


@runtime_checkable
class StreamingProvider(Provider, Protocol):
    """A provider that can hand on an answer while it is being written."""

    def stream(self, request: "Request") -> "AsyncIterator[StreamEvent]":
        """The answer piece by piece, and at the end as a whole: the same that `complete` gives.

        The pieces put together are the text of the whole. It is one attempt, too; `timeout_seconds` is for
        all of it, and it ends early if the caller closes it.

        Raises:
            ProviderError: the attempt gave no answer, or it broke off; its kind says why.
        """
        ...


@runtime_checkable
class CountingProvider(Provider, Protocol):
    """A provider that knows exactly how many tokens a text takes."""

    async def count_tokens(self, model: str, text: str) -> int:
        """The tokens of a text, as this model reads it; the model is not asked to answer.

        Raises:
            ProviderError: they could not be counted.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSpec:
    """How a plugin brings a provider. `build` is called when the first model is asked, not before."""

    name: str
    """What stands before the slash in `provider/model`."""
    summary: str
    build: Callable[[Options], Provider]
    models: tuple[str, ...] = ()
    """Names of models worth listing; the provider may know more."""
    setup: str = ""
    """What to do before it can be used, in one sentence for people."""
    rehearse: "Callable[[], Rehearsal] | None" = None
    """Makes what stands in for the service, so that the provider can be tried without a key."""
    library: "Callable[[Options], ModelLibrary] | None" = None
    """Opens the models that this provider keeps on this machine, if it keeps any."""
