"""What is sent to Amazon Bedrock for a request."""

import json

import pytest
from sandbox_bedrock.asking import converse_parameters

from sandbox.domain.exchange import Message, Request, Role, Settings, StructuredMode
from sandbox.errors import ErrorKind, ProviderError

SCHEMA = {"type": "object", "properties": {"word": {"type": "string", "maxLength": 20}}}


def test_messages_and_settings_are_sent_as_converse_names_them(request_for_fruit: Request) -> None:
    """System messages go apart, and a seed is not sent, because there is no place for one."""
    parameters = converse_parameters(request_for_fruit)

    assert parameters == {
        "modelId": "amazon.nova-lite-v1:0",
        "system": [{"text": "You help teachers."}],
        "messages": [{"role": "user", "content": [{"text": "Name a fruit."}]}],
        "inferenceConfig": {"maxTokens": 50, "temperature": 0.2, "topP": 0.9},
    }


def test_what_is_not_set_is_not_sent() -> None:
    """Neither settings that are None nor an empty list of system messages."""
    request = Request(
        model="m",
        messages=(Message(role=Role.USER, content="Hi."),),
        settings=Settings(max_output_tokens=9),
    )

    parameters = converse_parameters(request)

    assert parameters["inferenceConfig"] == {"maxTokens": 9}
    assert "system" not in parameters


def test_messages_of_one_role_in_a_row_become_one_turn() -> None:
    """Converse wants the roles to take turns."""
    said = [(Role.USER, "1"), (Role.USER, "2"), (Role.ASSISTANT, "3"), (Role.SYSTEM, "4"), (Role.USER, "5")]
    request = Request(
        model="m", messages=tuple(Message(role=role, content=content) for role, content in said)
    )

    parameters = converse_parameters(request)

    assert parameters["messages"] == [
        {"role": "user", "content": [{"text": "1"}, {"text": "2"}]},
        {"role": "assistant", "content": [{"text": "3"}]},
        {"role": "user", "content": [{"text": "5"}]},
    ]
    assert parameters["system"] == [{"text": "4"}]


def test_a_tool_is_forced_that_takes_the_schema(request_for_fruit: Request) -> None:
    """In the mode `tool` the schema goes as it is, and the model may do nothing else than call the tool."""
    request = request_for_fruit.model_copy(
        update={"output_schema": SCHEMA, "output_name": "fruit", "structured": StructuredMode.TOOL}
    )

    assert converse_parameters(request)["toolConfig"] == {
        "tools": [{"toolSpec": {"name": "fruit", "inputSchema": {"json": SCHEMA}}}],
        "toolChoice": {"tool": {"name": "fruit"}},
    }


def test_a_model_of_its_own_gets_the_schema_as_a_text(request_for_fruit: Request) -> None:
    """In the mode `native` the schema is plainer, and written as JSON in a string."""
    request = request_for_fruit.model_copy(
        update={"output_schema": SCHEMA, "output_name": "fruit", "structured": StructuredMode.NATIVE}
    )

    text_format = converse_parameters(request)["outputConfig"]["textFormat"]

    assert text_format["type"] == "json_schema"
    assert text_format["structure"]["jsonSchema"]["name"] == "fruit"
    assert json.loads(text_format["structure"]["jsonSchema"]["schema"]) == {
        "type": "object",
        "properties": {"word": {"type": "string"}},
        "additionalProperties": False,
    }


@pytest.mark.parametrize("mode", [StructuredMode.PROMPT, None])
def test_a_schema_that_the_prompt_tells_is_not_sent_again(
    request_for_fruit: Request, mode: StructuredMode | None
) -> None:
    """Where nothing but words asks for the form, the service is told nothing of it."""
    request = request_for_fruit.model_copy(update={"output_schema": SCHEMA, "structured": mode})

    assert not {"toolConfig", "outputConfig"} & set(converse_parameters(request))


@pytest.mark.parametrize("mode", [StructuredMode.GRAMMAR, StructuredMode.JSON_OBJECT])
def test_a_mode_that_is_not_offered_is_refused(request_for_fruit: Request, mode: StructuredMode) -> None:
    """Nothing is sent that would not be kept, and the error names what is offered."""
    request = request_for_fruit.model_copy(update={"output_schema": SCHEMA, "structured": mode})

    with pytest.raises(ProviderError, match="'native', 'tool', 'prompt'") as caught:
        converse_parameters(request)

    assert caught.value.kind is ErrorKind.INVALID_REQUEST
