"""The strict dialect of JSON schema."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.providers.strict_schema import strict_schema
from sandbox.domain.artifact import Artifact


def subschemas(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema in a schema, itself first; names of properties are no keywords."""
    yield schema
    inner = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    inner += [*schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])]
    for each in inner:
        yield from subschemas(each)


@pytest.mark.parametrize("kind", [LessonPlan, Feedback])
def test_our_artifacts_come_out_strict(kind: type[Artifact]) -> None:
    """Objects are closed, every property is required, references stand alone, every text is bounded."""
    strict = strict_schema(kind.schema_for_model())

    found = list(subschemas(strict))
    objects = [schema for schema in found if schema.get("type") == "object"]
    references = [schema for schema in found if "$ref" in schema]
    texts = [schema for schema in found if schema.get("type") == "string" and "enum" not in schema]
    assert objects
    assert references
    assert texts
    assert all(schema["additionalProperties"] is False for schema in objects)
    assert all(schema["required"] == list(schema["properties"]) for schema in objects)
    assert all(list(schema) == ["$ref"] for schema in references)
    assert all("maxLength" in schema for schema in texts)


@pytest.mark.parametrize("kind", [LessonPlan, Feedback])
def test_our_artifacts_lose_nothing(kind: type[Artifact]) -> None:
    """They are strict as they are, but for references that have a description beside them."""
    schema = kind.schema_for_model()

    strict = strict_schema(schema)

    for each in subschemas(strict):
        if [list(option) for option in each.get("anyOf", [])] == [["$ref"]]:
            each.update(each.pop("anyOf")[0])
    assert strict == schema


def test_the_schema_that_is_given_stays_as_it_was() -> None:
    """A new schema is made."""
    schema = LessonPlan.schema_for_model()
    before = deepcopy(schema)

    strict_schema(schema)

    assert schema == before


@pytest.mark.parametrize(
    ("schema", "strict"),
    [
        ({"type": "string", "default": "x", "maxLength": 5}, {"type": "string", "maxLength": 5}),
        ({"type": "string", "format": "uri"}, {"type": "string"}),
        ({"type": "string", "format": "date"}, {"type": "string", "format": "date"}),
        (
            {"type": "array", "items": {"type": "integer", "default": 1}, "uniqueItems": True},
            {"type": "array", "items": {"type": "integer"}},
        ),
        (
            {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/A"}], "discriminator": {"propertyName": "a"}},
            {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/A"}]},
        ),
        (
            {"$ref": "#/$defs/A", "description": "An A.", "default": None},
            {"description": "An A.", "anyOf": [{"$ref": "#/$defs/A"}]},
        ),
        ({"$ref": "#/$defs/A", "default": None}, {"$ref": "#/$defs/A"}),
        ({"enum": ["default", "if"]}, {"enum": ["default", "if"]}),
        (
            {"type": "object", "additionalProperties": {"type": "integer", "default": 0}},
            {"type": "object", "additionalProperties": {"type": "integer"}},
        ),
    ],
    ids=[
        "default", "unknown format", "known format", "list", "one of", "reference with words",
        "reference alone", "values are no keywords", "free map",
    ],
)  # fmt: skip
def test_each_keyword_takes_its_strict_form(schema: dict[str, Any], strict: dict[str, Any]) -> None:
    """What a strict service refuses goes; what it keeps stays."""
    assert strict_schema(schema) == strict


def test_properties_may_be_named_like_keywords() -> None:
    """A field called `default` is a field."""
    schema = {"type": "object", "properties": {"default": {"type": "string"}, "not": {"type": "string"}}}

    strict = strict_schema(schema)

    assert strict == schema | {"required": ["default", "not"], "additionalProperties": False}
