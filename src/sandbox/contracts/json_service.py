"""A provider for a service that takes JSON and answers JSON, for authors who want to write two functions.

What every such provider needs is here: one attempt a call, timeouts, connections, errors by their kind.
What is particular to a service is told by a `JsonService`.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import httpx2

from sandbox.contracts.answer_limit import limit_answer
from sandbox.contracts.loop_clients import ClientPerLoop
from sandbox.contracts.server_address import ServerAddress
from sandbox.contracts.service_errors import (
    IDLE_SECONDS,
    AnswerTooLargeError,
    ServiceErrors,
    kind_of_status,
)
from sandbox.domain.exchange import Completion, ModelCard, Request
from sandbox.domain.tokens import estimated_usage
from sandbox.errors import ErrorKind


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

    @property
    def address(self) -> ServerAddress:
        """Where requests go.

        Raises:
            InputError: `base_url` is no address.
        """
        return ServerAddress.parse(self.base_url)


class JsonServiceProvider:
    """Asks a service; each request is one attempt, and no redirect is followed."""

    def __init__(self, service: JsonService) -> None:
        self._service = service
        self._address = service.address
        self._clients = ClientPerLoop(self._open)

    def __repr__(self) -> str:
        return f"JsonServiceProvider({self._address.name})"

    def describe(self, model: str) -> ModelCard:
        """The model's card; the server's address tells it from another of the same name."""
        card = self._service.card(model)
        is_local, name = self._address.is_loopback, self._address.name
        update = {"is_local": is_local, "identity": card.identity or name}
        return card.model_copy(update=update)

    async def complete(self, request: Request) -> Completion:
        """The model's answer to one request, after exactly one attempt."""
        service = self._service
        errors = ServiceErrors(
            service=self._address.name, model=request.model, key_variable=service.key_variable
        )
        if request.structured not in {*self.describe(request.model).structured, None}:
            advice = f"It offers no structured answers of kind '{request.structured}'."
            raise errors.of(ErrorKind.INVALID_REQUEST, advice=advice)
        body = {name: value for name, value in service.body(request).items() if value is not None}
        started = perf_counter()
        # What is raised hides its cause, which holds the request and the key.
        try:
            async with asyncio.timeout(request.timeout_seconds):
                client = await self._clients.client()
                reply = await client.post(
                    service.base_url.rstrip("/") + service.path.format(model=request.model),
                    json=body,
                    headers=dict(service.headers),
                )
        except TimeoutError:
            raise errors.timeout(request.timeout_seconds) from None
        except AnswerTooLargeError:
            raise errors.too_large() from None
        except (httpx2.HTTPError, OSError) as error:
            raise errors.unreachable(error) from None
        return _read(reply, service, request, errors, latency_seconds=perf_counter() - started)

    async def aclose(self) -> None:
        """Close the connections; another request would open them anew."""
        await self._clients.aclose()

    async def _open(self) -> AsyncGenerator[httpx2.AsyncClient, None]:
        # The text goes where base_url says and nowhere else: no redirect is followed,
        # and what is said to stay on this machine goes through no proxy.
        trusts_proxies = not self._address.is_loopback
        async with httpx2.AsyncClient(
            timeout=None,  # the time of a request is limited as a whole, not step by step
            # How many requests go out at once is said by the model's card, and by nothing else.
            limits=httpx2.Limits(keepalive_expiry=IDLE_SECONDS),
            follow_redirects=False,
            # Made here, because without trust_env it would not know of SSL_CERT_FILE.
            verify=httpx2.create_ssl_context(),
            trust_env=trusts_proxies,
            event_hooks={"response": [limit_answer]},
        ) as client:
            yield client


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
