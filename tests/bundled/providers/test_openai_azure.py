"""The provider `openai` at Azure: the addresses and headers that really go out, and what comes back."""

import json

import pytest
import respx

from sandbox.bundled.providers.openai import build_openai
from sandbox.domain.exchange import FinishReason, Message, Request, Role, Settings
from sandbox.errors import ErrorKind, InputError, ProviderError
from sandbox.testing.transport import chat_completion, openai_server_mock

KEY = "invented-azure-key"
RESOURCE = "https://school.openai.azure.com"
REQUEST = Request(
    model="our-small-one",
    messages=(Message(role=Role.USER, content="Name a fruit."),),
    settings=Settings(max_output_tokens=50, seed=7),
)


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key, and nothing else that the SDK might read for Azure."""
    monkeypatch.setenv("SCHOOL_KEY", KEY)
    for variable in ("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_AD_TOKEN", "OPENAI_API_VERSION"):
        monkeypatch.setenv(variable, "not-this")


async def ask(options: dict[str, str], reply: object) -> respx.models.Call:
    """The one call that goes out for a request."""
    with openai_server_mock(RESOURCE) as azure:
        azure.route().respond(json=reply)
        provider = build_openai({"api_key_env": "SCHOOL_KEY", **options})
        await provider.complete(REQUEST)
        await provider.aclose()
        assert azure.calls.call_count == 1
        return azure.calls.last


@pytest.mark.anyio
async def test_the_address_without_a_date_is_asked_like_the_vendor() -> None:
    """The deployment is the model, and the key goes as a bearer's."""
    call = await ask({"base_url": f"{RESOURCE}/openai/v1"}, chat_completion("A pear."))

    assert str(call.request.url) == f"{RESOURCE}/openai/v1/chat/completions"
    assert call.request.headers["authorization"] == f"Bearer {KEY}"
    assert json.loads(call.request.content) == {
        "model": "our-small-one",
        "messages": [{"role": "user", "content": "Name a fruit."}],
        "max_completion_tokens": 50,
        "seed": 7,
    }


@pytest.mark.anyio
async def test_it_speaks_the_newer_api_at_the_address_without_a_date() -> None:
    """There nothing is kept either."""
    part = {"type": "output_text", "text": "A pear."}
    reply = {"status": "completed", "output": [{"type": "message", "content": [part]}]}

    call = await ask({"base_url": f"{RESOURCE}/openai/v1", "api": "responses"}, reply)

    assert str(call.request.url) == f"{RESOURCE}/openai/v1/responses"
    assert json.loads(call.request.content)["store"] is False


@pytest.mark.anyio
@pytest.mark.parametrize("base_url", [RESOURCE, f"{RESOURCE}/", f"{RESOURCE}/openai"])
async def test_the_dated_address_names_the_deployment_and_the_date(base_url: str) -> None:
    """The key has a header of its own, and nothing else of the environment goes there."""
    call = await ask({"base_url": base_url, "api_version": "2024-10-21"}, chat_completion("A pear."))

    assert str(call.request.url) == (
        f"{RESOURCE}/openai/deployments/our-small-one/chat/completions?api-version=2024-10-21"
    )
    assert call.request.headers["api-key"] == KEY
    assert "authorization" not in call.request.headers
    assert "not-this" not in str(call.request.headers)
    assert json.loads(call.request.content)["max_completion_tokens"] == 50


@pytest.mark.parametrize("wrong", [f"{RESOURCE}/openai/v1", f"{RESOURCE}/openai/deployments/small", ""])
def test_a_dated_address_is_the_resource_alone(wrong: str) -> None:
    """The message shows how it looks."""
    with pytest.raises(InputError, match=r"https://NAME\.openai\.azure\.com"):
        build_openai({"base_url": wrong, "api_version": "2024-10-21", "api_key_env": "SCHOOL_KEY"})


def test_the_newer_api_has_no_date() -> None:
    """The message says what to write instead."""
    with pytest.raises(InputError, match="/openai/v1"):
        build_openai({"base_url": RESOURCE, "api_version": "2024-10-21", "api": "responses"})


@pytest.mark.parametrize("wrong", ["v1", "2024", "2024-10-21 ", "2024-10-21&x=1"])
def test_a_version_is_a_date(wrong: str) -> None:
    """It becomes a part of the address."""
    with pytest.raises(InputError, match="api_version"):
        build_openai({"base_url": RESOURCE, "api_version": wrong})


def test_a_key_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also behind a gateway of the school's own."""
    monkeypatch.delenv("SCHOOL_KEY")

    for base_url in (RESOURCE, "https://gateway.example.org"):
        with pytest.raises(ProviderError, match="SCHOOL_KEY"):
            build_openai({"base_url": base_url, "api_version": "2024-10-21", "api_key_env": "SCHOOL_KEY"})


@pytest.mark.anyio
async def test_what_the_filter_says_beside_an_answer_is_passed_over() -> None:
    """An answer that it stopped says so in its reason."""
    results = {"hate": {"filtered": False, "severity": "safe"}}
    reply = chat_completion("", finish_reason="content_filter")
    reply |= {"prompt_filter_results": [{"prompt_index": 0, "content_filter_results": results}]}
    reply["choices"][0]["content_filter_results"] = results  # type: ignore[index]  # it is JSON
    with openai_server_mock(RESOURCE) as azure:
        azure.route().respond(json=reply)
        provider = build_openai({"base_url": f"{RESOURCE}/openai/v1", "api_key_env": "SCHOOL_KEY"})

        completion = await provider.complete(REQUEST)
        await provider.aclose()

    assert completion.finish_reason is FinishReason.CONTENT_FILTER


@pytest.mark.anyio
@pytest.mark.parametrize("options", [{"api_version": "2024-10-21"}, {}], ids=["dated", "undated"])
async def test_a_prompt_that_the_filter_stopped_is_named_so(options: dict[str, str]) -> None:
    """The case's inputs are to be looked at, not the settings."""
    told = {
        "message": "The prompt was filtered: Name a fruit.",
        "type": None,
        "param": "prompt",
        "code": "content_filter",
        "status": 400,
        "innererror": {
            "code": "ResponsibleAIPolicyViolation",
            "content_filter_result": {"jailbreak": {"filtered": True, "detected": True}},
        },
    }
    base_url = RESOURCE if options else f"{RESOURCE}/openai/v1"
    with openai_server_mock(RESOURCE) as azure:
        azure.route().respond(400, json={"error": told})
        provider = build_openai({"base_url": base_url, "api_key_env": "SCHOOL_KEY", **options})

        with pytest.raises(ProviderError, match="inputs of this case") as caught:
            await provider.complete(REQUEST)
        await provider.aclose()

    assert caught.value.kind is ErrorKind.CONTENT_FILTER
    assert "fruit" not in str(caught.value)
