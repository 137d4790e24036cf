"""Addresses of servers."""

import pytest

from sandbox.contracts.server_address import ServerAddress
from sandbox.errors import InputError


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://api.openai.com/v1", "api.openai.com"),
        ("http://localhost:8080/v1", "localhost:8080"),
        ("http://[::1]:8080/v1", "[::1]:8080"),
        ("https://teacher:secret@Models.Example.org/v1?key=secret#secret", "models.example.org"),
    ],
)
def test_an_address_is_shown_by_host_and_port(url: str, name: str) -> None:
    """Nothing that may be a secret is shown."""
    address = ServerAddress.parse(url)

    assert address.name == name
    assert "secret" not in repr(address)


@pytest.mark.parametrize(
    ("url", "is_loopback"),
    [
        ("http://localhost:8080/v1", True),
        ("http://127.0.0.1/v1", True),
        ("http://127.8.8.8/v1", True),
        ("http://[::1]/v1", True),
        ("http://0.0.0.0:8080/v1", False),
        ("http://192.168.1.20/v1", False),
        ("http://localhost.example.org/v1", False),
        ("http://127.0.0.1.example.org/v1", False),
        ("http://localhost@models.example.org/v1", False),
    ],
)
def test_only_this_machine_is_local(url: str, *, is_loopback: bool) -> None:
    """Another machine of the school is not this one, and a name that only looks local is not."""
    assert ServerAddress.parse(url).is_loopback is is_loopback


@pytest.mark.parametrize(
    ("url", "is_there"),
    [
        ("https://api.example.org/v1", True),
        ("https://eu.api.example.org/v1", True),
        ("https://second.example.com", True),
        ("https://notapi.example.org/v1", False),
        ("https://api.example.org.example.net/v1", False),
        ("http://localhost:11434/v1", False),
    ],
)
def test_a_service_is_known_by_its_host(url: str, *, is_there: bool) -> None:
    """Its subdomains count; a name that only looks like it does not."""
    assert ServerAddress.parse(url).is_at("api.example.org", "second.example.com") is is_there


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8080/v1",
        "api.example.org",
        "ftp://example.org",
        "http://",
        "http://a:port/v1",
        "http://[",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    """The message shows how an address looks."""
    with pytest.raises(InputError, match="http://localhost:8080/v1"):
        ServerAddress.parse(url)
