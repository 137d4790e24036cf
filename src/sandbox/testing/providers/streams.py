"""Conformance of a provider: answers that are handed on while they are being written."""

import asyncio
import inspect
from collections.abc import AsyncGenerator
from typing import cast

from sandbox.contracts.provider import StreamingProvider
from sandbox.contracts.rehearsal import HttpReply
from sandbox.domain.exchange import Completion, Request, Settings, StreamEnd, StreamEvent, TextDelta
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.conformance import BrokenPromiseError, NotDeclared, expect
from sandbox.testing.providers.bench import LONG_PROMPT, Bench, ProviderSuite, asking, on_bench
from sandbox.testing.providers.patience import LATEST_SECONDS, LIMIT_SECONDS, shows_departure
from sandbox.testing.providers.rehearsal_server import (
    BROKEN_CONNECTION,
    INPUT_TOKENS,
    OUTPUT_TOKENS,
    Conduct,
    Ending,
    Share,
    saying,
)
from sandbox.testing.providers.structure import WORKSHEET, worksheet_request

LONG_ANSWER = (
    "Leaves – those “small kitchens” – cook light, air and water into sugar, all day long. 🌳 Well seen!"
)
_HELD_BACK = Conduct(share=Share.ALL_BUT_THE_LAST, ending=Ending.HANG)
"""All but the last piece is sent, and no more: the text is there, and its end is not."""
_SEEDED = Settings(max_output_tokens=24, seed=7)
_LOST = (ErrorKind.TRANSIENT, ErrorKind.BAD_RESPONSE)
_KINDS_BEFORE = {
    401: ErrorKind.AUTHENTICATION,
    429: ErrorKind.RATE_LIMIT,
    503: ErrorKind.TRANSIENT,
}


class StreamBehaviours(ProviderSuite):
    """A provider that streams."""

    @on_bench
    def test_streams_if_it_says_so(self, bench: Bench) -> None:
        """The card says `streams` exactly if there is a method that does."""
        says, does = bench.card.streams, isinstance(bench.provider, StreamingProvider)
        if not says and not does:
            raise NotDeclared("The card does not say 'streams'.")
        expect(does, "The card says 'streams', but there is no method stream(request).")
        expect(says, "There is a method stream(request), but the card does not say 'streams'.")

    @asking
    async def test_streams_what_it_would_give_at_once(self, bench: Bench) -> None:
        """The pieces put together are the text of the whole, and the same that `complete` gives."""
        if bench.is_rehearsed:
            bench.server.says = saying(LONG_ANSWER)
        request = bench.request(settings=_SEEDED)
        pieces, end = await _read(bench, request)
        expect(
            "".join(pieces) == end.text,
            f"The pieces make {''.join(pieces)!r}, and the whole is {end.text!r}: they must be the same.",
        )
        expect(
            len([piece for piece in pieces if piece]) > 1,
            f"An answer of {len(end.text.split())} words came in {len(pieces)} piece: hand on each as it "
            "comes. (A rehearsal must send its reply in several pieces, too.)",
        )
        if bench.is_rehearsed or bench.card.takes_seed:
            whole = await bench.complete(request)
            for what in ("text", "finish_reason", "model_served"):
                expect(
                    getattr(end, what) == getattr(whole, what),
                    f"stream() ends with the {what} {getattr(end, what)!r}, and complete() gives "
                    f"{getattr(whole, what)!r}.",
                )

    @asking
    async def test_ends_a_stream_once_with_the_whole(self, bench: Bench) -> None:
        """The last event, and no other, is the StreamEnd."""
        events = await _events(bench, bench.request())
        kinds = [type(event).__name__ for event in events]
        wanted = ["TextDelta"] * (len(events) - 1) + ["StreamEnd"]
        expect(
            kinds == wanted,
            f"The events were {', '.join(kinds) or 'none'}: give TextDelta ... and one StreamEnd.",
        )

    @asking
    async def test_reports_the_tokens_of_a_stream(self, bench: Bench) -> None:
        """Usage at the end of a stream is what the service counted, and not an estimate."""
        _, end = await _read(bench, bench.request())
        usage = end.usage
        counted = (usage.input_tokens, usage.output_tokens)
        is_right = counted == (INPUT_TOKENS, OUTPUT_TOKENS) if bench.is_rehearsed else min(counted) > 0
        expect(
            is_right and not usage.is_estimated,
            f"At the end of a stream usage says {counted[0]} tokens in and {counted[1]} out"
            f"{', estimated' if usage.is_estimated else ''}: ask the service to count in streams, too.",
        )
        expect(end.latency_seconds > 0, "At the end of a stream latency_seconds is not measured.")

    @asking
    async def test_streams_json_as_well(self, bench: Bench) -> None:
        """Held to a schema in its best way, it streams the JSON alone."""
        _ = bench.streaming
        said = WORKSHEET.model_dump_json()
        bench.server.says = saying(said)
        request = worksheet_request(bench, bench.card.structured[0])
        pieces, end = await _read(bench, request)
        whole = await bench.complete(request)
        expect(
            "".join(pieces) == end.text == whole.text,
            f"In the mode '{request.structured}' the pieces make {''.join(pieces)!r}, the whole "
            f"is {end.text!r}, "
            f"and complete() gives {whole.text!r}: all three must be the JSON.",
        )

    @asking
    async def test_hands_on_pieces_as_they_come(self, bench: Bench) -> None:
        """The first piece is there before the service has sent the last one."""
        _ = bench.streaming
        bench.server.says = saying(LONG_ANSWER)
        bench.server.conduct_next(_HELD_BACK)
        events = await _begun(bench)
        bench.let_go()
        await bench.outcome(events.aclose())

    @asking
    async def test_hangs_up_when_a_stream_is_closed_early(self, bench: Bench) -> None:
        """Whoever has read enough closes the stream, and the service is not left to write on."""
        _ = bench.streaming
        bench.server.says = saying(LONG_ANSWER)
        bench.server.conduct_next(_HELD_BACK)
        events = await _begun(bench)
        await bench.outcome(events.aclose())
        await shows_departure(bench, "after the stream was closed")

    @asking
    async def test_hangs_up_when_a_stream_is_cancelled(self, bench: Bench) -> None:
        """Cancelling comes through amid a stream, and the connection is closed."""
        _ = bench.streaming
        bench.server.conduct_next(_HELD_BACK)
        task = asyncio.ensure_future(_events(bench, bench.request()))
        await asyncio.to_thread(bench.server.wait_for_calls, 1, timeout_seconds=5)
        task.cancel()
        outcome = await bench.outcome(task, within_seconds=2)
        expect(
            isinstance(outcome.error, asyncio.CancelledError) and outcome.seconds < 1,
            f"When its stream was cancelled it {outcome.in_words}: let asyncio.CancelledError pass.",
        )
        await shows_departure(bench, "after the stream was cancelled")

    @asking
    async def test_fails_before_a_stream_as_it_would_otherwise(self, bench: Bench) -> None:
        """A service that refuses to stream is asked once, and gives the same errors as `complete`."""
        _ = bench.streaming
        rows: list[tuple[str, Conduct, tuple[ErrorKind, ...]]] = [
            (f"HTTP {status}", Conduct(reply=bench.parrot(status=status)), (kind,))
            for status, kind in _KINDS_BEFORE.items()
        ]
        rows.append(("a broken connection", BROKEN_CONNECTION, _LOST))
        page = HttpReply(headers={"content-type": "text/html"}, body=b"<p>" + bench.parrot().body)
        rows.append(("a page in HTML", Conduct(reply=page), (ErrorKind.BAD_RESPONSE,)))
        for name, conduct, kinds in rows:
            before = len(bench.server.calls)
            error = await _failure(bench, conduct, name, kinds)
            n = len(bench.server.calls) - before
            expect(
                n == 1, f"On {name} the stream made {n} calls: make one, and leave trying again to others."
            )
            found = bench.said_of_its_causes(error)
            expect(
                not found,
                f"On {name} the stream's error holds {found}: use words of your own, and write "
                "'raise ... from None'.",
            )

    @asking
    async def test_takes_no_half_stream_for_a_whole(self, bench: Bench) -> None:
        """A stream that breaks off, or ends without its end, is an error and no short answer."""
        _ = bench.streaming
        bench.server.says = saying(LONG_ANSWER)
        for name, ending in {
            "a connection broken amid the stream": Ending.BREAK,
            "a stream that stopped half-way": Ending.END,
        }.items():
            await _failure(bench, Conduct(share=Share.HALF, ending=ending), name, _LOST)

    @asking
    async def test_obeys_the_time_limit_in_a_stream(self, bench: Bench) -> None:
        """A stream that stalls fails at the time limit with the kind `timeout`."""
        _ = bench.streaming
        bench.server.conduct_next(Conduct(share=Share.HALF, ending=Ending.HANG))
        request = bench.request(LONG_PROMPT, timeout_seconds=LIMIT_SECONDS)
        outcome = await bench.outcome(_events(bench, request), within_seconds=LATEST_SECONDS)
        expect(
            isinstance(outcome.error, ProviderError) and outcome.error.kind is ErrorKind.TIMEOUT,
            f"With timeout_seconds = {LIMIT_SECONDS} a stalled stream {outcome.in_words} after "
            f"{outcome.seconds:.1f} seconds: limit the wait for each piece, and raise the kind 'timeout'.",
        )
        await shows_departure(bench, "after the time limit")


def _open(bench: Bench, request: Request) -> AsyncGenerator[StreamEvent, None]:
    events: object = bench.streaming.stream(request)
    if inspect.iscoroutine(events):
        events.close()
    if not (hasattr(events, "__anext__") and hasattr(events, "aclose")):
        raise BrokenPromiseError(
            f"stream() gave a {type(events).__name__}, which cannot be read and closed: write it as an "
            "asynchronous generator, 'async def' with 'yield'."
        )
    return cast("AsyncGenerator[StreamEvent, None]", events)


async def _begun(bench: Bench) -> AsyncGenerator[StreamEvent, None]:
    """A stream of which the first piece has come."""
    events = _open(bench, bench.request())
    first = await bench.outcome(anext(events), within_seconds=LATEST_SECONDS)
    expect(
        isinstance(first.value, TextDelta),
        f"While the service still wrote, the stream {first.in_words}: hand on each piece when it comes.",
    )
    return events


async def _events(bench: Bench, request: Request) -> list[StreamEvent]:
    events = _open(bench, request)
    try:
        return [event async for event in events]
    finally:
        await events.aclose()


async def _read(bench: Bench, request: Request) -> tuple[list[str], Completion]:
    events = await _events(bench, request)
    pieces = [event.text for event in events if isinstance(event, TextDelta)]
    ends = [event.completion for event in events if isinstance(event, StreamEnd)]
    if not ends:
        raise BrokenPromiseError(
            "The stream ended without a StreamEnd: give the whole completion at its end."
        )
    return pieces, ends[-1]


async def _failure(
    bench: Bench, conduct: Conduct, name: str, kinds: tuple[ErrorKind, ...]
) -> ProviderError:
    bench.server.conduct_next(conduct)
    outcome = await bench.outcome(_events(bench, bench.request()))
    error = outcome.error
    if not isinstance(error, ProviderError) or error.kind not in kinds:
        wanted = " or ".join(f"'{kind}'" for kind in kinds)
        raise BrokenPromiseError(f"On {name} the stream {outcome.in_words} instead of {wanted}.")
    return error
