"""What is sent for a request."""

import pytest
from sandbox_anthropic.asking import message_call

from sandbox.domain.exchange import JsonSchema, Message, Request, Role, Settings, StructuredMode
from sandbox.errors import ErrorKind, ProviderError

SCHEMA: JsonSchema = {
    "type": "object",
    "properties": {"word": {"type": "string", "maxLength": 20, "description": "A fruit."}},
    "required": ["word"],
}
REQUEST = Request(
    model="claude-test",
    messages=(Message(role=Role.USER, content="Name a fruit."),),
    settings=Settings(max_output_tokens=50),
)


def asking_for(schema: JsonSchema, mode: StructuredMode | None) -> Request:
    """The request, held to a schema in this way."""
    return REQUEST.model_copy(update={"output_schema": schema, "output_name": "fruit", "structured": mode})


def with_settings(**settings: float) -> Request:
    """The request with these settings."""
    return REQUEST.model_copy(
        update={"settings": Settings.model_validate({"max_output_tokens": 50, **settings})}
    )


def test_a_plain_request_holds_nothing_but_what_is_set() -> None:
    """Settings that are None do not go out, nor does the number of the repeat."""
    assert message_call(REQUEST) == {
        "model": "claude-test",
        "max_tokens": 50,
        "messages": [{"role": "user", "content": "Name a fruit."}],
    }


def test_system_messages_stand_apart_and_together() -> None:
    """The service takes one of them, beside the talk."""
    talk = (
        Message(role=Role.SYSTEM, content="You help teachers."),
        Message(role=Role.USER, content="Name a fruit."),
        Message(role=Role.ASSISTANT, content="A pear."),
        Message(role=Role.SYSTEM, content="Be brief."),
        Message(role=Role.USER, content="Another."),
    )

    call = message_call(REQUEST.model_copy(update={"messages": talk}))

    assert call["system"] == "You help teachers.\n\nBe brief."
    assert [message["content"] for message in call["messages"]] == ["Name a fruit.", "A pear.", "Another."]


def test_native_sends_the_schema_in_the_services_dialect() -> None:
    """Objects are closed, and a bound that the service refuses is told to the model in words."""
    call = message_call(asking_for(SCHEMA, StructuredMode.NATIVE))

    sent = call["output_config"]["format"]
    assert sent["type"] == "json_schema"
    assert sent["schema"]["additionalProperties"] is False
    assert sent["schema"]["required"] == ["word"]
    assert sent["schema"]["properties"]["word"] == {
        "type": "string",
        "description": "A fruit.\n\n{maxLength: 20}",
    }
    assert "tools" not in call
    assert "additionalProperties" not in SCHEMA


@pytest.mark.parametrize(
    "hole",
    [
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "array", "items": {"type": "object", "additionalProperties": True}},
        {},
        {"type": ["string", "null"]},
    ],
)
def test_native_refuses_a_schema_that_the_service_cannot_keep(hole: JsonSchema) -> None:
    """A map of any names would become an empty object, and the answer would lack it."""
    schema = {"type": "object", "properties": {"hole": hole}, "required": ["hole"]}

    with pytest.raises(ProviderError, match='structured = "tool"') as caught:
        message_call(asking_for(schema, StructuredMode.NATIVE))

    assert caught.value.kind is ErrorKind.INVALID_REQUEST


def test_tool_forces_one_call_whose_input_is_the_answer() -> None:
    """The schema goes out as it is, and the model can neither call twice nor call nothing."""
    call = message_call(asking_for(SCHEMA, StructuredMode.TOOL))

    (tool,) = call["tools"]
    assert (tool["name"], tool["input_schema"]) == ("fruit", SCHEMA)
    assert call["tool_choice"] == {"type": "tool", "name": "fruit", "disable_parallel_tool_use": True}
    assert "output_config" not in call


@pytest.mark.parametrize("mode", [StructuredMode.PROMPT, None])
def test_prompt_sends_no_schema(mode: StructuredMode | None) -> None:
    """In this mode the schema stands in the prompt."""
    assert message_call(asking_for(SCHEMA, mode)) == message_call(REQUEST)


@pytest.mark.parametrize("mode", [StructuredMode.GRAMMAR, StructuredMode.JSON_OBJECT])
def test_other_ways_are_refused_rather_than_forgotten(mode: StructuredMode) -> None:
    """What cannot be kept is not sent as if it did not matter."""
    with pytest.raises(ProviderError, match="ask for one of 'native'") as caught:
        message_call(asking_for(SCHEMA, mode))

    assert caught.value.kind is ErrorKind.INVALID_REQUEST


def test_a_way_that_the_options_put_aside_is_refused_as_well() -> None:
    """The card does not list it, so nobody should trust what it gives."""
    with pytest.raises(ProviderError, match="ask for one of 'prompt'"):
        message_call(asking_for(SCHEMA, StructuredMode.TOOL), modes=[StructuredMode.PROMPT])


@pytest.mark.parametrize("chosen", [{"temperature": 0}, {"top_p": 0.5}, {"temperature": 1, "top_p": 0.5}])
def test_a_temperature_is_sent_in_the_version_that_takes_it(chosen: dict[str, float]) -> None:
    """The current version refuses it for every model."""
    call = message_call(with_settings(**chosen))

    assert call["extra_body"] == chosen
    assert call["extra_headers"] == {"anthropic-version": "2023-06-01"}


def test_a_temperature_that_no_model_takes_is_refused() -> None:
    """Other services take up to 2; sending less would be another request than the one asked for."""
    with pytest.raises(ProviderError, match=r"between 0 and 1, not 1\.5") as caught:
        message_call(with_settings(temperature=1.5))

    assert caught.value.kind is ErrorKind.INVALID_REQUEST


def test_a_seed_is_not_sent() -> None:
    """The service has none, and the card says so."""
    assert message_call(with_settings(seed=7)) == message_call(REQUEST)
