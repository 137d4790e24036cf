"""What a hub, or what stands where one should be, refuses; and how that is told."""

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sandbox_llamacpp.library import LlamaCppLibrary

from sandbox.errors import ErrorKind, ProviderError, UnknownNameError

NAME = "school/tiny-gguf/Tiny.Q4_0.gguf"
HubServer = Any
"""The server of `conftest.py`, which tests cannot import."""
Refused = Callable[..., ProviderError]


@pytest.mark.parametrize("token", ["hf_planted_token", ""])
def test_a_repository_that_is_not_there_is_named(
    token: str,
    monkeypatch: pytest.MonkeyPatch,
    refused: Refused,
) -> None:
    """With 404 for those it knows, and with 401 for others, who may not be told."""
    monkeypatch.setenv("HF_TOKEN", token)
    monkeypatch.setenv("HF_HUB_DISABLE_IMPLICIT_TOKEN", "" if token else "1")
    constants = importlib.import_module("huggingface_hub.constants")
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_IMPLICIT_TOKEN", not token)
    error = refused("school/other/Tiny.gguf")

    assert error.kind is ErrorKind.UNKNOWN_MODEL
    assert error.status == (404 if token else 401)
    assert "no repository 'school/other'" in str(error)


def test_a_file_that_is_not_there_gets_the_nearest_name(library: LlamaCppLibrary) -> None:
    """Of those that are models."""
    with pytest.raises(UnknownNameError, match="Did you mean 'Tiny.Q4_0.gguf'") as caught:
        library.fetch("school/tiny-gguf/Tiny.Q4_1.gguf")

    assert "README.md" not in caught.value.known


@pytest.mark.parametrize("status", [401, 403])
def test_a_file_for_those_who_agreed_says_where_to_agree(
    status: int,
    hub_server: HubServer,
    cache: Path,
    refused: Refused,
) -> None:
    """A hub lets everybody read of such models, but not the models."""
    hub_server.refusal = (status, "GatedRepo")
    error = refused(NAME)

    assert error.kind is ErrorKind.AUTHENTICATION
    assert f"{hub_server.url}/school/tiny-gguf" in str(error)
    assert "HF_TOKEN" in str(error)
    assert not any(path.suffix == ".part" for path in cache.rglob("*"))


@pytest.mark.parametrize(
    ("status", "kind", "attempts"),
    [
        (403, ErrorKind.AUTHENTICATION, 1),
        (404, ErrorKind.UNKNOWN_MODEL, 1),
        (429, ErrorKind.RATE_LIMIT, 5),
        (503, ErrorKind.TRANSIENT, 5),
    ],
)
def test_only_what_may_pass_is_tried_again(
    status: int,
    kind: ErrorKind,
    attempts: int,
    hub_server: HubServer,
    refused: Refused,
) -> None:
    """A closed door stays closed."""
    hub_server.refusal = (status, "")
    error = refused(NAME)

    assert (error.kind, error.status) == (kind, status)
    assert len([path for _, path, _ in hub_server.asked if "resolve" in path]) == attempts


def test_a_hub_that_is_gone_cannot_be_reached(hub_server: HubServer, refused: Refused) -> None:
    """It may be there tomorrow."""
    hub_server.shutdown()
    hub_server.server_close()
    error = refused(NAME)

    assert error.kind is ErrorKind.TRANSIENT
    assert f"{hub_server.url} cannot be reached" in str(error)


@pytest.mark.parametrize(
    "answer",
    [
        b"<html>Log in to the school network</html>",
        b"[]",
        b"{}",
        b'{"id": "x", "siblings": [{"rfilename": "Tiny.Q4_0.gguf", "size": 5}]}',
        b'{"id": "x", "sha": "../../x", "siblings": [{"rfilename": "Tiny.Q4_0.gguf", "size": 5}]}',
        b'{"id": "x", "sha": "%s", "siblings": [{"rfilename": "Tiny.Q4_0.gguf", "size": 5, '
        b'"lfs": {"sha256": "../../../x", "size": 5, "pointerSize": 1}}]}' % (b"0" * 40),
    ],
)
def test_what_is_no_hub_is_not_believed(
    answer: bytes, library: LlamaCppLibrary, hub_server: HubServer, cache: Path
) -> None:
    """Many networks answer everything with their own page."""
    hub_server.repository_answer = answer
    with pytest.raises((ProviderError, UnknownNameError)) as caught:
        library.fetch(NAME)

    assert isinstance(caught.value, UnknownNameError) or caught.value.kind is ErrorKind.BAD_RESPONSE
    assert not cache.exists()


def test_the_hub_can_be_forbidden(monkeypatch: pytest.MonkeyPatch, refused: Refused) -> None:
    """With the library's own variable, which it reads when it is imported."""
    monkeypatch.setattr(importlib.import_module("huggingface_hub.constants"), "HF_HUB_OFFLINE", True)
    error = refused(NAME)

    assert error.kind is ErrorKind.UNAVAILABLE
    assert "HF_HUB_OFFLINE" in str(error)


def test_without_the_library_the_message_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
    refused: Refused,
) -> None:
    """As a line to copy."""
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    error = refused(NAME)

    assert error.kind is ErrorKind.UNAVAILABLE
    assert 'pip install "lesson-sandbox-llamacpp[hub]"' in str(error)
