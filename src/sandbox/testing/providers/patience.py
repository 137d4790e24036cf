"""Conformance of a provider: time limits, cancelling, several requests at once, and coming to an end."""

import asyncio
import gc
import warnings
from collections.abc import Awaitable, Callable
from time import perf_counter

from sandbox.contracts.provider import Provider
from sandbox.contracts.rehearsal import HttpCall, Said
from sandbox.domain.exchange import FinishReason, Request, Settings
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.conformance import NotDeclared, expect
from sandbox.testing.providers.bench import (
    LONG_PROMPT,
    Bench,
    Outcome,
    ProviderSuite,
    asking,
    on_bench,
    reason_not_to_ask,
)
from sandbox.testing.providers.rehearsal_server import SILENCE, Conduct, Ending, Share

LIMIT_SECONDS = 0.5
LATEST_SECONDS = 2.5
_LONG_ANSWER = Settings(max_output_tokens=1500)
_LONGEST_STANDSTILL = 0.5
_TICK_SECONDS = 0.01
_AT_ONCE = 4
_DEPARTURE_SECONDS = 2.0


class PatienceBehaviours(ProviderSuite):
    """A provider whose service is slow, or whose caller is."""

    @asking
    async def test_obeys_the_time_limit(self, bench: Bench) -> None:
        """When nothing comes within timeout_seconds it fails with the kind `timeout`, and hangs up."""
        if not bench.is_rehearsed:
            await _shows_timeout(bench)
            return
        bench.server.conduct_next(SILENCE)
        await _shows_timeout(bench)
        await shows_departure(bench, "after the time limit")

    @asking
    async def test_obeys_the_time_limit_when_an_answer_stalls(self, bench: Bench) -> None:
        """An answer that begins and does not go on is over at the time limit, too."""
        bench.server.conduct_next(Conduct(share=Share.HALF, ending=Ending.HANG))
        await _shows_timeout(bench)
        await shows_departure(bench, "after the time limit")

    @asking
    async def test_obeys_the_time_limit_when_an_answer_trickles_in(self, bench: Bench) -> None:
        """The limit is for the whole answer: one that comes drop by drop does not stretch it."""
        bench.server.conduct_next(Conduct(pauses_seconds=LIMIT_SECONDS * 0.6))
        await _shows_timeout(bench)

    @asking
    async def test_lets_itself_be_cancelled(self, bench: Bench) -> None:
        """Cancelling comes through as it is and at once, and the next request is answered."""
        outcome = await _cancelled(bench)
        expect(
            isinstance(outcome.error, asyncio.CancelledError) and outcome.seconds < 1,
            f"When it was cancelled it {outcome.in_words}: let asyncio.CancelledError pass, and "
            "wait for nothing.",
        )
        expect(
            bool((await bench.complete()).text),
            "After a cancelled request the next one got no text: leave nothing of the first behind.",
        )

    @asking
    async def test_hangs_up_when_it_is_cancelled(self, bench: Bench) -> None:
        """Nobody waits for the answer any more, so the service is not left to write it."""
        _ = bench.server
        await _cancelled(bench)
        await shows_departure(bench, "after it was cancelled")

    @asking
    async def test_answers_several_at_once(self, bench: Bench) -> None:
        """Of requests at the same time each gets its own answer."""
        if bench.is_rehearsed:
            bench.server.says = _echo
            bench.server.conduct = Conduct(thinks_seconds=0.02)
        words = [f"kitword{number}x" for number in range(_AT_ONCE)]
        completions = await asyncio.gather(
            *(bench.complete(bench.request(f"Say {word}.")) for word in words)
        )
        for word, completion in zip(words, completions, strict=True):
            is_own = word in completion.text if bench.is_rehearsed else bool(completion.text)
            expect(
                is_own,
                f"Of {_AT_ONCE} requests at once, the one about '{word}' got "
                f"{completion.text[:80]!r}: keep "
                "nothing of a request on the provider.",
            )

    @asking
    async def test_lets_others_work_meanwhile(self, bench: Bench) -> None:
        """While the model thinks, the event loop turns: nothing blocks it for half a second."""
        await bench.complete()
        if bench.is_rehearsed:
            bench.server.conduct = Conduct(thinks_seconds=_LONGEST_STANDSTILL * 1.2)
        longest = await _longest_standstill(
            lambda: asyncio.gather(*(bench.complete(bench.request()) for _ in range(2)))
        )
        expect(
            longest <= _LONGEST_STANDSTILL,
            f"The event loop stood still for {longest:.1f} seconds: use an asynchronous client, or "
            "asyncio.to_thread for what blocks.",
        )

    @on_bench
    def test_works_in_one_loop_and_then_in_another(self, bench: Bench) -> None:
        """The same provider is asked under one asyncio.run, and then under another."""
        if reason := reason_not_to_ask(bench):
            raise NotDeclared(reason)
        provider = bench.provider
        request = bench.request()
        with warnings.catch_warnings():
            # The first loop's connections cannot be closed any more, and Python says so when they go.
            warnings.simplefilter("ignore", ResourceWarning)
            asyncio.run(_ask(provider, request))
            try:
                asyncio.run(_ask(provider, request, closes=True))
                problem = ""
            except Exception as cause:  # noqa: BLE001 - whatever a stranger's code raises is the finding
                problem = f"{type(cause).__name__}: {cause}"
            gc.collect()
        expect(
            not problem,
            f"Under a second asyncio.run it failed with {problem} - make a new client when "
            "asyncio.get_running_loop() is another than before.",
        )

    @asking
    async def test_can_be_closed_twice(self, bench: Bench) -> None:
        """Closing is safe at any time: before the first request, after one, and again."""
        provider = bench.provider
        for when in ("before the first request", "after a request", "again"):
            if when == "after a request":
                await bench.outcome(bench.complete(), within_seconds=60)
            outcome = await bench.outcome(provider.aclose())
            expect(
                outcome.error is None and outcome.seconds < 5,
                f"Called {when}, aclose() {outcome.in_words}: let it do nothing when nothing is open.",
            )

    @asking
    async def test_can_be_asked_after_closing(self, bench: Bench) -> None:
        """A request after closing is answered, or fails with a ProviderError."""
        await bench.complete()
        await bench.provider.aclose()
        outcome = await bench.outcome(bench.complete(), within_seconds=60)
        expect(
            outcome.value is not None or isinstance(outcome.error, ProviderError),
            f"After aclose() a request {outcome.in_words}: open the client anew when it is needed.",
        )


async def _shows_timeout(bench: Bench) -> None:
    if not bench.is_rehearsed:
        await bench.complete()
    request = bench.request(LONG_PROMPT, timeout_seconds=LIMIT_SECONDS, settings=_LONG_ANSWER)
    outcome = await bench.outcome(bench.provider.complete(request), within_seconds=LATEST_SECONDS)
    if outcome.value is not None and not bench.is_rehearsed:
        raise NotDeclared(f"It answers within {LIMIT_SECONDS} seconds, so that nothing can be late.")
    expect(
        isinstance(outcome.error, ProviderError) and outcome.error.kind is ErrorKind.TIMEOUT,
        f"With timeout_seconds = {LIMIT_SECONDS} it {outcome.in_words} after "
        f"{outcome.seconds:.1f} seconds: put "
        "asyncio.timeout(request.timeout_seconds) around the call, and raise the kind 'timeout'.",
    )


async def shows_departure(bench: Bench, when: str) -> None:
    """Let it be seen that the client hung up, and that its next request is answered.

    Raises:
        BrokenPromiseError: it did not, or is not.
    """
    has_left = await asyncio.to_thread(
        bench.server.wait_for_departures, 1, timeout_seconds=_DEPARTURE_SECONDS
    )
    expect(
        has_left,
        f"The connection was still open {_DEPARTURE_SECONDS:g} seconds {when}: close it in "
        "'finally' or with "
        "'async with'.",
    )
    completion = await bench.complete()
    expect(bool(completion.text), f"The next request {when} got no text.")


async def _cancelled(bench: Bench) -> Outcome[object]:
    """What comes of a request that is cancelled amid its answer, and how long after the cancelling."""
    if bench.is_rehearsed:
        bench.server.conduct_next(SILENCE)
    else:
        await bench.complete()
    request = bench.request(LONG_PROMPT, settings=_LONG_ANSWER)
    task: asyncio.Task[object] = asyncio.ensure_future(bench.provider.complete(request))
    if bench.is_rehearsed:
        await asyncio.to_thread(bench.server.wait_for_calls, 1, timeout_seconds=5)
    else:
        await asyncio.sleep(0.3)
    if task.done() and not bench.is_rehearsed and task.exception() is None:
        raise NotDeclared("It answers too soon to be cancelled.")
    task.cancel()
    return await bench.outcome(task, within_seconds=2)


async def _longest_standstill(work: Callable[[], Awaitable[object]]) -> float:
    longest = 0.0

    async def tick() -> None:
        nonlocal longest
        while True:
            before = perf_counter()
            await asyncio.sleep(_TICK_SECONDS)
            longest = max(longest, perf_counter() - before - _TICK_SECONDS)

    ticking = asyncio.create_task(tick())
    # The clock ticks before the work begins, which may block at once.
    await asyncio.sleep(_TICK_SECONDS * 2)
    try:
        await work()
        await asyncio.sleep(_TICK_SECONDS * 2)
    finally:
        ticking.cancel()
    return longest


async def _ask(provider: Provider, request: Request, *, closes: bool = False) -> None:
    await provider.complete(request)
    if closes:
        await provider.aclose()


def _echo(call: HttpCall) -> Said:
    text = call.body.decode("utf-8")
    start = text.index("kitword")
    word = text[start : text.index("x", start) + 1]
    return Said(text=f"You said {word}.", input_tokens=3, output_tokens=4, finish_reason=FinishReason.STOP)
