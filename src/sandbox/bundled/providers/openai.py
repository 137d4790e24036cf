"""The provider `openai`: chat completions of the vendor, of Azure, or of any server that speaks like it."""

import importlib
import os
from dataclasses import dataclass, field
from time import perf_counter
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, ValidationError

from sandbox.bundled.providers.openai_answer import read_answer
from sandbox.bundled.providers.openai_errors import ErrorReader
from sandbox.bundled.providers.options import read_options
from sandbox.bundled.providers.server_address import ServerAddress
from sandbox.bundled.providers.strict_schema import strict_schema
from sandbox.contracts.provider import Options, ProviderSpec
from sandbox.domain.exchange import Completion, ModelCard, Request, StructuredMode
from sandbox.domain.record import Record
from sandbox.errors import ErrorKind, ProviderError

if TYPE_CHECKING:
    from openai import AsyncOpenAI

VENDOR_URL = "https://api.openai.com/v1"
_MODES = (StructuredMode.NATIVE, StructuredMode.JSON_OBJECT, StructuredMode.PROMPT)


class OpenAIOptions(Record):
    """What `[providers.openai]` may say."""

    base_url: str = ""
    """Empty means what the variable OPENAI_BASE_URL says, or else the vendor."""
    api_key_env: str = Field(default="OPENAI_API_KEY", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    """The name of the variable that holds the key; the key itself never stands in a file."""
    structured: Literal["native", "json_object", "prompt"] = "native"
    """The best way in which the server can be held to a JSON schema."""
    max_concurrency: int = Field(default=8, ge=1)


@dataclass(slots=True, kw_only=True)
class OpenAIProvider:
    """Asks a server that speaks OpenAI's chat completions; each request is one attempt."""

    address: ServerAddress
    key_variable: str = "OPENAI_API_KEY"
    key: str = field(default="", repr=False)
    structured: StructuredMode = StructuredMode.NATIVE
    max_concurrency: int = 8
    _opened: "AsyncOpenAI | None" = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.key and self.address.is_vendor:
            raise ProviderError(
                ErrorKind.AUTHENTICATION,
                f"{self.address.name} wants a key: put it into the variable {self.key_variable}.",
            )
        if not (self.key.isascii() and self.key.isprintable()):
            # Found here, because the HTTP library would repeat the key in its complaint.
            raise ProviderError(
                ErrorKind.AUTHENTICATION,
                f"The variable {self.key_variable} holds characters that no key has: copy the key again.",
            )

    def describe(self, model: str) -> ModelCard:
        """The model's card; whether there is such a model, only the server knows."""
        return ModelCard(
            name=model,
            summary=f"at {self.address.name}",
            structured=_MODES[_MODES.index(self.structured) :],
            takes_seed=True,
            is_local=self.address.is_loopback,
            max_concurrency=self.max_concurrency,
            identity=self.address.name,
        )

    async def complete(self, request: Request) -> Completion:
        """The model's answer to one request, after exactly one attempt."""
        sdk = _sdk()
        client = self._client()
        errors = ErrorReader(model=request.model, server=self.address.name, key_variable=self.key_variable)
        started = perf_counter()
        # What is raised hides its cause: the SDK's errors hold the request, the server's words and the key.
        try:
            answer = await client.chat.completions.with_raw_response.create(
                **request_body(request, is_vendor=self.address.is_vendor),
                timeout=request.timeout_seconds,
            )
        except sdk.APITimeoutError:
            raise errors.timeout(request.timeout_seconds) from None
        except sdk.APIConnectionError as error:
            raise errors.connection(error) from None
        except sdk.APIStatusError as error:
            raise errors.status(error) from None
        latency_seconds = perf_counter() - started
        try:
            return read_answer(
                answer.content, request, latency_seconds=latency_seconds, request_id=answer.request_id
            )
        except ValidationError:
            raise errors.bad_response(answer.status_code, answer.request_id) from None

    async def aclose(self) -> None:
        """Close the connections; another request would open them anew."""
        client, self._opened = self._opened, None
        if client is not None:
            await client.close()

    def _client(self) -> "AsyncOpenAI":
        if self._opened is None:
            sdk = _sdk()
            # The text goes where base_url says and nowhere else: no redirect is followed,
            # and what is said to stay on this machine goes through no proxy.
            self._opened = sdk.AsyncOpenAI(
                api_key=self.key or "none",
                base_url=self.address.url,
                max_retries=0,
                http_client=sdk.DefaultAsyncHttpxClient(
                    trust_env=not self.address.is_loopback, follow_redirects=False
                ),
            )
        return self._opened


def request_body(request: Request, *, is_vendor: bool) -> dict[str, Any]:
    """What is sent for a request; settings that are None are not.

    Raises:
        ProviderError: of kind `invalid_request`, if the request wants a grammar, which is not offered.
    """
    settings = request.settings
    # The vendor's reasoning models refuse the old name; other servers often know no other.
    limit = "max_completion_tokens" if is_vendor else "max_tokens"
    body = {
        "model": request.model,
        "messages": [
            {"role": message.role.value, "content": message.content} for message in request.messages
        ],
        limit: settings.max_output_tokens,
        "temperature": settings.temperature,
        "top_p": settings.top_p,
        "seed": settings.seed,
        "response_format": _response_format(request),
    }
    return {name: value for name, value in body.items() if value is not None}


def _response_format(request: Request) -> dict[str, Any] | None:
    if request.output_schema is None:
        return None
    match request.structured:
        case StructuredMode.NATIVE:
            schema = {
                "name": request.output_name,
                "schema": strict_schema(request.output_schema),
                "strict": True,
            }
            return {"type": "json_schema", "json_schema": schema}
        case StructuredMode.JSON_OBJECT:
            return {"type": "json_object"}
        case StructuredMode.GRAMMAR:
            raise ProviderError(
                ErrorKind.INVALID_REQUEST, "The provider 'openai' offers no grammar: ask for 'native'."
            )
        case _:
            return None


def _sdk() -> ModuleType:
    # Importing the SDK takes half a second, which only those who ask a model should pay.
    return importlib.import_module("openai")


def build_openai(options: Options) -> OpenAIProvider:
    """The provider as the options and the environment say; the key is read here, and nowhere else."""
    known = read_options("openai", options, OpenAIOptions)
    return OpenAIProvider(
        address=ServerAddress.parse(known.base_url or os.environ.get("OPENAI_BASE_URL") or VENDOR_URL),
        key_variable=known.api_key_env,
        key=os.environ.get(known.api_key_env, "").strip(),
        structured=StructuredMode(known.structured),
        max_concurrency=known.max_concurrency,
    )


PROVIDER = ProviderSpec(
    name="openai",
    summary="OpenAI, Azure OpenAI, and servers that speak like them: vLLM, llama.cpp, Ollama, LM Studio.",
    build=build_openai,
    setup="Put your key into the variable OPENAI_API_KEY, or set base_url to a server that needs none.",
)
