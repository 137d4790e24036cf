"""The provider `google`: Gemini models, asked through Google's SDK."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from time import perf_counter

from sandbox.contracts.options import read_options
from sandbox.contracts.provider import Options
from sandbox.contracts.service_errors import ServiceErrors
from sandbox.contracts.service_key import read_key
from sandbox.domain.exchange import (
    Completion,
    ModelCard,
    Request,
    StreamEnd,
    StreamEvent,
    StructuredMode,
    TextDelta,
)
from sandbox.errors import ErrorKind, ProviderError
from sandbox_google.answer import Answer, AnswerPiece
from sandbox_google.asking import MODES, refuse_wrong_name, sdk_call
from sandbox_google.connection import Connections, ask, ask_streaming
from sandbox_google.options import GoogleOptions, Place
from sandbox_google.service_errors import ErrorReader

_SHORT_LIVED_KEY = "auth_tokens/"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleProvider:
    """Asks Gemini models; each request is one attempt."""

    connections: Connections
    key_variable: str = "GEMINI_API_KEY"
    structured: StructuredMode = StructuredMode.NATIVE
    max_concurrency: int = 8

    @property
    def modes(self) -> tuple[StructuredMode, ...]:
        """The ways in which a model can be held to a JSON schema, the best first."""
        return MODES[MODES.index(self.structured) :]

    def describe(self, model: str) -> ModelCard:
        """The model's card; whether there is such a model, only the service knows.

        A seed is sent if one is set. But Google promises no more than an effort to give the same answer
        again, so the card does not claim it.

        Raises:
            ProviderError: of kind `unknown_model`, if no model can have this name.
        """
        refuse_wrong_name(model)
        place = self.connections.place
        return ModelCard(
            name=model,
            summary=f"at {place.name}",
            structured=self.modes,
            streams=True,
            is_local=place.address.is_loopback,
            max_concurrency=self.max_concurrency,
            identity=place.name,
            price_service="google",
        )

    async def complete(self, request: Request) -> Completion:
        """The model's answer to one request, after exactly one attempt."""
        call = sdk_call(request, self.modes)
        client = await self.connections.client()
        reader, answer = self._error_reader(request), Answer(request)
        started = perf_counter()
        with reader.in_our_words():
            async with asyncio.timeout(request.timeout_seconds):
                body = await ask(client, call)
            answer.take(AnswerPiece.model_validate_json(body))
        return _finished(answer, reader, started)

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """The answer piece by piece, and at the end as a whole, after exactly one attempt."""
        call = sdk_call(request, self.modes)
        client = await self.connections.client()
        reader, answer = self._error_reader(request), Answer(request)
        started = perf_counter()
        until = asyncio.get_running_loop().time() + request.timeout_seconds
        async with aclosing(ask_streaming(client, call)) as pieces:
            while True:
                with reader.in_our_words():
                    async with asyncio.timeout_at(until):
                        piece = await anext(pieces, None)
                    if piece is None:
                        break
                    text = answer.take(AnswerPiece.model_validate(piece))
                if text:
                    yield TextDelta(text)
        yield StreamEnd(_finished(answer, reader, started))

    async def aclose(self) -> None:
        """Close the connections; another request would open them anew."""
        await self.connections.aclose()

    def _error_reader(self, request: Request) -> ErrorReader:
        errors = ServiceErrors(
            service=self.connections.place.name, model=request.model, key_variable=self.key_variable
        )
        return ErrorReader(errors=errors, timeout_seconds=request.timeout_seconds)


def _finished(answer: Answer, reader: ErrorReader, started: float) -> Completion:
    """The whole answer.

    Raises:
        ProviderError: the service refused the prompt, or the answer never came to an end.
    """
    if answer.is_blocked and not answer.has_candidate:
        raise reader.blocked()
    if not answer.is_whole:
        raise reader.bad_response()
    return answer.completion(perf_counter() - started)


def build_google(options: Options) -> GoogleProvider:
    """The provider as the options say; the key is read here, and nowhere else."""
    known = read_options("google", options, GoogleOptions)
    place = Place.parse(known.base_url)
    key = read_key(known.api_key_env, service=place.name, is_needed=place.is_vendor)
    if key.startswith(_SHORT_LIVED_KEY):
        raise ProviderError(
            ErrorKind.AUTHENTICATION,
            f"The variable {known.api_key_env} holds a short-lived token: put a key of Gemini there.",
        )
    return GoogleProvider(
        connections=Connections(place=place, key=key),
        key_variable=known.api_key_env,
        structured=StructuredMode(known.structured),
        max_concurrency=known.max_concurrency,
    )
