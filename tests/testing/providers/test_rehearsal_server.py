"""The server that stands in for a service."""

import socket
import threading
from collections.abc import Iterator
from time import perf_counter

import httpx2
import pytest

from sandbox.contracts.rehearsal import HttpCall, HttpReply, Rehearsal, Said
from sandbox.domain.exchange import FinishReason
from sandbox.testing.providers.rehearsal_server import (
    BROKEN_CONNECTION,
    INPUT_TOKENS,
    SILENCE,
    Conduct,
    Ending,
    RehearsalServer,
    Share,
    saying,
)

LINES = tuple(b"line %d\n" % number for number in range(4))


def answer(call: HttpCall, said: Said) -> HttpReply:
    """What was said, in pieces if the path asks for them."""
    if call.path == "/stream":
        return HttpReply(headers={"content-type": "text/plain"}, pieces=LINES)
    return HttpReply.of({"text": said.text, "tokens": said.input_tokens, "end": said.finish_reason})


REHEARSAL = Rehearsal(model="acme-1", options=lambda url: {"base_url": url}, answer=answer)


@pytest.fixture
def server() -> Iterator[RehearsalServer]:
    """A server that is up."""
    with RehearsalServer(REHEARSAL) as running:
        yield running


@pytest.fixture
def client(server: RehearsalServer) -> Iterator[httpx2.Client]:
    """A client that keeps its connection to the server."""
    with httpx2.Client(base_url=server.url, trust_env=False, timeout=5) as opened:
        yield opened


def test_a_call_is_answered_as_the_rehearsal_says_and_kept(
    server: RehearsalServer, client: httpx2.Client
) -> None:
    """What was sent can be looked at afterwards, by header, path and body."""
    server.says = saying("Good day.", finish_reason=FinishReason.LENGTH)

    response = client.post("/answers?kind=short", json={"ask": "Größe"}, headers={"X-Key": "planted"})

    assert response.json() == {"text": "Good day.", "tokens": INPUT_TOKENS, "end": "length"}
    (call,) = server.calls
    assert (call.method, call.path) == ("POST", "/answers?kind=short")
    assert call.json == {"ask": "Größe"}
    assert call.headers["x-key"] == "planted"


def test_what_is_said_may_depend_on_the_call(server: RehearsalServer, client: httpx2.Client) -> None:
    """So each of several requests can get its own answer."""
    server.says = lambda call: saying(call.body.decode())(call)

    texts = [client.post("/", content=word).json()["text"] for word in ("one", "two")]

    assert texts == ["one", "two"]
    assert server.connections == 1, "the connection is kept alive"


def test_a_body_in_chunks_is_read(server: RehearsalServer, client: httpx2.Client) -> None:
    """Some clients do not say beforehand how long it is."""
    client.post("/", content=iter([b'{"a"', b": 1}"]))

    assert server.calls[0].json == {"a": 1}


def test_the_next_calls_can_be_treated_otherwise(server: RehearsalServer, client: httpx2.Client) -> None:
    """One after the other; after them all is as before."""
    server.conduct_next(
        Conduct(reply=HttpReply(status=529, headers={"retry-after": "7"})),
        Conduct(reply=HttpReply.of([])),
    )

    responses = [client.post("/") for _ in range(3)]

    assert [response.status_code for response in responses] == [529, 200, 200]
    assert responses[0].headers["retry-after"] == "7"
    assert responses[1].json() == []
    assert "text" in responses[2].json()


def test_pieces_come_one_by_one(server: RehearsalServer, client: httpx2.Client) -> None:
    """The first is there before the last is sent."""
    server.conduct_next(Conduct(share=Share.ALL_BUT_THE_LAST, ending=Ending.HANG))

    with client.stream("GET", "/stream") as response:
        lines = response.iter_lines()
        seen = [next(lines) for _ in range(3)]

    assert seen == ["line 0", "line 1", "line 2"]
    assert server.wait_for_departures(1, timeout_seconds=5)


def test_pieces_end_as_http_wants_it(server: RehearsalServer, client: httpx2.Client) -> None:
    """All of them, or half of them as if that were all."""
    whole = client.get("/stream").content
    server.conduct_next(Conduct(share=Share.HALF))
    half = client.get("/stream").content

    assert (whole, half) == (b"".join(LINES), b"".join(LINES[:2]))


@pytest.mark.parametrize("path", ["/", "/stream"])
@pytest.mark.parametrize(
    "conduct", [SILENCE, Conduct(share=Share.HEADERS, ending=Ending.HANG)], ids=["silent", "stalled"]
)
def test_a_client_that_leaves_is_noticed(
    path: str, conduct: Conduct, server: RehearsalServer, client: httpx2.Client
) -> None:
    """Whether it waits for the first word or for the rest."""
    server.conduct_next(conduct)

    with pytest.raises(httpx2.ReadTimeout):
        client.get(path, timeout=0.05)

    assert server.wait_for_departures(1, timeout_seconds=5)
    assert client.get("/").status_code == 200
    assert server.departures == 1


def test_nobody_who_stays_is_taken_for_gone(server: RehearsalServer, client: httpx2.Client) -> None:
    """A call that is answered, however slowly, is no departure."""
    server.conduct_next(Conduct(thinks_seconds=0.02, pauses_seconds=0.005))

    assert client.get("/").status_code == 200
    assert not server.wait_for_departures(1, timeout_seconds=0.02)


def test_a_slow_answer_takes_its_time(server: RehearsalServer, client: httpx2.Client) -> None:
    """Before it begins, and between its parts."""
    server.conduct_next(Conduct(thinks_seconds=0.05, pauses_seconds=0.02))
    started = perf_counter()

    client.get("/stream")

    assert perf_counter() - started >= 0.05 + 4 * 0.02


@pytest.mark.parametrize("path", ["/", "/stream"])
@pytest.mark.parametrize(
    "conduct", [BROKEN_CONNECTION, Conduct(share=Share.HALF, ending=Ending.BREAK)], ids=["before", "amid"]
)
def test_a_connection_can_break(
    path: str, conduct: Conduct, server: RehearsalServer, client: httpx2.Client
) -> None:
    """The client sees that it was not the end."""
    server.conduct_next(conduct)

    with pytest.raises(httpx2.RemoteProtocolError):
        client.get(path)


def test_what_hangs_can_be_released(server: RehearsalServer) -> None:
    """Whoever waits for it sees the connection break, and nothing hangs any more."""
    server.conduct = SILENCE
    broken: list[BaseException] = []

    def ask() -> None:
        try:
            httpx2.get(server.url, trust_env=False, timeout=5)
        except httpx2.HTTPError as error:
            broken.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    assert server.wait_for_calls(1, timeout_seconds=5)
    server.release()
    asking.join(5)
    ask()

    assert [type(error) for error in broken] == [httpx2.RemoteProtocolError] * 2
    assert server.departures == 0


def test_waiting_for_what_does_not_come_ends(server: RehearsalServer) -> None:
    """And says so."""
    assert not server.wait_for_calls(1, timeout_seconds=0.01)


def test_a_rehearsal_that_fails_is_named(server: RehearsalServer, client: httpx2.Client) -> None:
    """Its author finds the call and the error, instead of a provider that seems to be at fault."""
    server.says = lambda call: call.json["ask"]

    response = client.post("/answers", json={})

    assert response.status_code == 500
    assert server.faults == ["on POST /answers KeyError: 'ask'"]


def test_after_closing_there_is_nobody(server: RehearsalServer, client: httpx2.Client) -> None:
    """Open connections break, new ones are refused, no thread is left; closing twice is allowed."""
    client.get("/")
    server.close()
    server.close()

    with pytest.raises(httpx2.TransportError):
        client.get("/")
    with pytest.raises(httpx2.ConnectError):
        httpx2.get(server.url, trust_env=False)
    assert "rehearsal-server" not in {thread.name for thread in threading.enumerate()}


def test_closing_ends_what_hangs() -> None:
    """A test that fails amid a call does not hang for ever."""
    with RehearsalServer(REHEARSAL) as server:
        server.conduct = SILENCE
        waiting = socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=5)
        waiting.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert server.wait_for_calls(1, timeout_seconds=5)

    with waiting:
        assert waiting.recv(1) == b""
