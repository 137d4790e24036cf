"""The body that is sent for a request."""

import json

import pytest
from sandbox_openai_http.asking import STRUCTURED_MODES, chat_body

from sandbox.domain.exchange import Message, Request, Role, Settings, StructuredMode
from sandbox.errors import ErrorKind, ProviderError

SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string", "default": "pear"}},
    "required": [],
    "additionalProperties": False,
}
REQUEST = Request(
    model="small",
    messages=(
        Message(role=Role.SYSTEM, content="You help teachers."),
        Message(role=Role.USER, content="Größe? 🌱"),
    ),
    settings=Settings(max_output_tokens=50),
)


def changed(**changes: object) -> Request:
    """The request, changed in these fields."""
    return REQUEST.model_copy(update=changes)


def test_a_plain_request_holds_nothing_that_nobody_chose() -> None:
    """Settings that are None are left to the server."""
    body = chat_body(REQUEST, modes=STRUCTURED_MODES)

    assert json.loads(body) == {
        "model": "small",
        "messages": [
            {"role": "system", "content": "You help teachers."},
            {"role": "user", "content": "Größe? 🌱"},
        ],
        "max_tokens": 50,
    }


def test_chosen_settings_are_sent_under_the_servers_names() -> None:
    """A temperature of zero is chosen, too."""
    settings = Settings(max_output_tokens=9, temperature=0, top_p=0.5, seed=0)

    body = json.loads(chat_body(changed(settings=settings), modes=STRUCTURED_MODES))

    assert {name: body[name] for name in ("max_tokens", "temperature", "top_p", "seed")} == {
        "max_tokens": 9,
        "temperature": 0,
        "top_p": 0.5,
        "seed": 0,
    }


def test_a_stream_is_asked_to_count() -> None:
    """Otherwise these servers say nothing of the tokens in a stream."""
    body = json.loads(chat_body(REQUEST, modes=STRUCTURED_MODES, streams=True))

    assert body["stream"] is True
    assert body["stream_options"] == {"include_usage": True}


@pytest.mark.parametrize(
    ("mode", "wanted"),
    [
        (
            StructuredMode.NATIVE,
            {
                "type": "json_schema",
                "json_schema": {"name": "fruit", "schema": SCHEMA, "strict": True},
            },
        ),
        (StructuredMode.JSON_OBJECT, {"type": "json_object"}),
        (StructuredMode.PROMPT, None),
    ],
)
def test_each_way_of_keeping_a_schema_has_its_response_format(mode: StructuredMode, wanted: object) -> None:
    """The schema goes out as it is; in the weaker ways it stands in the prompt."""
    request = changed(output_schema=SCHEMA, output_name="fruit", structured=mode)

    body = json.loads(chat_body(request, modes=STRUCTURED_MODES))

    assert body.get("response_format") == wanted


@pytest.mark.parametrize("mode", [StructuredMode.TOOL, StructuredMode.NATIVE])
def test_a_way_that_is_not_offered_is_refused(mode: StructuredMode) -> None:
    """The answer would be trusted to keep the schema."""
    request = changed(output_schema=SCHEMA, structured=mode)

    with pytest.raises(ProviderError, match="'json_object' or 'prompt'") as caught:
        chat_body(request, modes=STRUCTURED_MODES[1:])

    assert caught.value.kind is ErrorKind.INVALID_REQUEST


def test_half_of_a_character_is_refused_without_being_shown() -> None:
    """It comes from broken files, and cannot be written as UTF-8."""
    request = changed(messages=(Message(role=Role.USER, content="Rosalind \ud83c"),))

    with pytest.raises(ProviderError, match="half of a character") as caught:
        chat_body(request, modes=STRUCTURED_MODES)

    assert caught.value.kind is ErrorKind.INVALID_REQUEST
    assert caught.value.__suppress_context__
