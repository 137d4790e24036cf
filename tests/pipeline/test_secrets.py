"""Secrets: a key that a plugin puts into its words does not get into ours."""

import pytest

from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.domain.exchange import Message, ModelCard, Request, Role
from sandbox.errors import ErrorKind, ProviderError
from sandbox.pipeline.calling import Line, call_model
from sandbox.pipeline.secrets import without_secrets

KEY = "sk-planted-0123456789"


@pytest.fixture(autouse=True)
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key in the environment, as people keep it."""
    monkeypatch.setenv("ACME_API_KEY", KEY)
    monkeypatch.setenv("ACME_API_KEY_SHORT", "abc")
    monkeypatch.setenv("ACME_CITY", "Springfield")


def test_the_value_of_a_key_is_taken_out() -> None:
    """Wherever it stands; other words, and values that are too short to be keys, stay."""
    text = f"{KEY}: Springfield, abc, Bearer {KEY}."

    assert without_secrets(text) == "[key]: Springfield, abc, Bearer [key]."


@pytest.mark.anyio
async def test_an_error_with_a_key_in_it_comes_out_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its kind and all else stay."""
    leaking = ProviderError(ErrorKind.AUTHENTICATION, f"Wrong key {KEY}", status=401, request_id="r1")
    request = Request(model="m", messages=(Message(role=Role.USER, content="Hello"),))
    line = Line.alone(ScriptedProvider([leaking]), ModelCard(name="m"))

    called = await call_model(line, request)

    assert called.error is not None
    assert str(called.error) == "Wrong key [key]"
    assert (called.error.kind, called.error.status, called.error.request_id) == (
        ErrorKind.AUTHENTICATION,
        401,
        "r1",
    )
