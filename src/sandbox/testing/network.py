"""No network: while this is on, whoever reaches beyond this machine is stopped and named."""

import ipaddress
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

_RESOLVING = {
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
    "socket.getnameinfo",
}
_REACHING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_LOOPBACK_NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback"}


class NetworkForbiddenError(AssertionError):
    """Code that should stay on this machine tried to reach another one."""


@dataclass(slots=True)
class _Watch:
    """What the hook knows: how many `no_network` blocks are open, and what was tried in each."""

    lock: Lock = field(default_factory=Lock)
    is_hooked: bool = False
    open_blocks: list[list[str]] = field(default_factory=list)


_watch = _Watch()


def forbid_network() -> Generator[list[str], None, None]:
    """Keep everything in this process from reaching beyond this machine, until the generator is closed.

    It is `no_network` in the form of a pytest fixture, for a conftest.py:

        no_network = pytest.fixture(autouse=True)(forbid_network)

    It gives the list of the hosts that were tried, in case the code under test swallows the error. It sees
    what goes through Python's `socket`, and not another process, nor a library with sockets of its own.
    """
    attempts: list[str] = []
    with _watch.lock:
        if not _watch.is_hooked:  # Python has no way of taking such a hook off again
            sys.addaudithook(_stop_at_the_door)
            _watch.is_hooked = True
        _watch.open_blocks.append(attempts)
    try:
        yield attempts
    finally:
        with _watch.lock:
            # By identity: an empty list equals every other one.
            _watch.open_blocks[:] = [each for each in _watch.open_blocks if each is not attempts]


no_network = contextmanager(forbid_network)
"""A `with` block in which connecting to, or resolving, anything but this machine is an error."""


def _stop_at_the_door(event: str, details: tuple[Any, ...]) -> None:
    if not _watch.open_blocks or not event.startswith("socket."):
        return
    if event in _RESOLVING:
        host = details[0][0] if event == "socket.getnameinfo" else details[0]
    elif event in _REACHING:
        address = details[1]
        if not isinstance(address, tuple):  # a file's name, of a socket that leads to this machine only
            return
        host = address[0] if address else ""
    else:
        return
    if is_this_machine(host):
        return
    for attempts in _watch.open_blocks:
        attempts.append(_as_text(host))
    raise NetworkForbiddenError(
        f"This code tried to reach {_as_text(host)}, but nothing may leave this machine here. Use a "
        "server on 127.0.0.1, or something scripted, in its place."
    )


def is_this_machine(host: object) -> bool:
    """Whether a host's name or address, as `socket` takes it, leads to this machine."""
    if host is None or isinstance(host, int):
        return True
    name = _as_text(host).rstrip(".").lower()
    if name in _LOOPBACK_NAMES or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    inner = getattr(address, "ipv4_mapped", None) or address
    return bool(inner.is_loopback or inner.is_unspecified)


def _as_text(host: object) -> str:
    if isinstance(host, bytes | bytearray):
        return host.decode("utf-8", errors="replace")
    return str(host)
