"""Providers that misreport what was asked or answered."""

import asyncio
import json
import secrets
from typing import Any

from sandbox.domain.exchange import (
    Completion,
    Request,
    Usage,
)
from sandbox.domain.tokens import estimated_usage
from tests.testing.providers.sound_provider import AcmeProvider


class EstimatesTokens(AcmeProvider):
    """Guesses the usage, although the service counted."""

    def read(self, answer: dict[str, Any], request: Request, latency_seconds: float) -> Completion:
        """With a guess."""
        completion = super().read(answer, request, latency_seconds)
        return completion.model_copy(update={"usage": estimated_usage(request, completion.text)})


class CountsNothing(AcmeProvider):
    """Reports zeros."""

    def usage(self, answer: dict[str, Any]) -> Usage:
        """Zeros."""
        return Usage()


class SendsAnySeed(AcmeProvider):
    """Claims a seed and sends another each time."""

    def body(self, request: Request) -> dict[str, Any]:
        """With another seed."""
        body = super().body(request)
        return body | {"seed": secrets.randbelow(1000)} if "seed" in body else body


class TalksBesideTheTool(AcmeProvider):
    """Hands on the words beside the tool's arguments."""

    def text_of(self, answer: dict[str, Any]) -> str:
        """Words and JSON."""
        tool = answer.get("tool")
        return f"{answer['text']}{'' if tool is None else json.dumps(tool)}"


class FencesJson(AcmeProvider):
    """Puts a code fence around JSON."""

    def text_of(self, answer: dict[str, Any]) -> str:
        """Fenced, if it is an object."""
        text = super().text_of(answer)
        return f"```json\n{text}\n```" if text.startswith("{") else text


class ForgetsTheSchema(AcmeProvider):
    """Does not send the schema."""

    def body(self, request: Request) -> dict[str, Any]:
        """Without it."""
        body = super().body(request)
        return body | {"schema": {}} if "schema" in body else body


class GivesADict(AcmeProvider):
    """Returns what it read."""

    async def complete(self, request: Request) -> Completion:
        """No completion."""
        completion: Any = (await super().complete(request)).model_dump()
        return completion  # type: ignore[no-any-return]  # this is the mistake


class SendsNull(AcmeProvider):
    """Sends settings that nobody chose as null."""

    def body(self, request: Request) -> dict[str, Any]:
        """With nulls."""
        return {"temperature": None, "top_p": None} | super().body(request)


class DropsSettings(AcmeProvider):
    """Does not send top_p."""

    def body(self, request: Request) -> dict[str, Any]:
        """Without it."""
        body = super().body(request)
        body.pop("top_p", None)
        return body


class SendsTheRepeat(AcmeProvider):
    """Tells the service which repeat it is."""

    def body(self, request: Request) -> dict[str, Any]:
        """With it."""
        return super().body(request) | {"note": request.repeat}


class KeepsTheLastPrompt(AcmeProvider):
    """Keeps what is asked on itself, where the next request finds it."""

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        """The latest body."""
        self.latest = body
        await asyncio.sleep(0.01)
        return await super().post(path, self.latest)


class DropsLetters(AcmeProvider):
    """Writes ASCII only."""

    def text_of(self, answer: dict[str, Any]) -> str:
        """With question marks."""
        return super().text_of(answer).encode("ascii", "replace").decode()


class HidesTheCut(AcmeProvider):
    """Says of every answer that it is whole."""

    def read(self, answer: dict[str, Any], request: Request, latency_seconds: float) -> Completion:
        """Always stopped."""
        return super().read(answer | {"end": "stop"}, request, latency_seconds)


class MeasuresNoTime(AcmeProvider):
    """Does not look at the clock."""

    def read(self, answer: dict[str, Any], request: Request, latency_seconds: float) -> Completion:
        """No time at all."""
        return super().read(answer, request, 0)


class CannotBeKept(AcmeProvider):
    """Fills a field with what it cannot hold."""

    def read(self, answer: dict[str, Any], request: Request, latency_seconds: float) -> Completion:
        """A number where a text belongs."""
        return super().read(answer, request, latency_seconds).model_copy(update={"request_id": 7})


class SendsTheLastMessage(AcmeProvider):
    """Forgets what was said before."""

    def body(self, request: Request) -> dict[str, Any]:
        """One message."""
        body = super().body(request)
        return body | {"messages": body["messages"][-1:]}
