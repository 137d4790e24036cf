"""How the provider is built from options and the environment, and what it says of itself."""

import pytest
from sandbox_openai_http.provider import build_openai_http

from sandbox.contracts.provider import Options
from sandbox.domain.exchange import StructuredMode
from sandbox.errors import ErrorKind, InputError, ProviderError, UnknownNameError

KEY = "invented-key-555-0100"


def test_without_options_it_asks_this_machine_without_a_key() -> None:
    """That is where llama.cpp's server listens."""
    provider = build_openai_http({})
    card = provider.describe("small")

    assert provider.key == ""
    assert card.identity == "127.0.0.1:8080"
    assert card.is_local
    assert card.streams
    assert not card.takes_seed
    assert not card.counts_tokens
    assert card.max_concurrency == 100
    assert card.price_service == ""
    assert card.structured == (StructuredMode.NATIVE, StructuredMode.JSON_OBJECT, StructuredMode.PROMPT)


def test_options_change_the_card() -> None:
    """What is known of a server can be said of it."""
    options: Options = {
        "base_url": "http://gpu.example.org:8000/v1",
        "structured": "json_object",
        "max_concurrency": 200,
        "takes_seed": True,
    }

    card = build_openai_http(options).describe("small")

    assert card.identity == "gpu.example.org:8000"
    assert not card.is_local
    assert card.takes_seed
    assert card.max_concurrency == 200
    assert card.structured == (StructuredMode.JSON_OBJECT, StructuredMode.PROMPT)


def test_a_key_that_is_named_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the variable to set, before anything is asked."""
    monkeypatch.delenv("SCHOOL_KEY", raising=False)

    with pytest.raises(ProviderError, match="SCHOOL_KEY") as caught:
        build_openai_http({"api_key_env": "SCHOOL_KEY"})

    assert caught.value.kind is ErrorKind.AUTHENTICATION


def test_the_key_is_not_shown() -> None:
    """Neither the provider nor the card shows the key."""
    provider = build_openai_http({"api_key_env": "OPENAI_HTTP_KEY"})

    assert provider.key == KEY
    assert KEY not in f"{provider!r} {provider} {provider.describe('m')!r}"


def test_a_password_in_the_address_is_not_shown() -> None:
    """Nor what follows the question mark, which may be a key."""
    provider = build_openai_http({"base_url": f"https://teacher:{KEY}@gpu.example.org/v1?key={KEY}"})

    shown = f"{provider!r} {provider} {provider.describe('m')!r}"

    assert KEY not in shown
    assert "teacher" not in shown


def test_a_key_and_a_password_exclude_each_other() -> None:
    """Only one of them can be sent, and guessing which is no good."""
    options = {"base_url": f"https://teacher:{KEY}@gpu.example.org/v1", "api_key_env": "OPENAI_HTTP_KEY"}

    with pytest.raises(InputError, match="api_key_env") as caught:
        build_openai_http(options)

    assert KEY not in str(caught.value)


def test_a_misspelt_option_is_refused() -> None:
    """Else text that was meant to go elsewhere would go here."""
    with pytest.raises(UnknownNameError, match="base_url"):
        build_openai_http({"bse_url": "http://localhost:8000"})


@pytest.mark.parametrize("option", ["api_key_env", "max_concurrency", "structured", "takes_seed"])
def test_an_impossible_option_is_named_without_its_value(option: str) -> None:
    """People put keys in the wrong places."""
    with pytest.raises(InputError, match=option) as caught:
        build_openai_http({option: KEY})

    assert KEY not in str(caught.value)


@pytest.mark.parametrize("url", ["", "localhost:8080", "ftp://models.example.org", "http://[::1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    """The message shows one that is."""
    with pytest.raises(InputError, match="http://localhost:8080"):
        build_openai_http({"base_url": url})
