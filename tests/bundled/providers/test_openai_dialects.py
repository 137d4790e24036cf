"""What the provider `openai` sends to the hosts that it knows."""

import json
import re
from typing import Any

import pytest

from sandbox.bundled.providers.openai import build_openai
from sandbox.bundled.providers.openai_dialects import DIALECTS, PLAIN, Dialect, dialect_of
from sandbox.contracts.server_address import ServerAddress
from sandbox.domain.exchange import Message, Request, Role, Settings, StructuredMode
from sandbox.errors import ProviderError
from sandbox.testing.transport import chat_completion, openai_server_mock

SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string"}},
    "required": ["word"],
    "additionalProperties": False,
}
PLAIN_REQUEST = Request(
    model="small",
    messages=(Message(role=Role.USER, content="Name a fruit."),),
    settings=Settings(max_output_tokens=50, seed=7),
)
FORMAT = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True}}
MISTRAL, OPENROUTER, GOOGLE, ELSEWHERE = (
    "https://api.mistral.ai/v1",
    "https://openrouter.ai/api/v1",
    "https://generativelanguage.googleapis.com/v1beta/openai",
    "https://models.example.org/v1",
)
MISTRAL_TAKES = {
    *("model", "messages", "temperature", "top_p", "max_tokens", "stream", "stop", "random_seed"),
    *("response_format", "tools", "tool_choice", "parallel_tool_calls"),
}
"""Of the fields that Mistral's own client sends; it refuses a request with any that it does not know."""


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key for each service, which tells whose it is."""
    for variable in {dialect.key_variable for dialect in (*DIALECTS, PLAIN)}:
        monkeypatch.setenv(variable, f"key-of-{variable}")


async def sent(base_url: str, mode: StructuredMode | None = None, *, streams: bool = False) -> Any:
    """The body that goes out for a request, with the address and the key that it goes with."""
    schema = None if mode is None else SCHEMA
    request = PLAIN_REQUEST.model_copy(update={"structured": mode, "output_schema": schema})
    provider = build_openai({"base_url": base_url})
    with openai_server_mock(base_url) as server:
        route = server.post("/chat/completions").respond(json=chat_completion("A pear."))
        if streams:
            with pytest.raises(ProviderError):  # a whole answer is no stream
                [event async for event in provider.stream(request)]
        else:
            await provider.complete(request)
        await provider.aclose()
    call = route.calls.last.request
    body = json.loads(call.content)
    return body | {"key": call.headers["authorization"].removeprefix("Bearer key-of-")}


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("base_url", "own"),
    [
        (MISTRAL, {"max_tokens": 50, "random_seed": 7, "key": "MISTRAL_API_KEY"}),
        (OPENROUTER, {"max_tokens": 50, "seed": 7, "key": "OPENROUTER_API_KEY"}),
        (GOOGLE, {"max_tokens": 50, "key": "GEMINI_API_KEY"}),
        (ELSEWHERE, {"max_tokens": 50, "seed": 7, "key": "OPENAI_API_KEY"}),
        (
            "https://api.openai.com/v1",
            {"max_completion_tokens": 50, "seed": 7, "store": False, "key": "OPENAI_API_KEY"},
        ),
    ],
)
async def test_each_host_is_asked_in_its_own_words(base_url: str, own: dict[str, object]) -> None:
    """The limit and the seed by their names there, and with a key that is meant for it."""
    told = await sent(base_url)

    assert told == {
        "model": "small",
        "messages": [{"role": "user", "content": "Name a fruit."}],
        **own,
    }


@pytest.mark.anyio
@pytest.mark.parametrize("base_url", [MISTRAL, GOOGLE, ELSEWHERE])
async def test_a_schema_is_asked_for_in_the_same_way_everywhere(base_url: str) -> None:
    """As OpenAI has it."""
    told = await sent(base_url, StructuredMode.NATIVE)

    assert told["response_format"] == FORMAT
    assert "provider" not in told


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("mode", "wanted"),
    [
        (StructuredMode.NATIVE, {"require_parameters": True}),
        (StructuredMode.TOOL, {"require_parameters": True}),
        (StructuredMode.JSON_OBJECT, {"require_parameters": True}),
        (StructuredMode.PROMPT, None),
        (None, None),
    ],
)
async def test_openrouter_may_not_choose_a_server_that_forgets_the_schema(
    mode: StructuredMode | None, wanted: dict[str, bool] | None
) -> None:
    """Unless it is told so, it may; without a schema any server will do."""
    assert (await sent(OPENROUTER, mode)).get("provider") == wanted


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("base_url", "takes_extras"),
    [(MISTRAL, True), (OPENROUTER, False), (GOOGLE, False), (ELSEWHERE, True)],
)
async def test_a_tool_is_forced_everywhere(base_url: str, *, takes_extras: bool) -> None:
    """With the same word; what some refuse is left out there."""
    told = await sent(base_url, StructuredMode.TOOL)

    function = {"name": "answer", "parameters": SCHEMA} | ({"strict": True} if takes_extras else {})
    assert told["tools"] == [{"type": "function", "function": function}]
    assert told["tool_choice"] == "required"
    assert ("parallel_tool_calls" in told) is takes_extras


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("base_url", "is_asked"), [(MISTRAL, False), (OPENROUTER, True), (GOOGLE, True), (ELSEWHERE, True)]
)
async def test_a_stream_is_asked_for_its_tokens_where_it_must_be(base_url: str, *, is_asked: bool) -> None:
    """Mistral has no field for the question, and would refuse it."""
    told = await sent(base_url, streams=True)

    assert told["stream"] is True
    assert ("stream_options" in told) is is_asked


@pytest.mark.anyio
@pytest.mark.parametrize("mode", [StructuredMode.NATIVE, StructuredMode.TOOL, StructuredMode.JSON_OBJECT])
async def test_mistral_gets_no_field_that_it_does_not_know(mode: StructuredMode) -> None:
    """It refuses the whole request for one."""
    for streams in (False, True):
        assert set(await sent(MISTRAL, mode, streams=streams)) <= MISTRAL_TAKES | {"key"}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://api.openai.com/v1", "openai"),
        ("https://eu.api.openai.com/v1", "openai"),
        ("https://school.openai.azure.com/openai/v1/", "azure"),
        ("https://school.services.ai.azure.com/openai/v1/", "azure"),
        (OPENROUTER, "openrouter"),
        (MISTRAL, "mistral"),
        (GOOGLE, "google"),
        ("http://localhost:11434/v1", "plain"),
        ("https://api.mistral.ai.example.org/v1", "plain"),
    ],
)
def test_a_dialect_is_known_by_the_host(url: str, name: str) -> None:
    """A name that only looks like it is not it."""
    assert dialect_of(ServerAddress.parse(url)).name == name


def test_only_who_promises_the_same_answer_is_said_to() -> None:
    """Of the services that we know, Mistral alone calls its seed deterministic."""
    promising = [each.name for each in DIALECTS if each.keeps_seed]

    assert promising == ["mistral"]
    assert build_openai({"base_url": MISTRAL}).describe("small").takes_seed
    assert not build_openai({"base_url": ELSEWHERE}).describe("small").takes_seed


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_each_service_stands_in_the_price_list(dialect: Dialect) -> None:
    """Under the name that is given for it; the list finds it by its address, too."""
    data = pytest.importorskip("genai_prices.data")
    host = f"school.{dialect.hosts[0]}" if dialect.name == "azure" else dialect.hosts[0]
    known = {provider.id: provider.api_pattern for provider in data.providers}

    card = build_openai({"base_url": f"https://{host}/v1"}).describe("small")

    assert card.price_service == dialect.price_service
    assert re.match(known[card.price_service], f"https://{host}/v1")


def test_a_server_that_we_do_not_know_has_no_price() -> None:
    """What nobody knows is not guessed."""
    assert build_openai({"base_url": ELSEWHERE}).describe("small").price_service == ""


def test_a_service_that_we_know_wants_its_own_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenAI's key is never shown to another company, unless somebody says so."""
    monkeypatch.delenv("MISTRAL_API_KEY")

    with pytest.raises(ProviderError, match="MISTRAL_API_KEY"):
        build_openai({"base_url": MISTRAL})
    assert build_openai({"base_url": MISTRAL, "api_key_env": "OPENAI_API_KEY"}).key
