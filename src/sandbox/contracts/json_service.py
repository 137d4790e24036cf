"""A provider for a service that takes JSON and answers JSON, for authors who want to write two functions.

What every such provider needs is here: one attempt a call, timeouts, connections, errors by their kind.
What is particular to a service is told by a `JsonService`.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import httpx2

from sandbox.contracts.service_errors import ServiceErrors, kind_of_status
from sandbox.domain.exchange import Completion, ModelCard, Request
from sandbox.domain.tokens import estimated_usage
from sandbox.errors import ErrorKind, InputError, ProviderError

Clients = WeakKeyDictionary[asyncio.AbstractEventLoop, httpx2.AsyncClient]
_NEVER_EXPIRES = None
"""The time of a request is limited as a whole, not step by step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonService:
    """How one service is asked.

    `body` and `read` are all that most services need. `read` may raise anything if the answer is not as it
    should be; that is an error of kind `bad_response`.
    """

    base_url: str
    path: str
    """Below `base_url`, such as `/chat`; `{model}` in it stands for the model's name."""
    card: Callable[[str], ModelCard]
    """What is said of a model."""
    body: Callable[[Request], Mapping[str, Any]]
    """What is sent for a request; what is None is left out."""
    read: Callable[[Any, Request], Completion]
    """The completion in what came back; usage that the service does not tell is estimated."""
    kind_of_error: Callable[[int, Any], ErrorKind | None] = lambda _status, _body: None
    """What a status and a body that is an error mean; None leaves it to the status."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    key_variable: str = ""
    """The environment variable that holds the key, for people."""

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise InputError("base_url is no address: write it like https://service.example/v1")
        if not all(value.isascii() and value.isprintable() for value in self.headers.values()):
            raise ProviderError(
                ErrorKind.AUTHENTICATION,
                f"The variable {self.key_variable} holds characters that no key has: copy the key again.",
            )

    @property
    def address(self) -> str:
        """The server by its host and port, for people; the rest may hold a password."""
        parts = urlsplit(self.base_url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    @property
    def is_local(self) -> bool:
        """Whether what is sent there stays on this machine."""
        return urlsplit(self.base_url).hostname in {"localhost", "127.0.0.1", "::1"}


class JsonServiceProvider:
    """Asks a service; each request is one attempt, and no redirect is followed."""

    def __init__(self, service: JsonService) -> None:
        self._service = service
        self._clients: Clients = WeakKeyDictionary()

    def __repr__(self) -> str:
        return f"JsonServiceProvider({self._service.address})"

    def describe(self, model: str) -> ModelCard:
        """The model's card; the server's address tells it from another of the same name."""
        card = self._service.card(model)
        update = {"is_local": self._service.is_local, "identity": card.identity or self._service.address}
        return card.model_copy(update=update)

    async def complete(self, request: Request) -> Completion:
        """The model's answer to one request, after exactly one attempt."""
        service = self._service
        errors = ServiceErrors(
            service=service.address, model=request.model, key_variable=service.key_variable
        )
        if request.structured not in {*self.describe(request.model).structured, None}:
            advice = f"It offers no structured answers of kind '{request.structured}'."
            raise errors.of(ErrorKind.INVALID_REQUEST, advice=advice)
        body = {name: value for name, value in service.body(request).items() if value is not None}
        started = perf_counter()
        # What is raised hides its cause, which holds the request and the key.
        try:
            async with asyncio.timeout(request.timeout_seconds):
                reply = await self._client().post(
                    service.base_url.rstrip("/") + service.path.format(model=request.model),
                    json=body,
                    headers=dict(service.headers),
                )
        except TimeoutError:
            raise errors.timeout(request.timeout_seconds) from None
        except httpx2.HTTPError:
            raise errors.unreachable() from None
        return _read(reply, service, request, errors, latency_seconds=perf_counter() - started)

    async def aclose(self) -> None:
        """Close the connections; another request would open them anew."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.aclose()

    def _client(self) -> httpx2.AsyncClient:
        """The connections of the loop that is running; those of another cannot be used."""
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            self._clients[loop] = httpx2.AsyncClient(
                timeout=_NEVER_EXPIRES, follow_redirects=False, trust_env=not self._service.is_local
            )
        return self._clients[loop]


def _read(
    reply: httpx2.Response,
    service: JsonService,
    request: Request,
    errors: ServiceErrors,
    *,
    latency_seconds: float,
) -> Completion:
    status, request_id = reply.status_code, reply.headers.get("x-request-id")
    try:
        found = json.loads(reply.content)
    except ValueError:
        found = None
    if not reply.is_success:
        kind = service.kind_of_error(status, found) if found is not None else None
        raise errors.of(
            kind or kind_of_status(status), status=status, headers=reply.headers, request_id=request_id
        )
    try:
        completion = service.read(found, request)
    except Exception:  # noqa: BLE001 - whatever an author's function raises at a body that it did not expect
        raise errors.of(ErrorKind.BAD_RESPONSE, status=status, request_id=request_id) from None
    usage = completion.usage
    if not (usage.input_tokens or usage.output_tokens):
        usage = estimated_usage(request, completion.text)
    return completion.model_copy(
        update={"usage": usage, "latency_seconds": latency_seconds, "request_id": request_id}
    )
