"""Servers that are not there, and an environment without anything of the tester's own."""

from collections.abc import Iterator

import pytest
import respx

from sandbox.testing.transport import openai_server_mock


@pytest.fixture
def server() -> Iterator[respx.MockRouter]:
    """The vendor's server."""
    with openai_server_mock() as mock:
        yield mock


@pytest.fixture
def local_server() -> Iterator[respx.MockRouter]:
    """A server on this machine."""
    with openai_server_mock("http://localhost:8080/v1") as mock:
        yield mock


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An invented key, and no address."""
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-invented")
