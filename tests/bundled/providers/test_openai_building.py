"""How the provider `openai` is built from options and the environment, and what it says of itself."""

import subprocess
import sys

import pytest

from sandbox.bundled.providers.openai import build_openai
from sandbox.domain.exchange import StructuredMode
from sandbox.errors import ErrorKind, InputError, ProviderError, UnknownNameError

KEY = "sk-invented-key-555-0100"
LOCAL_URL = "http://localhost:8080/v1"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that can be looked for in what is shown."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def test_the_vendor_wants_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the variable to set, before anything is asked."""
    monkeypatch.delenv("SCHOOL_KEY", raising=False)

    with pytest.raises(ProviderError, match="SCHOOL_KEY") as caught:
        build_openai({"api_key_env": "SCHOOL_KEY"})

    assert caught.value.kind is ErrorKind.AUTHENTICATION


@pytest.mark.parametrize("spoilt", ["sk-inven…0100", "sk-invented\nx-injected: 0100"])
def test_a_spoilt_key_is_found_without_being_shown(monkeypatch: pytest.MonkeyPatch, spoilt: str) -> None:
    """A key copied from a shortened display would otherwise stand in an error of the HTTP library."""
    monkeypatch.setenv("OPENAI_API_KEY", spoilt)

    with pytest.raises(ProviderError, match="copy the key again") as caught:
        build_openai({})

    assert "0100" not in str(caught.value)


def test_a_key_with_a_line_end_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that were read from a file often end with an empty line."""
    monkeypatch.setenv("OPENAI_API_KEY", f"{KEY}\n")

    assert build_openai({}).key == KEY


def test_the_key_is_not_shown() -> None:
    """Neither the provider nor the card shows the key, nor a password in the address."""
    provider = build_openai({"base_url": f"https://teacher:{KEY}@models.example.org:8443/v1?key={KEY}"})

    shown = f"{provider!r} {provider} {provider.describe('m')!r}"

    assert KEY not in shown
    assert "teacher" not in shown
    assert provider.describe("m").identity == "models.example.org:8443"


def test_the_vendors_card_has_every_mode_and_is_not_local() -> None:
    """The best way to keep a schema comes first."""
    card = build_openai({}).describe("gpt-test")

    assert card.structured == (
        StructuredMode.NATIVE,
        StructuredMode.TOOL,
        StructuredMode.JSON_OBJECT,
        StructuredMode.PROMPT,
    )
    assert card.identity == "api.openai.com"
    assert card.streams
    assert not card.takes_seed  # the vendor promises its best effort, and no more
    assert not card.is_local


def test_options_narrow_the_card() -> None:
    """A server that knows no schemas can be said to know none."""
    provider = build_openai({"base_url": LOCAL_URL, "structured": "json_object", "max_concurrency": 2})

    card = provider.describe("small")

    assert card.structured == (StructuredMode.JSON_OBJECT, StructuredMode.PROMPT)
    assert card.max_concurrency == 2
    assert card.is_local


def test_the_variable_for_the_address_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    """OPENAI_BASE_URL counts where no option says otherwise."""
    monkeypatch.setenv("OPENAI_BASE_URL", LOCAL_URL)

    assert build_openai({}).describe("m").identity == "localhost:8080"
    assert build_openai({"base_url": "http://10.0.0.7/v1"}).describe("m").identity == "10.0.0.7"


def test_a_misspelt_option_is_refused() -> None:
    """Else text that was meant to stay here would go to the vendor."""
    with pytest.raises(UnknownNameError, match="base_url"):
        build_openai({"bse_url": LOCAL_URL})


@pytest.mark.parametrize("option", ["api", "api_key_env", "api_version", "max_concurrency", "structured"])
def test_an_impossible_option_is_named_without_its_value(option: str) -> None:
    """People put keys in the wrong places."""
    with pytest.raises(InputError, match=option) as caught:
        build_openai({option: KEY})

    assert KEY not in str(caught.value)


def test_importing_the_provider_does_not_import_the_sdk() -> None:
    """The SDK takes half a second, which nobody pays who asks no model."""
    code = (
        "import sys, os; from sandbox.bundled.providers.openai import build_openai; "
        "os.environ['OPENAI_API_KEY'] = 'k'; build_openai({}).describe('m'); print('openai' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
