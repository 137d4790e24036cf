"""The bench that a provider is tried on: freshly built, beside what stands in for its service."""

import asyncio
import os
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from traceback import format_exception
from typing import Generic, TypeVar
from unittest import SkipTest
from unittest.mock import patch

from sandbox.contracts.provider import Options, Provider, ProviderSpec, StreamingProvider
from sandbox.contracts.rehearsal import HttpReply
from sandbox.domain.exchange import Completion, Message, ModelCard, Request, Role, Settings
from sandbox.errors import FAULTS, ProviderError
from sandbox.testing.conformance import BrokenPromiseError, NotDeclared, expect
from sandbox.testing.providers.rehearsal_server import RehearsalServer

STUDENT = "Rosalind Quillfeather"
PROMPT = f"{STUDENT} wrote: plants drink light. Answer her with one kind sentence."
LONG_PROMPT = "Count from one to one thousand, each number in words and on a line of its own."
SHORT_ANSWER_TOKENS = 12
"""So that a real model on a slow machine is not asked for more than is needed."""

_REHEARSED_SECONDS, _REAL_SECONDS = 15.0, 300.0
_NO_PROXY = "127.0.0.1,localhost"
Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Given]):
    """What came of a call: a value or an error, and after how long. Neither means that nothing came."""

    seconds: float
    value: Given | None = None
    error: BaseException | None = None

    @property
    def in_words(self) -> str:
        """What came, for a sentence that begins with 'it'."""
        match self.error:
            case ProviderError() as error:
                return f"raised a ProviderError of kind '{error.kind}'"
            case None if self.value is None:
                return f"gave nothing within {self.seconds:.1f} seconds"
            case None:
                return f"gave a {type(self.value).__name__}"
            case error:
                return f"raised {type(error).__name__}"


@dataclass(slots=True, kw_only=True)
class Bench:
    """What one behaviour is shown with."""

    spec: ProviderSpec
    model: str
    options: Options
    """Those that lead to the stand-in, if there is one."""
    own_options: Options
    """Those of the suite alone."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What was planted in the environment, by variable."""
    stand_in: RehearsalServer | None = None
    asks_for_real: bool | None = None
    _built: list[Provider] = field(default_factory=list)

    @property
    def server(self) -> RehearsalServer:
        """What stands in for the service.

        Raises:
            NotDeclared: there is none.
        """
        if self.stand_in is None:
            raise NotDeclared(
                "Only a pretended service can show this, and the provider brings no rehearsal."
            )
        return self.stand_in

    @property
    def is_rehearsed(self) -> bool:
        """Whether a pretended model is asked."""
        return self.stand_in is not None

    @property
    def provider(self) -> Provider:
        """The provider, built when it is first needed."""
        return self._built[0] if self._built else self.build(self.options)

    @property
    def card(self) -> ModelCard:
        """What the provider says of the model."""
        return self.provider.describe(self.model)

    @property
    def streaming(self) -> StreamingProvider:
        """The provider as one that streams.

        Raises:
            NotDeclared: it does not claim to, or cannot, which is a behaviour of its own.
        """
        provider = self.provider
        if not (self.card.streams and isinstance(provider, StreamingProvider)):
            raise NotDeclared("The card does not say 'streams'.")
        return provider

    def build(self, options: Options) -> Provider:
        """A provider with these options, which is closed in the end."""
        provider = self.spec.build(options)
        self._built.append(provider)
        return provider

    def request(self, prompt: str = PROMPT, **changes: object) -> Request:
        """A request for a short answer, with some things about it changed."""
        asked = Request(
            model=self.model,
            messages=(Message(role=Role.USER, content=prompt),),
            settings=Settings(max_output_tokens=SHORT_ANSWER_TOKENS),
            timeout_seconds=10 if self.is_rehearsed else 120,
        )
        return asked.model_copy(update=changes)

    async def complete(self, request: Request | None = None) -> Completion:
        """The answer to a request.

        Raises:
            BrokenPromiseError: what came is no completion.
        """
        completion: object = await self.provider.complete(request or self.request())
        if not isinstance(completion, Completion):
            raise BrokenPromiseError(
                f"complete() gave a {type(completion).__name__}: return a "
                "sandbox.domain.exchange.Completion."
            )
        return completion

    async def outcome(self, call: Awaitable[Given], *, within_seconds: float = 10) -> Outcome[Given]:
        """What comes of a call; if nothing comes in time it is ended, and so is what it waits for.

        Raises:
            BrokenPromiseError: a promise was found broken in it.
            NotDeclared: it turned out not to be claimed.
        """
        started = perf_counter()
        task = asyncio.ensure_future(call)
        await asyncio.wait({task}, timeout=within_seconds)
        seconds = perf_counter() - started
        if not task.done():
            self.let_go()
            task.cancel()
            await asyncio.wait({task}, timeout=5)
            return Outcome(seconds)
        if task.cancelled():
            return Outcome(seconds, error=asyncio.CancelledError())
        error = task.exception()
        if isinstance(error, BrokenPromiseError | SkipTest):
            raise error
        return Outcome(seconds, error=error) if error else Outcome(seconds, value=task.result())

    async def failure(self, request: Request | None = None) -> ProviderError:
        """The error with which a request fails.

        Raises:
            BrokenPromiseError: it does not fail, or not with a ProviderError.
        """
        outcome = await self.outcome(self.provider.complete(request or self.request()))
        if not isinstance(outcome.error, ProviderError):
            raise BrokenPromiseError(f"It {outcome.in_words}: raise a ProviderError with the right kind.")
        return outcome.error

    def let_go(self) -> None:
        """End what hangs."""
        if self.stand_in is not None:
            self.stand_in.release()

    async def show(self, behaviour: Coroutine[object, object, None]) -> None:
        """Let a behaviour be shown, and close every provider that was built for it.

        Raises:
            BrokenPromiseError: it did not come to an end.
        """
        limit = _REHEARSED_SECONDS if self.is_rehearsed else _REAL_SECONDS
        try:
            outcome = await self.outcome(behaviour, within_seconds=limit)
        finally:
            await self.outcome(self.close())
        if outcome.error is not None:
            raise outcome.error
        expect(outcome.seconds < limit, f"It did not come to an end within {limit:g} seconds.")

    async def close(self) -> None:
        """Close every provider that was built; that they can be closed is a behaviour of its own."""
        self.let_go()
        for provider in self._built:
            with suppress(*FAULTS):
                await provider.aclose()

    def said_of_a_secret(self, text: str) -> str:
        """What in a text nobody should read there, in words; empty if nothing."""
        for variable, secret in self.secrets.items():
            if secret in text:
                return f"the key from {variable}"
        surname = STUDENT.rsplit(maxsplit=1)[-1]
        return "what stands in the prompt" if surname in text else ""

    def said_of_its_causes(self, error: BaseException) -> str:
        """The same for what Python prints of an error and its causes."""
        return self.said_of_a_secret("".join(format_exception(error)))

    def parrot(self, *, status: int = 200) -> HttpReply:
        """A reply that is no answer, and repeats the key and the prompt, as services do."""
        sentence = f"Cannot answer '{PROMPT}' with {', '.join(self.secrets.values()) or 'no key'}"
        error = {"message": sentence, "type": "kit_error", "code": status, "status": "KIT_ERROR"}
        return HttpReply.of(
            {"type": "error", "error": error, "message": sentence},
            status=status,
            headers={"x-request-id": "kit-1"},
        )


class ProviderSuite:
    """What every suite of a provider is told: the spec, and which options and model to try it with."""

    spec: ProviderSpec
    options: Options = {}
    model: str = ""
    asks_for_real: bool | None = None
    """Whether the model itself is asked where there is no rehearsal; None means: if it is local."""

    @contextmanager
    def bench(self) -> Iterator[Bench]:
        """A bench of its own for each behaviour; the environment is put back afterwards.

        Raises:
            BrokenPromiseError: the rehearsal itself failed.
        """
        with ExitStack() as stack:
            stack.enter_context(
                patch.dict(os.environ, {"NO_PROXY": _NO_PROXY, "no_proxy": _NO_PROXY}),
            )
            if self.spec.rehearse is None:
                yield Bench(
                    spec=self.spec,
                    model=self.model or _first_model(self.spec),
                    options=self.options,
                    own_options=self.options,
                    asks_for_real=self.asks_for_real,
                )
                return
            rehearsal = self.spec.rehearse()
            planted = {name: f"planted-{secrets.token_hex(12)}" for name in rehearsal.key_variables}
            os.environ.update(planted)
            server = stack.enter_context(RehearsalServer(rehearsal))
            broken: BaseException | None = None
            try:
                yield Bench(
                    spec=self.spec,
                    model=self.model or rehearsal.model,
                    options={**rehearsal.options(server.url), **self.options},
                    own_options=self.options,
                    secrets=planted,
                    stand_in=server,
                )
            except SkipTest:
                raise
            except FAULTS as error:
                broken = error
            if server.faults:
                raise BrokenPromiseError(
                    f"The rehearsal itself failed: {server.faults[0]}. Mend its answer().{_beside(broken)}"
                ) from None
            if broken is not None:
                raise broken


Suite = TypeVar("Suite", bound=ProviderSuite)


def on_bench(test: Callable[[Suite, Bench], None]) -> Callable[[Suite], None]:
    """Make a test of a behaviour for which no model is asked."""

    def run(suite: Suite) -> None:
        with suite.bench() as bench:
            try:
                test(suite, bench)
            finally:
                asyncio.run(bench.close())

    return _named_like(test, run)


def asking(test: Callable[[Suite, Bench], Coroutine[object, object, None]]) -> Callable[[Suite], None]:
    """Make a test of a behaviour for which the model is asked."""

    def run(suite: Suite) -> None:
        with suite.bench() as bench:
            asyncio.run(bench.show(_if_it_can_be_asked(bench, partial(test, suite, bench))))

    return _named_like(test, run)


async def _if_it_can_be_asked(bench: Bench, behaviour: Callable[[], Awaitable[None]]) -> None:
    reason = reason_not_to_ask(bench)
    if reason:
        raise NotDeclared(reason)
    await behaviour()


def reason_not_to_ask(bench: Bench) -> str:
    """Why the model cannot be asked now, in a sentence; empty if it can."""
    card = bench.card
    if card.missing:
        return card.missing
    asks_for_real = card.is_local if bench.asks_for_real is None else bench.asks_for_real
    if not bench.is_rehearsed and not asks_for_real:
        return "This would ask the model itself: give the spec a rehearsal, and it can be tried without."
    return ""


def _named_like(test: Callable[..., object], run: Callable[[Suite], None]) -> Callable[[Suite], None]:
    # functools.wraps would also show the test's parameters, and pytest would look for a fixture 'bench'.
    run.__name__, run.__qualname__, run.__doc__ = test.__name__, test.__qualname__, test.__doc__
    run.__module__ = test.__module__
    return run


def _beside(broken: BaseException | None) -> str:
    return "" if broken is None else f" Beside that: {broken}"


def _first_model(spec: ProviderSpec) -> str:
    if not spec.models:
        raise NotDeclared("Say which model is to be asked: set 'model' on the suite.")
    return spec.models[0]
