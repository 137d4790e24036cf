"""What a provider is: something that asks a model once and says truthfully what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a plugin's module is imported for `--help`, and must not bring pydantic along
    from sandbox.domain.exchange import Completion, ModelCard, Request

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
        """Give back what the provider holds: connections, memory, threads."""
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
