"""Lets the OpenAI SDK speak over aiohttp, which takes half the work of httpx2 for each call.

The SDK has such a transport of its own. It calls a refused connection a timeout, lets some of aiohttp's
errors through as they are, and keeps cookies.
"""

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import aiohttp
import httpx2
from yarl import URL

from sandbox.contracts.aiohttp_session import as_body, open_session


class AiohttpTransport(httpx2.AsyncBaseTransport):
    """Sends requests of httpx2 over a session of aiohttp. Whoever asks keeps the time."""

    def __init__(self, ssl_context: ssl.SSLContext | None) -> None:
        self._session = open_session(ssl_context=ssl_context, is_bare=True)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The response, of which the body is yet to be read."""
        with _in_words_of_httpx():
            response = await self._session.request(
                request.method,
                URL(str(request.url), encoded=True),
                headers=request.headers.multi_items(),
                data=as_body(request.content),
                allow_redirects=False,
            )
        return httpx2.Response(response.status, headers=list(response.raw_headers), stream=_Body(response))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._session.close()


class _Body(httpx2.AsyncByteStream):
    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _in_words_of_httpx():
            async for piece in self._response.content.iter_any():
                yield piece

    async def aclose(self) -> None:
        # A connection on which something is still to come is closed, and does not serve again.
        self._response.release()


@contextmanager
def _in_words_of_httpx() -> Iterator[None]:
    # Only the names go on: the words may hold the address. The causes are there for whoever looks.
    try:
        yield
    except aiohttp.ClientConnectorError as error:
        raise httpx2.ConnectError(type(error).__name__) from error
    except aiohttp.ClientResponseError as error:
        raise httpx2.RemoteProtocolError(type(error).__name__) from error
    except (aiohttp.ClientError, OSError) as error:
        raise httpx2.ReadError(type(error).__name__) from error
