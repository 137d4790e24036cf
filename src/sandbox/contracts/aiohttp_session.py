"""A session of aiohttp for many requests at once, for providers that speak over it."""

import ssl
from io import BytesIO
from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

from sandbox.contracts.service_errors import IDLE_SECONDS

if TYPE_CHECKING:
    from aiohttp.client_reqrep import ClientRequest
    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

_NAMES_KEPT_SECONDS = 300
_TRIES = 10
_LARGE_BODY = 2**20
"""Larger ones aiohttp wants to read itself, bit by bit, so that the loop is not held up."""


class _Connector(aiohttp.TCPConnector):
    async def connect(
        self,
        req: "ClientRequest",
        traces: list["Trace"],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - the signature is that of aiohttp
    ) -> "Connection":
        """A connection on which nothing waits to be read: it would be taken for the answer."""
        for _ in range(_TRIES):
            connection = await super().connect(req, traces, timeout)
            if connection.protocol is not None and not connection.protocol.should_close:
                return connection
            connection.close()
        raise aiohttp.ServerDisconnectedError("The server talks without being asked.")


def open_session(
    *,
    headers: dict[str, str] | None = None,
    ssl_context: ssl.SSLContext | None = None,
    proxy: URL | None = None,
    is_bare: bool = False,
) -> aiohttp.ClientSession:
    """A session of the running loop. Whoever asks keeps the time, and follows no redirect.

    If `is_bare`, nothing is sent but the headers that are given, and nothing that comes is decompressed.
    """
    return aiohttp.ClientSession(
        connector=_Connector(
            # How many requests go out at once is said by the model's card, and by nothing else.
            limit=0,
            ttl_dns_cache=_NAMES_KEPT_SECONDS,
            keepalive_timeout=IDLE_SECONDS,
            ssl=ssl_context or True,
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers=headers,
        skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent") if is_bare else None,
        auto_decompress=not is_bare,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        # With trust_env, aiohttp would look for a proxy and a password anew for each request, in a thread.
        trust_env=False,
        proxy=proxy,
    )


def as_body(content: bytes) -> bytes | BytesIO:
    """A body in the form in which aiohttp wants one of its size."""
    return content if len(content) <= _LARGE_BODY else BytesIO(content)
