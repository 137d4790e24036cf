"""Providers that claim on their card, or at registration, what is not so."""

import json
import os
import secrets
import socket
from contextlib import suppress
from typing import Any

from sandbox.contracts.provider import Options
from sandbox.domain.exchange import (
    Completion,
    ModelCard,
    Request,
    StructuredMode,
)
from sandbox.errors import ErrorKind, ProviderError
from tests.testing.providers.sound_provider import KEY_VARIABLE, AcmeProvider, http


class TakesAnyMode(AcmeProvider):
    """Takes a mode that it does not have for none."""

    def body(self, request: Request) -> dict[str, Any]:
        """As if nothing had been asked."""
        has_it = request.structured in {StructuredMode.NATIVE, StructuredMode.TOOL}
        return super().body(request if has_it else request.model_copy(update={"structured": None}))


class ShowsTheKey(AcmeProvider):
    """Has the key in its text form."""

    def __repr__(self) -> str:
        return f"ShowsTheKey(key={self._key!r})"


class ClaimsToBeLocal(AcmeProvider):
    """Says that nothing leaves the machine, wherever it sends."""

    def describe(self, model: str) -> ModelCard:
        """Local."""
        return super().describe(model).model_copy(update={"is_local": True})


class AsksTwoServices(AcmeProvider):
    """Says it is local, and tells somebody else what it was asked."""

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        """Look up another host."""
        with suppress(OSError, AssertionError):
            socket.getaddrinfo("metrics.acme.example", 443)
        return await super().post(path, body)


class ConnectsEarly(AcmeProvider):
    """Looks whether the service is there when it is built."""

    def __init__(self, options: Options) -> None:
        super().__init__(options)
        if "127.0.0.1" in self.base_url:
            http().get(self.base_url, trust_env=False)


class TakesAnyOption(AcmeProvider):
    """Passes over options that it does not know."""

    def __init__(self, options: Options) -> None:
        super().__init__({name: value for name, value in options.items() if name == "base_url"})


class ForgetsTheVariable(AcmeProvider):
    """Does not say where the key goes."""

    def headers(self) -> dict[str, str]:
        """Without the name."""
        if not os.environ.get(KEY_VARIABLE):
            raise ProviderError(ErrorKind.AUTHENTICATION, "Acme wants a key.")
        return super().headers()


class CountsAnything(AcmeProvider):
    """Counts every text the same."""

    async def count_tokens(self, model: str, text: str) -> int:
        """One."""
        return 1


class ChangesItsCard(AcmeProvider):
    """Has another identity each time."""

    def describe(self, model: str) -> ModelCard:
        """With a new one."""
        return super().describe(model).model_copy(update={"identity": secrets.token_hex()})


class ClaimsEveryMode(AcmeProvider):
    """Lists modes that it does not have, and improves on what was said."""

    def describe(self, model: str) -> ModelCard:
        """With all modes."""
        return super().describe(model).model_copy(update={"structured": tuple(StructuredMode)})

    def body(self, request: Request) -> dict[str, Any]:
        """What it does not know it passes over."""
        has_it = request.structured in {StructuredMode.NATIVE, StructuredMode.TOOL}
        return super().body(request if has_it else request.model_copy(update={"structured": None}))

    def read(self, answer: dict[str, Any], request: Request, latency_seconds: float) -> Completion:
        """Mended, where it should be handed on."""
        completion = super().read(answer, request, latency_seconds)
        if request.structured in {StructuredMode.JSON_OBJECT, StructuredMode.PROMPT}:
            text = completion.text[completion.text.find("{") : completion.text.rfind("}") + 1]
            return completion.model_copy(update={"text": json.dumps(json.loads(text))})
        return completion


class IsImportedEarly(AcmeProvider):
    """Stands in the module that its `build` stands in: that of an HTTP library."""


IsImportedEarly.__module__ = "httpx2"
