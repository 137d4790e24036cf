"""No network: what leads beyond this machine is stopped and named, what stays here is not."""

import asyncio
import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sandbox.testing.network import NetworkForbiddenError, is_this_machine, no_network

ELSEWHERE = ("192.0.2.1", 80)  # an address that is kept for documents, and leads nowhere


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.8.9.10",
        "::1",
        "::ffff:127.0.0.1",
        "localhost",
        "LocalHost.",
        "app.localhost",
        b"localhost",
        "",
        None,
        "0.0.0.0",
        "::",
    ],
)
def test_this_machine_is_known(host: object) -> None:
    """By every name and address that it has everywhere."""
    assert is_this_machine(host)


@pytest.mark.parametrize(
    "host",
    [
        "192.0.2.1",
        "10.0.0.1",
        "2001:db8::1",
        "::ffff:192.0.2.1",
        "example.org",
        "localhost.example.org",
        "notlocalhost",
        b"example.org",
        "127.0.0.1.example.org",
    ],
)
def test_other_machines_are_known(host: object) -> None:
    """Also those that are near, and those whose name begins like ours."""
    assert not is_this_machine(host)


def test_connecting_elsewhere_is_an_error_that_says_so() -> None:
    """Before anything is sent."""
    with no_network() as attempts:
        with pytest.raises(NetworkForbiddenError, match=r"reach 192\.0\.2\.1.*127\.0\.0\.1"):
            socket.create_connection(ELSEWHERE, timeout=1)

    assert attempts == ["192.0.2.1"]


def test_looking_up_a_name_is_an_error() -> None:
    """A name alone tells a stranger's server who asks for whom."""
    with no_network() as attempts:
        with pytest.raises(NetworkForbiddenError, match=r"reach models\.example\.org"):
            socket.getaddrinfo("models.example.org", 443)
        with pytest.raises(NetworkForbiddenError):
            socket.gethostbyname("models.example.org")

    assert attempts == ["models.example.org"] * 2


def test_a_datagram_is_an_error() -> None:
    """It needs no connection, and leaves all the same."""
    with no_network(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        with pytest.raises(NetworkForbiddenError):
            sender.sendto(b"hello", ELSEWHERE)


def test_code_that_awaits_is_stopped() -> None:
    """The loop opens connections in its own way."""
    with no_network(), pytest.raises(NetworkForbiddenError):
        asyncio.run(asyncio.open_connection("models.example.org", 443))


def test_other_threads_are_stopped() -> None:
    """The whole process stays on this machine."""
    with no_network(), ThreadPoolExecutor() as pool:
        found = pool.submit(socket.getaddrinfo, "models.example.org", 443)

        assert isinstance(found.exception(), NetworkForbiddenError)


def test_what_was_swallowed_is_still_told() -> None:
    """Code that catches everything is found out by the list."""
    with no_network() as attempts:
        with suppress(Exception):
            socket.create_connection(ELSEWHERE, timeout=1)

    assert len(attempts) == 1


def test_this_machine_can_be_reached() -> None:
    """A server on the loopback is how a provider is tried."""
    with no_network() as attempts, socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(("localhost", server.getsockname()[1]), timeout=5) as client:
            client.sendall(b"hello")

    assert attempts == []


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no such sockets")
def test_a_socket_that_is_a_file_can_be_reached() -> None:
    """It leads to this machine only."""
    with TemporaryDirectory() as folder, no_network() as attempts:
        path = str(Path(folder) / "s")
        with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
            server.bind(path)
            server.listen()
            client.connect(path)

    assert attempts == []


def test_an_inner_block_does_not_open_the_outer_one() -> None:
    """Whoever is inside may end first."""
    with no_network() as outer:
        with no_network() as inner:
            pass
        with pytest.raises(NetworkForbiddenError):
            socket.getaddrinfo("models.example.org", 443)

    assert (len(outer), len(inner)) == (1, 0)


OFF_AGAIN = """
import socket
from sandbox.testing.network import NetworkForbiddenError, no_network
for _ in range(2):
    with no_network():
        try:
            socket.getaddrinfo("192.0.2.1", 80)
        except NetworkForbiddenError:
            print("stopped")
    print(len(socket.getaddrinfo("192.0.2.1", 80)) > 0)
"""


def test_after_the_block_everything_is_as_before() -> None:
    """In a process of its own, since here nothing may leave anyway; an address is not looked up."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    ended = subprocess.run(
        [sys.executable, "-c", OFF_AGAIN], env=environment, capture_output=True, text=True, check=True
    )

    assert ended.stdout.split() == ["stopped", "True"] * 2


def test_every_test_of_ours_is_kept_from_the_network() -> None:
    """Without asking for it: this test opens no block of its own."""
    with pytest.raises(NetworkForbiddenError):
        socket.getaddrinfo("models.example.org", 443)
