"""The provider `bedrock` and its keys."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path
from traceback import format_exception

import pytest
from sandbox_bedrock.provider import BedrockProvider, build_bedrock
from sandbox_bedrock.rehearsal import refusal

from sandbox.domain.exchange import Request
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.providers.rehearsal_server import Conduct, RehearsalServer

ACCESS_KEY, SECRET_KEY = "AKIAPLANTED0000000001", "planted-secret-0000000002"


def build_for(server: RehearsalServer, **options: str) -> BedrockProvider:
    """The provider, sent to the server; its keys come as AWS's own tools find them."""
    return build_bedrock({"region": "us-east-1", "base_url": server.url, **options})


@pytest.fixture
async def provider(server: RehearsalServer) -> AsyncIterator[BedrockProvider]:
    """The provider, sent to the server."""
    built = build_for(server)
    yield built
    await built.aclose()


async def failure(provider: BedrockProvider, request: Request) -> ProviderError:
    """The error with which a request fails."""
    with pytest.raises(ProviderError) as caught:
        await provider.complete(request)
    return caught.value


@pytest.mark.anyio
async def test_a_bedrock_key_is_used_if_there_is_one(
    server: RehearsalServer,
    provider: BedrockProvider,
    request_for_fruit: Request,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The key of AWS_BEARER_TOKEN_BEDROCK is enough, without any other."""
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", "bedrock-api-key-0000")

    await provider.complete(request_for_fruit)

    assert server.calls[0].headers["authorization"] == "Bearer bedrock-api-key-0000"


@pytest.mark.anyio
async def test_a_profile_brings_its_own_keys(
    server: RehearsalServer, request_for_fruit: Request, tmp_path: Path
) -> None:
    """A profile of the AWS configuration goes before the variables."""
    (tmp_path / "credentials").write_text(
        "[school]\naws_access_key_id = AKIASCHOOL\naws_secret_access_key = hush\n", encoding="utf-8"
    )
    provider = build_for(server, profile="school")

    await provider.complete(request_for_fruit)
    await provider.aclose()

    assert "Credential=AKIASCHOOL/" in server.calls[0].headers["authorization"]


@pytest.mark.anyio
async def test_keys_in_files_are_left_alone_if_only_variables_count(
    server: RehearsalServer, request_for_fruit: Request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With keys = "environment" the AWS configuration is not asked for keys."""
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    (tmp_path / "credentials").write_text(
        "[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = hush\n", encoding="utf-8"
    )
    provider = build_for(server, keys="environment")

    error = await failure(provider, request_for_fruit)
    await provider.aclose()

    assert error.kind is ErrorKind.AUTHENTICATION
    assert server.calls == ()


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("variables", "options", "said"),
    [
        ({"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}, {}, "there are none here"),
        ({"AWS_SECRET_ACCESS_KEY": None}, {}, "cannot be had"),
        ({"AWS_SECRET_ACCESS_KEY": f"{SECRET_KEY}\n"}, {}, "AWS_SECRET_ACCESS_KEY holds characters"),
        ({"AWS_PROFILE": "nobody"}, {}, "no profile of that name"),
        ({}, {"profile": "nobody"}, "no profile of that name"),
    ],
)
async def test_missing_keys_are_told_before_anything_is_sent(
    server: RehearsalServer,
    request_for_fruit: Request,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str | None],
    options: dict[str, str],
    said: str,
) -> None:
    """Each way to have no keys gets a sentence of its own, which holds none of them."""
    for name, value in variables.items():
        if value is None:
            monkeypatch.delenv(name)
        else:
            monkeypatch.setenv(name, value)
    provider = build_for(server, **options)

    error = await failure(provider, request_for_fruit)
    await provider.aclose()

    assert error.kind is ErrorKind.AUTHENTICATION
    assert said in str(error)
    assert SECRET_KEY not in "".join(format_exception(error))
    assert server.calls == ()


@pytest.mark.anyio
async def test_a_broken_aws_configuration_is_told(
    server: RehearsalServer, provider: BedrockProvider, request_for_fruit: Request, tmp_path: Path
) -> None:
    """What cannot be read is named, so that somebody can mend it."""
    (tmp_path / "config").write_text("[default\nregion", encoding="utf-8")

    error = await failure(provider, request_for_fruit)

    assert error.kind is ErrorKind.UNAVAILABLE
    assert "cannot be read" in str(error)


@pytest.mark.anyio
async def test_neither_the_key_nor_its_signature_is_shown(
    server: RehearsalServer, provider: BedrockProvider, request_for_fruit: Request
) -> None:
    """A service that repeats what it was sent is not repeated."""
    await provider.complete(request_for_fruit)
    authorization = server.calls[0].headers["authorization"]
    server.conduct = Conduct(reply=refusal(403, "InvalidSignatureException", f"Not: {authorization}"))

    error = await failure(provider, request_for_fruit)

    shown = "".join(format_exception(error)) + repr(error) + repr(provider)
    assert error.kind is ErrorKind.AUTHENTICATION
    assert not any(secret in shown for secret in (ACCESS_KEY, SECRET_KEY, "Signature="))


@pytest.mark.anyio
async def test_the_log_holds_no_prompt_and_no_key(
    provider: BedrockProvider, request_for_fruit: Request, caplog: pytest.LogCaptureFixture
) -> None:
    """The SDK would write both into a log of the lowest level."""
    caplog.set_level(logging.DEBUG)

    await provider.complete(request_for_fruit)

    assert not any(secret in caplog.text for secret in (ACCESS_KEY, SECRET_KEY, "Name a fruit"))
