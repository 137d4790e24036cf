"""Conformance of a provider: answers that are held to a JSON schema, in each way that its card declares."""

import json

from pydantic import Field, ValidationError

from sandbox.domain.exchange import Completion, Request, Settings, StructuredMode
from sandbox.domain.record import Record
from sandbox.errors import ErrorKind, ProviderError
from sandbox.testing.conformance import BrokenPromiseError, NotDeclared, expect
from sandbox.testing.providers.bench import Bench, ProviderSuite, asking
from sandbox.testing.providers.rehearsal_server import saying


class Worksheet(Record):
    """A small artifact to ask for."""

    lesson_title: str = Field(min_length=1, max_length=40)
    key_points: list[str] = Field(min_length=1, max_length=2)


SCHEMA = {
    "type": "object",
    "properties": {
        "lesson_title": {"type": "string", "minLength": 1, "maxLength": 40},
        "key_points": {
            "type": "array",
            "items": {"type": "string", "minLength": 1, "maxLength": 40},
            "minItems": 1,
            "maxItems": 2,
        },
    },
    "required": ["lesson_title", "key_points"],
    "additionalProperties": False,
}
WORKSHEET = Worksheet(lesson_title="Light – and “leaves”", key_points=["Plants drink light.", "Leaves."])
_PROMPT = "Make a worksheet about light."
_ROOM = Settings(max_output_tokens=160)


class StructureBehaviours(ProviderSuite):
    """A provider that is asked for JSON."""

    @asking
    async def test_keeps_a_schema_by_grammar(self, bench: Bench) -> None:
        """In the mode `grammar` the text is JSON that fits the schema, and nothing else."""
        await _shows_schema_kept(bench, StructuredMode.GRAMMAR)

    @asking
    async def test_keeps_a_schema_natively(self, bench: Bench) -> None:
        """In the mode `native` the service gets the schema, and the text is the JSON alone."""
        await _shows_schema_kept(bench, StructuredMode.NATIVE)

    @asking
    async def test_keeps_a_schema_by_a_tool(self, bench: Bench) -> None:
        """In the mode `tool` the tool's arguments are the text, whatever the model says beside them."""
        await _shows_schema_kept(bench, StructuredMode.TOOL)

    @asking
    async def test_hands_on_any_json_object(self, bench: Bench) -> None:
        """In the mode `json_object` the JSON comes through unchanged."""
        await _shows_text_kept(bench, StructuredMode.JSON_OBJECT)

    @asking
    async def test_hands_on_what_a_prompt_alone_asked_for(self, bench: Bench) -> None:
        """In the mode `prompt` whatever the model wrote comes through unchanged, words and fences too."""
        await _shows_text_kept(bench, StructuredMode.PROMPT)

    @asking
    async def test_refuses_ways_that_it_does_not_declare(self, bench: Bench) -> None:
        """A mode that the card does not list is refused: the answer would be trusted to keep the schema."""
        undeclared = [mode for mode in StructuredMode if mode not in bench.card.structured]
        if not undeclared:
            raise NotDeclared("The card lists every mode.")
        taken = []
        for mode in undeclared:
            outcome = await bench.outcome(bench.provider.complete(worksheet_request(bench, mode)))
            error = outcome.error
            if not (isinstance(error, ProviderError) and error.kind is ErrorKind.INVALID_REQUEST):
                taken.append(f"'{mode}' {outcome.in_words}")
        expect(
            not taken,
            f"Asked for a mode that the card does not list it did not refuse: {', '.join(taken)}. Raise a "
            "ProviderError of kind 'invalid_request'.",
        )


def worksheet_request(bench: Bench, mode: StructuredMode) -> Request:
    """A request for a worksheet."""
    return bench.request(
        _PROMPT, output_schema=SCHEMA, output_name="worksheet", structured=mode, settings=_ROOM
    )


async def _answer(bench: Bench, mode: StructuredMode, said: str) -> Completion:
    if mode not in bench.card.structured:
        raise NotDeclared(f"The card does not list '{mode}'.")
    if bench.is_rehearsed:
        bench.server.says = saying(said)
    return await bench.complete(worksheet_request(bench, mode))


async def _shows_schema_kept(bench: Bench, mode: StructuredMode) -> None:
    said = WORKSHEET.model_dump_json()
    completion = await _answer(bench, mode, said)
    try:
        read = Worksheet.model_validate_json(completion.text)
    except ValidationError as error:
        raise BrokenPromiseError(
            f"In the mode '{mode}' the text is no JSON that fits the schema: "
            f"{completion.text[:200]!r}. Give the "
            "JSON alone, without words or a code fence around it."
        ) from error
    if not bench.is_rehearsed:
        return
    expect(
        read == WORKSHEET,
        f"The model said {said}, and the completion holds {completion.text!r}: change nothing in it.",
    )
    sent = json.dumps(bench.server.calls[-1].json)
    for name in Worksheet.model_fields:
        expect(
            name in sent,
            f"In the mode '{mode}' the schema's field '{name}' did not reach the service: send "
            "output_schema.",
        )


async def _shows_text_kept(bench: Bench, mode: StructuredMode) -> None:
    said = WORKSHEET.model_dump_json(indent=1)
    if mode is StructuredMode.PROMPT:
        said = f"Here you are:\n```json\n{said}\n```"
    completion = await _answer(bench, mode, said)
    expect(bool(completion.text), f"In the mode '{mode}' the completion holds no text.")
    expect(
        not bench.is_rehearsed or completion.text == said,
        f"In the mode '{mode}' the model said {said!r}, and the completion holds "
        f"{completion.text!r}: reading "
        "JSON out of words is done elsewhere.",
    )
