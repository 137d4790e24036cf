"""Conformance of a provider: how it fails when the service does."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.contracts.rehearsal import HttpReply
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.conformance import BrokenPromiseError, expect
from sandbox.testing.providers.bench import Bench, ProviderSuite, asking
from sandbox.testing.providers.rehearsal_server import BROKEN_CONNECTION, Conduct, Ending, Share

_KIND_OF_STATUS = {
    401: ErrorKind.AUTHENTICATION,
    403: ErrorKind.AUTHENTICATION,
    404: ErrorKind.UNKNOWN_MODEL,
    429: ErrorKind.RATE_LIMIT,
    500: ErrorKind.TRANSIENT,
    503: ErrorKind.TRANSIENT,
    529: ErrorKind.TRANSIENT,
}
_WAIT_SECONDS = 7
_JSON = {"content-type": "application/json"}
_NO_ANSWERS = {
    "a page in HTML": HttpReply(headers={"content-type": "text/html"}, body=b"<html>Please sign in</html>"),
    "broken JSON": HttpReply(headers=_JSON, body=b'{"text": "Half of an ans'),
    "an empty object": HttpReply.of({}),
    "an empty list": HttpReply.of([]),
    "null": HttpReply.of(None),
    "an empty body": HttpReply(headers=_JSON),
}
_LOST = (ErrorKind.TRANSIENT, ErrorKind.BAD_RESPONSE)


@dataclass(frozen=True, slots=True)
class _Row:
    """A way in which a service fails, and what comes of it."""

    name: str
    conduct: Conduct
    kinds: tuple[ErrorKind, ...] = ()
    retry_after_seconds: float | None = None


class FailureBehaviours(ProviderSuite):
    """A provider whose service refuses, breaks, or talks nonsense."""

    @asking
    async def test_asks_once_whatever_comes(self, bench: Bench) -> None:
        """A request is one call, even when it fails: how often to try again is decided elsewhere."""
        unreadable = Conduct(reply=_NO_ANSWERS["broken JSON"])
        rows = [
            _Row("an answer", Conduct()),
            *_status_rows(bench, 429, 500, 503),
            _Row("a broken connection", BROKEN_CONNECTION),
            _Row("broken JSON", unreadable),
        ]
        wrong = []
        for row in rows:
            before = len(bench.server.calls)
            await _outcome(bench, row)
            n = len(bench.server.calls) - before
            if n != 1:
                wrong.append(f"{n} on {row.name}")
        expect(
            not wrong,
            f"It made {', '.join(wrong)} instead of 1 call: turn off the retries of the service's library "
            "(max_retries=0 or the like).",
        )

    @asking
    async def test_tells_errors_by_their_status(self, bench: Bench) -> None:
        """A wrong key, an unknown model, too many requests and a service that is down are told apart."""
        problems = await _problems(bench, _status_rows(bench, *_KIND_OF_STATUS), wants_status=True)
        expect(
            not problems,
            f"{problems} - sandbox.contracts.service_errors.ServiceErrors.of_status knows them.",
        )

    @asking
    async def test_knows_the_errors_of_its_service(self, bench: Bench) -> None:
        """Each error that the rehearsal holds gets the kind that stands there."""
        rows = [
            _Row(f"'{each.name}'", Conduct(reply=each.reply), (each.kind,), each.retry_after_seconds)
            for each in bench.server.rehearsal.errors
        ]
        problems = await _problems(bench, rows)
        expect(not problems, f"{problems} - read the service's own code, not only the status.")

    @asking
    async def test_passes_on_how_long_to_wait(self, bench: Bench) -> None:
        """When the service says when to come back, the error holds the seconds."""
        (row,) = _status_rows(bench, 429)
        error = await _failure(bench, row)
        expect(
            error.retry_after_seconds == _WAIT_SECONDS,
            f"The service said 'retry-after: {_WAIT_SECONDS}', and the error's retry_after_seconds is "
            f"{error.retry_after_seconds}: hand the headers to ServiceErrors.of_status.",
        )

    @asking
    async def test_takes_nothing_else_for_an_answer(self, bench: Bench) -> None:
        """A reply with status 200 that holds no answer is a `bad_response`, and not an empty answer."""
        rows = [
            _Row(name, Conduct(reply=reply), (ErrorKind.BAD_RESPONSE,))
            for name, reply in _NO_ANSWERS.items()
        ]
        problems = await _problems(bench, rows)
        expect(not problems, f"{problems} - validate the body before reading from it.")

    @asking
    async def test_says_when_the_service_is_lost(self, bench: Bench) -> None:
        """A connection that breaks, or is not to be had, is an error that may be tried again."""
        rows = [
            _Row("a connection broken before the reply", BROKEN_CONNECTION, _LOST),
            _Row(
                "a connection broken amid the reply",
                Conduct(share=Share.HALF, ending=Ending.BREAK),
                _LOST,
            ),
        ]
        problems = await _problems(bench, rows)
        bench.server.close()
        problems = problems or await _problems(
            bench, [_Row("a refused connection", Conduct(), (ErrorKind.TRANSIENT,))]
        )
        expect(not problems, f"{problems} - catch what the HTTP library raises for connections.")

    @asking
    async def test_repeats_no_secret_in_an_error(self, bench: Bench) -> None:
        """Neither the error's words nor those of its causes hold the key or what a student wrote."""
        for row in _all_rows(bench):
            error = await _outcome(bench, row)
            if error is None:
                continue
            found = bench.said_of_a_secret(f"{error} {error!r} {getattr(error, 'request_id', '')}")
            expect(
                not found,
                f"On {row.name} the error repeats {found}: use words of your own, not the service's.",
            )
            found = bench.said_of_its_causes(error)
            expect(
                not found,
                f"On {row.name} a cause of the error holds {found}, and tracebacks print it: "
                "write 'raise ... from None'.",
            )

    @asking
    async def test_explains_errors_in_a_sentence(self, bench: Bench) -> None:
        """Every error says to people what happened and what to do."""
        for row in _all_rows(bench):
            error = await _outcome(bench, row)
            if isinstance(error, ProviderError):
                text = str(error).strip()
                expect(
                    len(text.split()) >= 3 and text[-1] in ".?!",
                    f"On {row.name} the error says {text!r}: write a whole sentence that says what next.",
                )


def _status_rows(bench: Bench, *statuses: int) -> list[_Row]:
    rows = []
    for status in statuses:
        reply = bench.parrot(status=status)
        wait = _WAIT_SECONDS if status == 429 else None
        if wait is not None:
            headers = {**reply.headers, "retry-after": str(wait)}
            reply = HttpReply(status=status, headers=headers, body=reply.body)
        rows.append(_Row(f"HTTP {status}", Conduct(reply=reply), (_KIND_OF_STATUS[status],), wait))
    return rows


def _all_rows(bench: Bench) -> Iterator[_Row]:
    yield from _status_rows(bench, *_KIND_OF_STATUS)
    yield _Row("HTTP 400", Conduct(reply=bench.parrot(status=400)))
    parrot = bench.parrot()
    yield _Row("an error with status 200", Conduct(reply=parrot))
    page = HttpReply(headers={"content-type": "text/html"}, body=b"<p>" + parrot.body)
    yield _Row("a page in HTML", Conduct(reply=page))
    yield _Row("broken JSON", Conduct(reply=HttpReply(headers=_JSON, body=parrot.body[:-2])))
    yield _Row("a broken connection", BROKEN_CONNECTION)
    for each in bench.server.rehearsal.errors:
        yield _Row(f"'{each.name}'", Conduct(reply=each.reply))


async def _outcome(bench: Bench, row: _Row) -> BaseException | None:
    bench.server.conduct = row.conduct
    return (await bench.outcome(bench.provider.complete(bench.request()))).error


async def _failure(bench: Bench, row: _Row) -> ProviderError:
    bench.server.conduct = row.conduct
    try:
        return await bench.failure()
    except BrokenPromiseError as problem:
        raise BrokenPromiseError(f"On {row.name}: {problem}") from None


async def _problems(bench: Bench, rows: list[_Row], *, wants_status: bool = False) -> str:
    """What is wrong with the errors that come of these, in words; empty if nothing."""
    problems = []
    for row in rows:
        bench.server.conduct = row.conduct
        outcome = await bench.outcome(bench.provider.complete(bench.request()))
        error, wanted = outcome.error, " or ".join(f"'{kind}'" for kind in row.kinds)
        if not isinstance(error, ProviderError) or error.kind not in row.kinds:
            problems.append(f"on {row.name} it {outcome.in_words} instead of {wanted}")
        elif row.retry_after_seconds not in {None, error.retry_after_seconds} and not wants_status:
            problems.append(
                f"on {row.name} retry_after_seconds is {error.retry_after_seconds} instead of "
                f"{row.retry_after_seconds}"
            )
        elif wants_status and row.conduct.reply and error.status != row.conduct.reply.status:
            problems.append(f"on {row.name} the error's status is {error.status}")
    said = "; ".join(problems)
    return said[:1].upper() + said[1:]
