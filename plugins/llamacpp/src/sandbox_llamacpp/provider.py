"""The provider `llamacpp`: models in .gguf files, run inside this process."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter

from sandbox.contracts.provider import Options
from sandbox.domain.exchange import (
    Completion,
    ModelCard,
    Price,
    Request,
    StreamEnd,
    StreamEvent,
    StructuredMode,
    TextDelta,
)
from sandbox.errors import ErrorKind, ProviderError
from sandbox_llamacpp.answering import read_completion, request_body
from sandbox_llamacpp.engine import Engine
from sandbox_llamacpp.memory import MemoryFit, free_memory_bytes, needed_bytes
from sandbox_llamacpp.model_files import ModelFile, find_file
from sandbox_llamacpp.options import LlamaCppOptions, llamacpp_options
from sandbox_llamacpp.server import Server, StreamedAnswer, open_server

_MODES = (StructuredMode.GRAMMAR, StructuredMode.PROMPT)


@dataclass(frozen=True, slots=True)
class LlamaCppProvider:
    """Runs models on this machine; each is loaded when it is first asked, and kept until `aclose`."""

    options: LlamaCppOptions = field(default_factory=LlamaCppOptions)
    open_server: Callable[[Path, LlamaCppOptions], Server] = open_server
    free_memory_bytes: Callable[[], int] = free_memory_bytes
    _engines: dict[str, Engine] = field(default_factory=dict, init=False, repr=False)

    def describe(self, model: str) -> ModelCard:
        """The model's card. A file that is new here is read from end to end once, to tell it from others.

        Raises:
            ProviderError: of kind `unknown_model`, if the name means no file.
        """
        file = find_file(model)
        # Known weights are looked at when they are loaded; it is known what they must be.
        digest = file.known.sha256 if file.known else file.digest
        trained = file.shape.trained_context_tokens if file.shape else None
        return ModelCard(
            name=model,
            summary=f"runs on this machine; weights: {file.licence}",
            structured=_MODES,
            takes_seed=self.options.slots == 1,
            streams=True,
            counts_tokens=True,
            is_local=True,
            context_tokens=min(self.options.context_tokens, trained or self.options.context_tokens),
            max_concurrency=self.options.slots,
            identity=f"sha256:{digest[:16]}",
            price=Price(input_usd=0, output_usd=0),
            missing="" if file.is_here else _advice(file),
        )

    async def complete(self, request: Request) -> Completion:
        """The model's answer to one request, after exactly one attempt."""
        async with aclosing(self.stream(request)) as events:
            async for event in events:
                if isinstance(event, StreamEnd):
                    return event.completion
        raise ProviderError(ErrorKind.BAD_RESPONSE, f"'{request.model}' gave no answer.")

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """The answer piece by piece, and at the end as a whole; closing it stops the model."""
        if request.structured not in {*_MODES, None}:
            raise ProviderError(
                ErrorKind.INVALID_REQUEST,
                f"llamacpp knows no structured answers of kind '{request.structured}'.",
            )
        wants_grammar = request.structured is StructuredMode.GRAMMAR
        answer = StreamedAnswer(request.output_schema if wants_grammar else None)
        started = perf_counter()
        pieces = self._engine(request.model).stream(
            request_body(request), answer, timeout_seconds=request.timeout_seconds
        )
        async with aclosing(pieces):
            try:
                async for piece in pieces:
                    yield TextDelta(piece)
            except TimeoutError:
                raise ProviderError(
                    ErrorKind.TIMEOUT,
                    f"No answer from '{request.model}' in {request.timeout_seconds:g} seconds.",
                ) from None
            except (ValueError, RuntimeError) as cause:
                raise _refused(cause) from None
        latency_seconds = perf_counter() - started
        yield StreamEnd(read_completion(answer, model=request.model, latency_seconds=latency_seconds))

    async def count_tokens(self, model: str, text: str) -> int:
        """The tokens of a text, as this model reads it; the model is loaded for that, but not asked."""
        try:
            return await self._engine(model).count_tokens(text)
        except (ValueError, RuntimeError) as cause:
            raise _refused(cause) from None
        except OSError as cause:
            raise ProviderError(
                ErrorKind.TRANSIENT, f"llama.cpp could not count now ({type(cause).__name__}): try again."
            ) from None

    async def aclose(self) -> None:
        """Stop what is running and give back the memory; another request would load its model anew."""
        while self._engines:
            _, engine = self._engines.popitem()
            await asyncio.to_thread(engine.close)

    def _engine(self, model: str) -> Engine:
        if model not in self._engines:
            self._engines[model] = Engine(partial(self._open, model), slots=self.options.slots)
        return self._engines[model]

    def _open(self, model: str) -> Server:
        file = find_file(model)
        if not file.is_intact:
            raise ProviderError(ErrorKind.UNAVAILABLE, _advice(file))
        if self.options.memory_check:
            self._see_to_memory(file)
        try:
            return self.open_server(file.path, self.options)
        except ImportError as cause:
            raise ProviderError(
                ErrorKind.UNAVAILABLE, f"The package xllamacpp does not run on this machine: {cause}"
            ) from cause
        except RuntimeError as cause:
            raise ProviderError(
                ErrorKind.UNAVAILABLE,
                f"llama.cpp cannot load {file.path}: it may be damaged, of a kind that this version does "
                "not know, or too large for the memory with "
                f"context_tokens = {self.options.context_tokens}.",
            ) from cause

    def _see_to_memory(self, file: ModelFile) -> None:
        if file.shape is None:  # llama.cpp will say what is wrong with it
            return
        fit = MemoryFit(
            needed_bytes=needed_bytes(file.size_bytes, file.shape, self.options),
            free_bytes=self.free_memory_bytes(),
        )
        if fit.is_enough:
            return
        raise ProviderError(
            ErrorKind.UNAVAILABLE,
            f"The model '{file.name}' {fit}. Lower context_tokens (now {self.options.context_tokens}) or "
            f"slots (now {self.options.slots}) under [providers.llamacpp], close other programs, or choose "
            "a smaller model. memory_check = false tries it all the same.",
        )


def build_llamacpp(options: Options) -> LlamaCppProvider:
    """The provider, run as `[providers.llamacpp]` says."""
    return LlamaCppProvider(llamacpp_options(options))


def _refused(cause: Exception) -> ProviderError:
    """What llama.cpp raised. Its words are not repeated: they may quote what a student wrote."""
    return ProviderError(
        ErrorKind.INVALID_REQUEST,
        f"llama.cpp refused the request with {type(cause).__name__}: a text in it is malformed.",
    )


def _advice(file: ModelFile) -> str:
    """What to do about a fetched file that is not there, or not what it should be."""
    state = "not there yet" if not file.is_here else "damaged or were changed"
    size = f" ({file.known.package_megabytes} MB)" if file.known else ""
    return f"The weights of '{file.name}' are {state}: run '{file.fetch_command}'{size}."
