"""How the provider is built: options, key, and an environment that must not have a say."""

import logging

import pytest
from sandbox_google.provider import build_google

from sandbox.domain.exchange import Message, Request, Role, StructuredMode
from sandbox.errors import ErrorKind, InputError, ProviderError, UnknownNameError
from sandbox.testing.providers.rehearsal_server import RehearsalServer

REQUEST = Request(
    model="gemini-3.8-flash",
    messages=(Message(role=Role.USER, content="Name a fruit."),),
    timeout_seconds=10,
)


def test_google_itself_wants_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the variable that the options name is read, so another one does not help."""
    monkeypatch.delenv("GEMINI_API_KEY")
    monkeypatch.setenv("GOOGLE_API_KEY", "another-key")

    with pytest.raises(ProviderError, match="GEMINI_API_KEY") as caught:
        build_google({})

    assert caught.value.kind is ErrorKind.AUTHENTICATION


def test_another_variable_may_hold_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The options name it."""
    monkeypatch.delenv("GEMINI_API_KEY")
    monkeypatch.setenv("GOOGLE_API_KEY", "another-key")

    provider = build_google({"api_key_env": "GOOGLE_API_KEY"})

    assert provider.connections.key == "another-key"
    assert "another-key" not in repr(provider)


@pytest.mark.parametrize("key", ["bad\nkey", "schlüssel", "auth_tokens/123"])
def test_what_can_be_no_key_is_refused_unseen(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """The HTTP library and the SDK would complain about it only when a model is asked."""
    monkeypatch.setenv("GEMINI_API_KEY", key)

    with pytest.raises(ProviderError) as caught:
        build_google({})

    assert caught.value.kind is ErrorKind.AUTHENTICATION
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    "base_url", ["gemini.example", "ftp://gemini.example", "http://[", "https://gemini.example?key=secret"]
)
def test_an_address_that_is_none_is_refused(base_url: str) -> None:
    """The message shows how to write one, and does not repeat what may hold a password."""
    with pytest.raises(InputError, match="base_url is no address") as caught:
        build_google({"base_url": base_url})

    assert base_url not in str(caught.value)


def test_an_unknown_option_is_refused() -> None:
    """Google's own words for its cloud are no options here."""
    with pytest.raises(UnknownNameError, match="vertexai"):
        build_google({"vertexai": True})


@pytest.mark.parametrize(
    ("base_url", "name", "is_local"),
    [
        ("", "Gemini", False),
        ("https://generativelanguage.googleapis.com/", "Gemini", False),
        ("https://user:password@gemini.school.example:8443/x", "gemini.school.example:8443", False),
        ("http://127.0.0.1:8080", "127.0.0.1:8080", True),
        ("http://[::1]:8080", "[::1]:8080", True),
        ("http://localhost", "localhost", True),
    ],
)
def test_the_card_says_where_the_text_goes(base_url: str, name: str, is_local: bool) -> None:
    """By host and port alone; only this machine counts as local."""
    card = build_google({"base_url": base_url}).describe("gemini-3.8-flash")

    assert card.identity == name
    assert card.is_local is is_local
    assert card.price_service == "google"
    assert card.streams
    assert not card.takes_seed


def test_the_option_structured_takes_the_better_ways_off_the_card() -> None:
    """What is left begins with the way that was chosen."""
    card = build_google({"structured": "json_object"}).describe("gemini-3.8-flash")

    assert card.structured == (StructuredMode.JSON_OBJECT, StructuredMode.PROMPT)


@pytest.mark.parametrize("model", ["", "a/b", "../x", "x?key=1", "x:y", "models/", "gemini 3"])
def test_a_name_that_would_change_the_address_is_no_model(model: str) -> None:
    """It is refused before anything is sent."""
    with pytest.raises(ProviderError) as caught:
        build_google({}).describe(model)

    assert caught.value.kind is ErrorKind.UNKNOWN_MODEL


@pytest.mark.parametrize("model", ["gemini-3.8-flash", "models/gemini-3.8-flash", "tunedModels/mine-7"])
def test_names_as_the_service_writes_them_are_taken(model: str) -> None:
    """With the folder in front of them or without."""
    assert build_google({}).describe(model).name == model


@pytest.mark.anyio
async def test_the_environment_does_not_lead_elsewhere(
    server: RehearsalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the SDK would read by itself counts for nothing, and proxies are no way to this machine."""
    nowhere = "http://127.0.0.1:9"
    for name, value in {
        "GOOGLE_API_KEY": "another-key",
        "GOOGLE_GENAI_USE_VERTEXAI": "true",
        "GOOGLE_GENAI_USE_ENTERPRISE": "true",
        "GOOGLE_CLOUD_PROJECT": "a-project",
        "GOOGLE_CLOUD_LOCATION": "europe-west1",
        "GOOGLE_GEMINI_BASE_URL": nowhere,
        "GOOGLE_GENAI_API_VERSION": "v9",
        "GOOGLE_GENAI_CLIENT_MODE": "replay",
        "HTTP_PROXY": nowhere,
        "ALL_PROXY": nowhere,
    }.items():
        monkeypatch.setenv(name, value)
    provider = build_google({"base_url": server.url})

    await provider.complete(REQUEST)

    await provider.aclose()
    (call,) = server.calls
    assert call.path == "/v1/models/gemini-3.8-flash:generateContent"
    assert call.headers["x-goog-api-key"] == "invented-key-8Zq"


@pytest.mark.anyio
async def test_a_gateway_needs_no_key(server: RehearsalServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is elsewhere in the environment does not go there; a path in the address is kept."""
    monkeypatch.delenv("GEMINI_API_KEY")
    monkeypatch.setenv("GOOGLE_API_KEY", "another-key")
    provider = build_google({"base_url": f"{server.url}/school/"})

    await provider.complete(REQUEST)

    await provider.aclose()
    assert server.calls[0].path == "/school/v1/models/gemini-3.8-flash:generateContent"
    assert server.calls[0].headers["x-goog-api-key"] == "none"


@pytest.mark.anyio
async def test_a_connection_that_cannot_be_set_up_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable of this machine is wrong; the proxy's password is not repeated."""
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://user:password@proxy.example")
    provider = build_google({})

    with pytest.raises(ProviderError, match="variables for proxies") as caught:
        await provider.complete(REQUEST)

    assert caught.value.kind is ErrorKind.UNAVAILABLE
    assert "password" not in str(caught.value)


@pytest.mark.anyio
async def test_the_sdk_does_not_speak_to_the_terminal(server: RehearsalServer) -> None:
    """Its warnings reach those who set up logging, and nobody else."""
    provider = build_google({"base_url": server.url})

    await provider.complete(REQUEST)

    await provider.aclose()
    kinds = [type(handler) for handler in logging.getLogger("google_genai").handlers]
    assert kinds == [logging.NullHandler]
