"""What the tests of this plugin share: keys that are no keys, and a server in the service's place."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox_bedrock.rehearsal import rehearsal

from sandbox.domain.exchange import Message, Request, Role, Settings
from sandbox.testing.providers.rehearsal_server import RehearsalServer


@pytest.fixture
def anyio_backend() -> str:
    """Async tests run on asyncio, as the product does."""
    return "asyncio"


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the developer's own AWS configuration is used, and no machine is asked for a role."""
    for variable in list(os.environ):
        if variable.startswith("AWS_"):
            monkeypatch.delenv(variable)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAPLANTED0000000001")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "planted-secret-0000000002")


@pytest.fixture
def server() -> Iterator[RehearsalServer]:
    """What stands in for the service."""
    with RehearsalServer(rehearsal()) as serving:
        yield serving


@pytest.fixture
def request_for_fruit() -> Request:
    """A plain request."""
    return Request(
        model="amazon.nova-lite-v1:0",
        messages=(
            Message(role=Role.SYSTEM, content="You help teachers."),
            Message(role=Role.USER, content="Name a fruit."),
        ),
        settings=Settings(max_output_tokens=50, temperature=0.2, top_p=0.9, seed=7),
        timeout_seconds=10,
    )
