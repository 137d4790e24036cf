"""Providers that fail in the wrong way, wait too long, or cannot be stopped."""

import asyncio
import json
import time
from typing import Any

from sandbox.domain.exchange import (
    Completion,
    Request,
)
from sandbox.errors import ErrorKind, ProviderError
from tests.testing.providers.sound_provider import AcmeProvider


class TriesAgain(AcmeProvider):
    """Retries by itself."""

    async def complete(self, request: Request) -> Completion:
        """Try twice."""
        try:
            return await super().complete(request)
        except ProviderError as error:
            if error.kind not in {ErrorKind.TRANSIENT, ErrorKind.RATE_LIMIT, ErrorKind.BAD_RESPONSE}:
                raise
            return await super().complete(request)


class WaitsForEver(AcmeProvider):
    """Ignores the time limit."""

    def limit_seconds(self, request: Request) -> float | None:
        """No limit."""
        return None


class LimitsEachRead(AcmeProvider):
    """Limits the wait for each read, as an HTTP library does, and not the whole."""

    def limit_seconds(self, request: Request) -> float | None:
        """No limit of the whole."""
        self.client().timeout = request.timeout_seconds
        return None


class CannotBeCancelled(AcmeProvider):
    """Takes being cancelled for an answer."""

    async def complete(self, request: Request) -> Completion:
        """Answer, come what may."""
        try:
            return await super().complete(request)
        except asyncio.CancelledError:
            return Completion(text="I was cancelled.", model_served=request.model)


class LeavesTheLineOpen(AcmeProvider):
    """Leaves what was cancelled running behind its back."""

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        """Shield the call."""
        self.kept = asyncio.ensure_future(super().post(path, body))
        self.kept.add_done_callback(lambda call: call.cancelled() or call.exception())
        return await asyncio.shield(self.kept)

    async def aclose(self) -> None:
        """End what still runs."""
        if hasattr(self, "kept") and not self.kept.done():
            self.kept.cancel()
            await asyncio.gather(self.kept, return_exceptions=True)
        await super().aclose()


class TellsTheKey(AcmeProvider):
    """Repeats the key in an error."""

    def refuse_status(self, response: Any, request: Request) -> None:
        """With the key."""
        if response.status_code == 401:
            raise ProviderError(
                ErrorKind.AUTHENTICATION, f"The key {self._key} is wrong: copy it again.", status=401
            )
        super().refuse_status(response, request)


class TellsThePrompt(AcmeProvider):
    """Keeps the service's sentence as the cause of the error."""

    def parse(self, content: bytes, request: Request) -> dict[str, Any]:
        """With its cause."""
        try:
            return super().parse(content, request)
        except ProviderError as error:
            raise error from ValueError(f"no answer: {content!r}")


class BlocksTheLoop(AcmeProvider):
    """Sleeps where all others sleep with it."""

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        """Block."""
        time.sleep(0.6)  # noqa: ASYNC251 - this is the mistake
        return await super().post(path, body)


class TakesAWrongKeyForBadLuck(AcmeProvider):
    """Thinks that 401 mends itself."""

    def refuse_status(self, response: Any, request: Request) -> None:
        """As transient."""
        if response.status_code == 401:
            raise self.errors(request).of(ErrorKind.TRANSIENT, status=401)
        super().refuse_status(response, request)


class ForgetsToWait(AcmeProvider):
    """Drops the header retry-after."""

    def refuse_status(self, response: Any, request: Request) -> None:
        """Without headers."""
        response.headers.pop("retry-after", None)
        super().refuse_status(response, request)


class DoesNotKnowItsService(AcmeProvider):
    """Knows statuses, and not what its service means by them."""

    def refuse_status(self, response: Any, request: Request) -> None:
        """By the status alone."""
        if response.status_code >= 400:
            raise self.errors(request).of_status(response.status_code, response.headers)


class TrustsTheService(AcmeProvider):
    """Reads an answer without looking whether it is one."""

    def parse(self, content: bytes, request: Request) -> dict[str, Any]:
        """Whatever it is."""
        read: dict[str, Any] = json.loads(content) if content.startswith(b"{}") else {}
        return read or super().parse(content, request) if read or content != b"{}" else read


class KeepsOneClient(AcmeProvider):
    """Has one client for every event loop."""

    def client(self) -> Any:
        """The first."""
        if self._client is not None:
            self._loop = asyncio.get_running_loop()
        return super().client()


class ClosesOnce(AcmeProvider):
    """Cannot be closed again."""

    async def aclose(self) -> None:
        """Only if it is open."""
        client = self._client
        self._client = None
        await client.aclose()  # type: ignore[union-attr]  # this is the mistake


class LetsErrorsThrough(AcmeProvider):
    """Hands on what the HTTP library raises."""

    def errors_of(self, request: Request) -> Any:
        """Nothing is made ours but the time limit."""
        errors = super().errors_of(request)
        return TimeLimitAlone(errors)


class TimeLimitAlone:
    """A `with` block in which only the time limit is made ours."""

    def __init__(self, errors: Any) -> None:
        self._errors = errors

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, TimeoutError):
            self._errors.__exit__(kind, error, _)


class IsTerse(AcmeProvider):
    """Has a code where people want a sentence."""

    def refuse_status(self, response: Any, request: Request) -> None:
        """A code."""
        try:
            super().refuse_status(response, request)
        except ProviderError as error:
            told = f"E{error.status}"
            raise ProviderError(
                error.kind, told, status=error.status, retry_after_seconds=error.retry_after_seconds
            ) from None


class StaysClosed(AcmeProvider):
    """Fails in its own way once it was closed."""

    is_closed = False

    def client(self) -> Any:
        """None after closing.

        Raises:
            RuntimeError: it was closed.
        """
        if self.is_closed:
            raise RuntimeError("closed")
        return super().client()

    async def aclose(self) -> None:
        """For ever."""
        self.is_closed = True
        await super().aclose()
