"""The provider `scripted`: answers written beforehand, for tests and trying out. No model is asked."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NoReturn, Self

from pydantic import Field, model_validator

from sandbox.contracts.options import NoOptions, read_options
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
from sandbox.domain.record import Record
from sandbox.domain.tokens import estimated_usage
from sandbox.errors import ErrorKind, FileError, InputError, ProviderError
from sandbox.storage.cassette_lines import parse_line
from sandbox.storage.text_file import read_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An answer that fails on its way, to show what becomes of it."""

    after: str = ""
    """What a stream hands on before that."""
    error: Exception | None = None
    """What is raised then; None means that nothing more comes, not even at the request's time limit."""


HANG = Fault()
"""An answer that never comes."""

Answer = str | Completion | Exception | Fault
Script = Sequence[Answer] | Callable[[Request], Answer]

_WORD = re.compile(r"\S+\s*|\s+")


class ScriptedProvider:
    """Gives answers in order, beginning again at the end, or what a function makes of each request.

    A text becomes a completion; an error is raised as it is. A stream hands on a text word by word.
    `requests` stays empty unless it is asked for, so that a long test does not fill the memory.
    """

    def __init__(
        self,
        answers: Script,
        *,
        latency_seconds: float = 0,
        identity: str = "scripted",
        keeps_requests: bool = False,
    ) -> None:
        self._next_answer = answers if callable(answers) else _in_turn(answers)
        self._latency_seconds = latency_seconds
        self._identity = identity
        self._keeps_requests = keeps_requests
        self.calls = 0
        self.requests: list[Request] = []

    def describe(self, model: str) -> ModelCard:
        """A card like a good service's, on this machine; a schema is kept if the script keeps it."""
        return ModelCard(
            name=model,
            summary="answers written beforehand",
            structured=(StructuredMode.NATIVE,),
            streams=True,
            is_local=True,
            max_concurrency=64,
            identity=self._identity,
            price=Price(input_usd=0, output_usd=0),
        )

    async def complete(self, request: Request) -> Completion:
        """The next answer of the script."""
        answer = self._answer_to(request)
        await asyncio.sleep(self._latency_seconds)
        if isinstance(answer, Fault):
            await _fail(answer)
        return self._completion(answer, request)

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """The next answer of the script, word by word; the latency is spread over the words."""
        answer = self._answer_to(request)
        if isinstance(answer, Fault):
            async for delta in self._deltas(answer.after):
                yield delta
            await _fail(answer)
        completion = self._completion(answer, request)
        async for delta in self._deltas(completion.text):
            yield delta
        yield StreamEnd(completion)

    async def _deltas(self, text: str) -> AsyncGenerator[TextDelta, None]:
        words = _WORD.findall(text)
        for word in words:
            await asyncio.sleep(self._latency_seconds / len(words))
            yield TextDelta(word)

    def _answer_to(self, request: Request) -> Answer:
        self.calls += 1
        if self._keeps_requests:
            self.requests.append(request)
        return self._next_answer(request)

    def _completion(self, answer: str | Completion | Exception, request: Request) -> Completion:
        if isinstance(answer, Exception):
            # The same error is raised again and again: without this its traceback would grow for ever.
            raise answer.with_traceback(None)
        if isinstance(answer, Completion):
            return answer
        return Completion(
            text=answer,
            model_served=request.model,
            usage=estimated_usage(request, answer),
            latency_seconds=self._latency_seconds,
        )

    async def aclose(self) -> None:
        """Nothing is held open."""


async def _fail(fault: Fault) -> NoReturn:
    if fault.error is not None:
        raise fault.error.with_traceback(None)
    await asyncio.Event().wait()
    raise AssertionError("nobody sets that event")


def _in_turn(answers: Sequence[Answer]) -> Callable[[Request], Answer]:
    if not answers:
        raise InputError("A script needs at least one answer.")
    turns = count()
    return lambda _: answers[next(turns) % len(answers)]


class ScriptLine(Record):
    """A line of a script file: a text or an error, and perhaps when to say it."""

    text: str | None = None
    error: ErrorKind | None = None
    message: str = "The script says so."
    condition: str | None = Field(default=None, alias="if", min_length=1)
    """Words that must stand in the last message; capitals do not matter."""

    @model_validator(mode="after")
    def _is_one_answer(self) -> Self:
        if (self.text is None) == (self.error is None):
            raise ValueError('a line has either "text" or "error"')
        return self

    @property
    def answer(self) -> Answer:
        """What is said."""
        return ProviderError(self.error, self.message) if self.error else self.text or ""

    def applies_to(self, request: Request) -> bool:
        """Whether the condition holds."""
        last_message = request.messages[-1].content if request.messages else ""
        return self.condition is not None and self.condition.casefold() in last_message.casefold()


@dataclass(frozen=True, slots=True)
class ScriptFileProvider:
    """Answers from script files: the model's name is the path of one, as in `scripted/answers.jsonl`."""

    _scripts: dict[str, ScriptedProvider] = field(default_factory=dict, init=False, repr=False)

    def describe(self, model: str) -> ModelCard:
        """The card of a script file; its identity is the hash of the file.

        Raises:
            FileError: the file cannot be read as a script.
        """
        return self._script(model).describe(model)

    async def complete(self, request: Request) -> Completion:
        """The answer of the script file that the request names."""
        return await self._script(request.model).complete(request)

    async def stream(self, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """The answer of the script file that the request names, word by word."""
        async with aclosing(self._script(request.model).stream(request)) as events:
            async for event in events:
                yield event

    async def aclose(self) -> None:
        """Nothing is held open."""

    def _script(self, model: str) -> ScriptedProvider:
        if model not in self._scripts:
            path = Path(model)
            lines = [
                parse_line(path, number, text, ScriptLine)
                for number, text in enumerate(read_lines(path), start=1)
                if text.strip()
            ]
            if not lines:
                raise FileError(path, 'The script is empty: a line is {"text": "..."}.')
            identity = sha256(path.read_bytes()).hexdigest()
            self._scripts[model] = ScriptedProvider(_answers_of(lines, path), identity=identity)
        return self._scripts[model]


def _answers_of(lines: Sequence[ScriptLine], path: Path) -> Callable[[Request], Answer]:
    """The first line whose condition holds, or else the next of those that have none."""
    conditional = [line for line in lines if line.condition is not None]
    unconditional = [line.answer for line in lines if line.condition is None]
    no_line = ProviderError(
        ErrorKind.INVALID_REQUEST, f'{path.name} has no line for this request: add one without "if".'
    )
    next_unconditional = _in_turn(unconditional or [no_line])

    def answer(request: Request) -> Answer:
        for line in conditional:
            if line.applies_to(request):
                return line.answer
        return next_unconditional(request)

    return answer


def build_scripted(options: Options) -> ScriptFileProvider:
    """The provider of script files; it has no options."""
    read_options("scripted", options, NoOptions)
    return ScriptFileProvider()
