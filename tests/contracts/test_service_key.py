"""Keys: what is wrong with one is said without showing it."""

import pytest

from sandbox.contracts.service_key import read_key
from sandbox.errors import ErrorKind, ProviderError


@pytest.mark.parametrize("found", ["sk-0123456789", " sk-0123456789\n"])
def test_a_key_is_read_without_what_stands_around_it(monkeypatch: pytest.MonkeyPatch, found: str) -> None:
    """Keys that were read from a file often end with an empty line."""
    monkeypatch.setenv("ACME_KEY", found)

    assert read_key("ACME_KEY", service="Acme") == "sk-0123456789"


def test_a_missing_key_is_told_with_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless none is needed."""
    monkeypatch.delenv("ACME_KEY", raising=False)

    with pytest.raises(
        ProviderError, match="Acme wants a key: put it into the variable ACME_KEY"
    ) as caught:
        read_key("ACME_KEY", service="Acme")

    assert caught.value.kind is ErrorKind.AUTHENTICATION
    assert read_key("ACME_KEY", service="Acme", is_needed=False) == ""


@pytest.mark.parametrize("spoilt", ["sk-0123…6789", "sk-0123\r\nx-injected: 6789"])
def test_a_spoilt_key_is_not_shown(monkeypatch: pytest.MonkeyPatch, spoilt: str) -> None:
    """Copied from a shortened display, or with a header behind it."""
    monkeypatch.setenv("ACME_KEY", spoilt)

    with pytest.raises(ProviderError, match="copy the key again") as caught:
        read_key("ACME_KEY", service="Acme", is_needed=False)

    assert "6789" not in str(caught.value)
