"""The connections to a server: a session of aiohttp, set up for many requests at once."""

from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from urllib.request import getproxies, proxy_bypass

import aiohttp
from yarl import URL

from sandbox.contracts.aiohttp_session import as_body, open_session
from sandbox.contracts.server_address import ServerAddress
from sandbox.errors import ErrorKind, ProviderError


@dataclass(frozen=True, slots=True)
class Connection:
    """A server that can be asked from one event loop."""

    session: aiohttp.ClientSession = field(repr=False)
    url: URL = field(repr=False)

    def ask(self, body: bytes) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """Send a body; no redirect is followed, because the text goes where base_url says."""
        return self.session.post(self.url, data=as_body(body), allow_redirects=False)


async def open_connection(address: ServerAddress, key: str) -> AsyncGenerator[Connection, None]:
    """Give the connection to a server once, and close it in the end.

    Raises:
        ProviderError: the environment wants a proxy that cannot be used.
    """
    url = URL(address.url)
    headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    session = open_session(headers=headers, proxy=_proxy(address))
    async with session:
        yield Connection(session, url.joinpath("chat", "completions").with_query(url.query))


def _proxy(address: ServerAddress) -> URL | None:
    """The proxy that the environment names for this server, if any."""
    named = getproxies().get(URL(address.url).scheme)
    # What is said to stay on this machine goes through no proxy.
    if not named or address.is_loopback or proxy_bypass(address.name):
        return None
    try:
        proxy = URL(named if "://" in named else f"http://{named}")
    except ValueError:
        proxy = URL()
    if proxy.scheme not in {"http", "https"} or not proxy.host:
        raise ProviderError(
            ErrorKind.UNAVAILABLE,
            f"The environment names a proxy for {address.name} that cannot be used here: name one that "
            f"begins with http://, or put {address.host} into the variable NO_PROXY.",
        )
    return proxy
