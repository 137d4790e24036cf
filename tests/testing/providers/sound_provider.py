"""A provider that keeps every promise, for a service that was made up: what the mutants are made from."""

import asyncio
import importlib
import json
import os
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import perf_counter
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sandbox.contracts.options import read_options
from sandbox.contracts.provider import Options, ProviderSpec
from sandbox.contracts.rehearsal import HttpCall, HttpReply, Rehearsal, RehearsedError, Said
from sandbox.contracts.service_errors import ServiceErrors
from sandbox.domain.exchange import (
    Completion,
    FinishReason,
    ModelCard,
    Request,
    StreamEnd,
    StreamEvent,
    StructuredMode,
    TextDelta,
    Usage,
)
from sandbox.domain.record import Record
from sandbox.errors import ErrorKind, ProviderError

if TYPE_CHECKING:
    import httpx2

KEY_VARIABLE = "ACME_API_KEY"
_BESIDE = "Here is what you wanted:"
_MODES = (StructuredMode.NATIVE, StructuredMode.TOOL, StructuredMode.PROMPT)


class AcmeOptions(Record):
    """What `[providers.acme]` may say."""

    base_url: str = "https://acme.example"


class AcmeProvider:
    """Asks Acme; every step is a method, for a mutant to do wrong."""

    retry_header = "retry-after"

    def __init__(self, options: Options) -> None:
        self.base_url = read_options("acme", options, AcmeOptions).base_url
        self._key = os.environ.get(KEY_VARIABLE, "")
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: httpx2.AsyncClient | None = None

    def describe(self, model: str) -> ModelCard:
        """The model's card."""
        return ModelCard(
            name=model,
            structured=_MODES,
            takes_seed=True,
            streams=True,
            counts_tokens=True,
            is_local=urlsplit(self.base_url).hostname == "127.0.0.1",
            identity=self.base_url,
        )

    async def complete(self, request: Request) -> Completion:
        """The model's answer to one request."""
        started = perf_counter()
        with self.errors_of(request):
            async with asyncio.timeout(self.limit_seconds(request)):
                response = await self.post("/answers", self.body(request))
        self.refuse_status(response, request)
        return self.read(self.parse(response.content, request), request, perf_counter() - started)

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """The answer piece by piece."""
        started, text = perf_counter(), ""
        async for event in self.pieces(request):
            if "piece" not in event:
                answer = event | {"text": text, "tool": None}
                yield StreamEnd(self.read(answer, request, perf_counter() - started))
                return
            text += event["piece"]
            yield TextDelta(event["piece"])
        self.miss_the_end(text, request)

    async def count_tokens(self, model: str, text: str) -> int:
        """The tokens of a text."""
        return len(text.encode())

    async def aclose(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    def limit_seconds(self, request: Request) -> float | None:
        """How long it may take."""
        return request.timeout_seconds

    def client(self) -> "httpx2.AsyncClient":
        """A client of this event loop."""
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            self._client = http().AsyncClient(timeout=None, trust_env=False, verify=False)
            self._loop = loop
        return self._client

    def headers(self) -> dict[str, str]:
        """What is sent beside the body.

        Raises:
            ProviderError: there is no key.
        """
        if not self._key:
            raise ProviderError(ErrorKind.AUTHENTICATION, f"Acme wants a key: put it into {KEY_VARIABLE}.")
        return {"authorization": f"Bearer {self._key}"}

    def body(self, request: Request) -> dict[str, Any]:
        """What is asked.

        Raises:
            ProviderError: the request wants a mode that Acme does not have.
        """
        if request.structured not in {*_MODES, None}:
            raise ProviderError(ErrorKind.INVALID_REQUEST, f"Acme has no mode '{request.structured}'.")
        settings = request.settings
        places = {StructuredMode.NATIVE: "schema", StructuredMode.TOOL: "tool"}
        body = {
            "model": request.model,
            "messages": [{"who": each.role.value, "what": each.content} for each in request.messages],
            "limit": settings.max_output_tokens,
            "temperature": settings.temperature,
            "top_p": settings.top_p,
            "seed": settings.seed,
        }
        if request.structured in places:
            body[places[request.structured]] = request.output_schema
        return {name: value for name, value in body.items() if value is not None}

    async def post(self, path: str, body: dict[str, Any]) -> "httpx2.Response":
        """One call."""
        return await self.client().post(self.base_url + path, json=body, headers=self.headers())

    async def pieces(self, request: Request) -> AsyncIterator[dict[str, Any]]:
        """What a stream brings, as it comes; the last has no piece."""
        until = asyncio.get_running_loop().time() + request.timeout_seconds
        async with self.streaming(request) as response:
            if response.status_code >= 400:
                self.refuse_status(response, request)
            lines = response.aiter_lines()
            while True:
                with self.errors_of(request):
                    async with asyncio.timeout_at(until if self.limit_seconds(request) else None):
                        line = await anext(lines, None)
                if line is None:
                    return
                if line:
                    yield self.parse(line.removeprefix("data: ").encode(), request)

    @asynccontextmanager
    async def streaming(self, request: Request) -> "AsyncIterator[httpx2.Response]":
        """A call that streams."""
        asked = self.client().build_request(
            "POST",
            f"{self.base_url}/answers",
            json=self.body(request) | {"stream": True},
            headers=self.headers(),
        )
        with self.errors_of(request):
            async with asyncio.timeout(self.limit_seconds(request)):
                response = await self.client().send(asked, stream=True)
        try:
            yield response
        finally:
            await response.aclose()

    def errors_of(self, request: Request) -> "_ErrorsOfACall":
        """Makes our errors of those of the HTTP library."""
        return _ErrorsOfACall(self.errors(request), request.timeout_seconds)

    def errors(self, request: Request) -> ServiceErrors:
        """Makes the errors of one call."""
        return ServiceErrors(service="Acme", model=request.model, key_variable=KEY_VARIABLE)

    def refuse_status(self, response: "httpx2.Response", request: Request) -> None:
        """Raise what a status means.

        Raises:
            ProviderError: it is an error.
        """
        if response.status_code == 418:
            raise self.errors(request).of(ErrorKind.QUOTA, status=418, headers=response.headers)
        if response.status_code >= 400:
            raise self.errors(request).of_status(response.status_code, response.headers)

    def parse(self, content: bytes, request: Request) -> dict[str, Any]:
        """A body, or a line of a stream.

        Raises:
            ProviderError: it is no JSON.
        """
        with suppress(ValueError):
            read: Any = json.loads(content)
            if isinstance(read, dict) and ({"piece"} <= set(read) or {"tokens", "end"} <= set(read)):
                return read
        raise self.errors(request).of(ErrorKind.BAD_RESPONSE)

    def read(self, answer: dict[str, Any], request: Request, latency_seconds: float) -> Completion:
        """The completion that a body holds."""
        return Completion(
            text=self.text_of(answer),
            model_served=answer["model"],
            usage=self.usage(answer),
            finish_reason=FinishReason(answer["end"]),
            latency_seconds=latency_seconds,
        )

    def text_of(self, answer: dict[str, Any]) -> str:
        """The text, or the arguments of the tool."""
        tool = answer.get("tool")
        return answer["text"] if tool is None else json.dumps(tool, ensure_ascii=False)

    def usage(self, answer: dict[str, Any]) -> Usage:
        """What was counted."""
        return Usage(input_tokens=answer["tokens"][0], output_tokens=answer["tokens"][1])

    def miss_the_end(self, text: str, request: Request) -> None:
        """A stream is over that has not said so.

        Raises:
            ProviderError: always.
        """
        raise self.errors(request).of(ErrorKind.BAD_RESPONSE)


class _ErrorsOfACall:
    """A `with` block in which the HTTP library's errors become ours."""

    def __init__(self, errors: ServiceErrors, seconds: float) -> None:
        self._errors, self._seconds = errors, seconds

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, TimeoutError | http().TimeoutException):
            raise self._errors.timeout(self._seconds) from None
        if isinstance(error, http().HTTPError):
            raise self._errors.unreachable() from None


def http() -> ModuleType:
    """The HTTP library, which only those who ask should wait for."""
    return importlib.import_module("httpx2")


def answer(call: HttpCall, said: Said) -> HttpReply:
    """What Acme replies."""
    asked = call.json
    end = {
        "model": asked["model"],
        "tokens": [said.input_tokens, said.output_tokens],
        "end": said.finish_reason.value,
    }
    if asked.get("stream"):
        size = max(1, len(said.text) // 6)
        cuts = [said.text[start : start + size] for start in range(0, len(said.text), size)]
        lines = [*({"piece": cut} for cut in cuts), end]
        return HttpReply(
            headers={"content-type": "text/event-stream"},
            pieces=tuple(b"data: %b\n\n" % json.dumps(line).encode() for line in lines),
        )
    if "tool" in asked:
        return HttpReply.of(end | {"text": _BESIDE, "tool": json.loads(said.text)})
    return HttpReply.of(end | {"text": said.text})


def rehearse() -> Rehearsal:
    """How Acme answers."""
    teapot = HttpReply.of({"why": "no credit"}, status=418, headers={"retry-after": "3600"})
    return Rehearsal(
        model="acme-1",
        options=lambda url: {"base_url": url},
        answer=answer,
        errors=[
            RehearsedError(name="no credit", reply=teapot, kind=ErrorKind.QUOTA, retry_after_seconds=3600)
        ],
        key_variables=(KEY_VARIABLE,),
    )


def build_acme(options: Options) -> AcmeProvider:
    """The provider."""
    return AcmeProvider(options)


SPEC = ProviderSpec(
    name="acme",
    summary="Asks the models of a service that was made up.",
    build=build_acme,
    setup=f"Put your key into the variable {KEY_VARIABLE}.",
    rehearse=rehearse,
)
