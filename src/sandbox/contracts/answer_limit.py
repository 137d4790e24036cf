"""How large an answer over httpx2 may get: a body that never ends fills no memory."""

from collections.abc import AsyncIterator

import httpx2

from sandbox.contracts.service_errors import LARGEST_ANSWER_BYTES, AnswerTooLargeError


class _Limited(httpx2.AsyncByteStream):
    """A body that is cut off where it gets too large."""

    def __init__(self, body: httpx2.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = LARGEST_ANSWER_BYTES
        async for piece in self._body:
            left -= len(piece)
            if left < 0:
                raise AnswerTooLargeError
            yield piece

    async def aclose(self) -> None:
        await self._body.aclose()


async def limit_answer(response: httpx2.Response) -> None:
    """A hook for responses; whoever reads one that is too large gets an AnswerTooLargeError."""
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _Limited(response.stream)
