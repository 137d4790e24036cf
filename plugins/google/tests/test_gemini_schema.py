"""Which part of a JSON schema Gemini is sent."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field
from sandbox_google.gemini_schema import gemini_schema

TAKEN = {
    *("$defs", "$ref", "additionalProperties", "anyOf", "description", "enum", "format", "items"),
    *("maxItems", "maximum", "minItems", "minimum", "prefixItems", "properties", "propertyOrdering"),
    *("required", "title", "type"),
}


class Level(StrEnum):
    """How hard something is."""

    EASY = "easy"
    HARD = "hard"


class Step(BaseModel):
    """One step."""

    kind: Literal["step"] = "step"
    title: str = Field(min_length=1, max_length=80, pattern="^[A-Z]")
    minutes: int = Field(gt=0, le=90)
    substeps: list["Step"] = Field(default=[], max_length=5)


class Break(BaseModel):
    """A break."""

    kind: Literal["break"] = "break"
    site: str = Field(json_schema_extra={"format": "uri"})
    day: str = Field(json_schema_extra={"format": "date"})


class Plan(BaseModel):
    """A plan that uses what schemas can say."""

    level: Level = Field(description="For whom it is.")
    pattern: str | None = None
    parts: list[Annotated[Step | Break, Field(discriminator="kind")]] = Field(min_length=1)
    yes: Literal[True] = True


def keywords(schema: Any) -> set[str]:
    """Every keyword in a schema; names of properties are none."""
    if isinstance(schema, list):
        return set().union(*map(keywords, schema))
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for keyword, value in schema.items():
        inner = list(value.values()) if keyword in {"properties", "$defs"} else value
        found |= keywords(inner)
    return found


def test_only_keywords_that_the_service_takes_are_left() -> None:
    """A schema made by pydantic keeps its shape, and loses what Gemini does not know."""
    schema = gemini_schema(Plan.model_json_schema())

    assert keywords(schema) <= TAKEN
    assert list(schema["properties"]) == ["level", "pattern", "parts", "yes"]
    assert schema["propertyOrdering"] == ["level", "pattern", "parts", "yes"]
    assert schema["properties"]["parts"]["minItems"] == 1
    assert schema["$defs"]["Step"]["properties"]["minutes"] == {
        "maximum": 90,
        "title": "Minutes",
        "type": "integer",
    }


def test_a_reference_stands_alone() -> None:
    """What pydantic writes beside it is kept around it."""
    schema = gemini_schema(Plan.model_json_schema())

    assert schema["properties"]["level"] == {
        "anyOf": [{"$ref": "#/$defs/Level"}],
        "description": "For whom it is.",
    }


def test_one_of_and_constants_are_said_otherwise() -> None:
    """Gemini reads `oneOf` as `anyOf`, and takes a list of one value for a constant."""
    schema = gemini_schema(Plan.model_json_schema())

    choices = schema["properties"]["parts"]["items"]["anyOf"]
    assert choices == [{"$ref": "#/$defs/Step"}, {"$ref": "#/$defs/Break"}]
    assert schema["$defs"]["Step"]["properties"]["kind"]["enum"] == ["step"]
    assert "enum" not in schema["properties"]["yes"]


def test_formats_that_are_not_known_are_left_out() -> None:
    """Dates are known; addresses are not."""
    schema = gemini_schema(Plan.model_json_schema())

    properties = schema["$defs"]["Break"]["properties"]
    assert properties["day"]["format"] == "date"
    assert "format" not in properties["site"]


def test_a_property_may_be_called_like_a_keyword() -> None:
    """Names of properties are the author's own."""
    schema = gemini_schema(Plan.model_json_schema())

    assert schema["properties"]["pattern"]["anyOf"] == [{"type": "string"}, {"type": "null"}]


def test_the_schema_that_is_given_stays_as_it_is() -> None:
    """Others use it, too."""
    given = Plan.model_json_schema()

    gemini_schema(given)

    assert given == Plan.model_json_schema()
