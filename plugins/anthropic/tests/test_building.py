"""How the provider is built from options and the environment, and what it says of itself."""

import pytest
from sandbox_anthropic.provider import build_anthropic

from sandbox.domain.exchange import StructuredMode
from sandbox.errors import ErrorKind, InputError, ProviderError, UnknownNameError

KEY = "sk-ant-invented-key-555-0100"
LOCAL_URL = "http://localhost:8080"


def test_the_vendor_wants_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the variable to set, before anything is asked."""
    monkeypatch.delenv("SCHOOL_KEY", raising=False)

    with pytest.raises(ProviderError, match="SCHOOL_KEY") as caught:
        build_anthropic({"api_key_env": "SCHOOL_KEY"})

    assert caught.value.kind is ErrorKind.AUTHENTICATION


@pytest.mark.parametrize("spoilt", ["sk-ant-inven…0100", "sk-ant-invented\nx-injected: 0100"])
def test_a_spoilt_key_is_found_without_being_shown(monkeypatch: pytest.MonkeyPatch, spoilt: str) -> None:
    """A key copied from a shortened display would otherwise stand in an error of the HTTP library."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", spoilt)

    with pytest.raises(ProviderError, match="copy the key again") as caught:
        build_anthropic({})

    assert "0100" not in str(caught.value)


def test_a_key_with_a_line_end_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that were read from a file often end with an empty line."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", f"{KEY}\n")

    assert build_anthropic({}).connections.key == KEY


def test_the_key_is_not_shown() -> None:
    """Neither the provider nor the card shows the key, nor a password in the address."""
    provider = build_anthropic({"base_url": f"https://teacher:{KEY}@models.example.org:8443/v1?key={KEY}"})

    shown = f"{provider!r} {provider} {provider.describe('m')!r}"

    assert KEY not in shown
    assert "teacher" not in shown
    assert provider.describe("m").identity == "models.example.org:8443"


def test_the_vendors_card_promises_what_the_service_does() -> None:
    """It streams and keeps schemas; it knows no seed, and counting would send the text unguarded."""
    card = build_anthropic({}).describe("claude-haiku-5-5")

    assert card.structured == (StructuredMode.NATIVE, StructuredMode.TOOL, StructuredMode.PROMPT)
    assert card.streams
    assert not card.takes_seed
    assert not card.counts_tokens
    assert not card.is_local
    assert card.identity == "api.anthropic.com"
    assert card.price_service == "anthropic"


def test_options_narrow_the_card() -> None:
    """A server that takes no schemas can be said to take none, and has no price that anybody knows."""
    provider = build_anthropic({"base_url": LOCAL_URL, "structured": "tool", "max_concurrency": 2})

    card = provider.describe("small")

    assert card.structured == (StructuredMode.TOOL, StructuredMode.PROMPT)
    assert card.max_concurrency == 2
    assert card.is_local
    assert card.price_service == ""


def test_the_environment_sends_no_text_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK's variable for the address is set by other programs, and does not count here."""
    monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://other.example.org")

    assert build_anthropic({}).describe("m").identity == "api.anthropic.com"


def test_a_misspelt_option_is_refused() -> None:
    """Else text that was meant to stay here would go to the vendor."""
    with pytest.raises(UnknownNameError, match="base_url"):
        build_anthropic({"bse_url": LOCAL_URL})


@pytest.mark.parametrize("option", ["api_key_env", "max_concurrency", "structured"])
def test_an_impossible_option_is_named_without_its_value(option: str) -> None:
    """People put keys in the wrong places."""
    with pytest.raises(InputError, match=option) as caught:
        build_anthropic({option: KEY})

    assert KEY not in str(caught.value)


@pytest.mark.parametrize("url", ["localhost:8080", "ftp://models.example.org", "https://", "http://[::1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    """The message shows one that is."""
    with pytest.raises(InputError, match="http://localhost:8080"):
        build_anthropic({"base_url": url})


@pytest.mark.parametrize(
    ("url", "name", "wants_key", "is_local"),
    [
        ("", "api.anthropic.com", True, False),
        ("https://api.anthropic.com.example.org", "api.anthropic.com.example.org", False, False),
        ("http://127.0.0.1:8080", "127.0.0.1:8080", False, True),
        ("http://[::1]:8080", "[::1]:8080", False, True),
        ("http://localhost.example.org", "localhost.example.org", False, False),
    ],
)
def test_an_address_tells_whose_it_is(url: str, name: str, *, wants_key: bool, is_local: bool) -> None:
    """Names that only look like the vendor or this machine are neither."""
    provider = build_anthropic({"base_url": url})
    card = provider.describe("m")

    assert (card.identity, provider.connections.is_vendor, card.is_local) == (name, wants_key, is_local)


@pytest.mark.anyio
@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/"])
async def test_v1_at_the_end_of_an_address_is_not_said_twice(end: str) -> None:
    """The SDK adds it, and people write it because other services want it."""
    provider = build_anthropic({"base_url": f"{LOCAL_URL}/claude{end}"})

    client = await provider.connections.client()

    assert str(client.base_url).rstrip("/") == f"{LOCAL_URL}/claude"
    await provider.aclose()
