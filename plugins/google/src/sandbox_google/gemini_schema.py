"""Turns a JSON schema into the part of JSON Schema that Gemini keeps an answer to."""

from sandbox.domain.exchange import JsonSchema

_KEPT = frozenset(
    {
        *("$anchor", "$defs", "$id", "$ref", "anyOf", "description", "enum", "format", "title", "type"),
        *("items", "maxItems", "maximum", "minItems", "minimum", "prefixItems"),
        *("additionalProperties", "properties", "required"),
    }
)
"""The keywords that the SDK's documentation of `response_json_schema` names."""
_KEPT_FORMATS = frozenset({"date", "date-time", "time"})


def gemini_schema(schema: JsonSchema) -> JsonSchema:
    """The schema in the keywords that Gemini takes, with the properties in the order of their author.

    What fits the schema fits this one, but not the other way round: lengths and patterns of texts, for
    example, are no part of it. The answer is to be validated all the same.
    """
    taken: JsonSchema = {
        keyword: _taken_value(keyword, value) for keyword, value in schema.items() if keyword in _KEPT
    }
    if "oneOf" in schema:
        taken["anyOf"] = [gemini_schema(inner) for inner in schema["oneOf"]]
    if "const" in schema:
        taken["enum"] = [schema["const"]]
    if "enum" in taken and not all(_can_be_listed(value) for value in taken["enum"]):
        del taken["enum"]
    if taken.get("format") not in _KEPT_FORMATS:
        taken.pop("format", None)
    if "properties" in taken:
        taken["propertyOrdering"] = list(taken["properties"])
    return _with_lone_reference(taken)


def _taken_value(keyword: str, value: object) -> object:
    match keyword, value:
        case (("properties" | "$defs"), dict()):
            return {name: gemini_schema(inner) for name, inner in value.items()}
        case (("items" | "additionalProperties"), dict()):
            return gemini_schema(value)
        case (("anyOf" | "prefixItems"), list()):
            return [gemini_schema(inner) for inner in value]
        case _:
            return value


def _can_be_listed(value: object) -> bool:
    """Whether a value may stand in an `enum`: texts and numbers may."""
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _with_lone_reference(schema: JsonSchema) -> JsonSchema:
    """The schema with a reference that has nothing beside it; pydantic puts the description there."""
    if "$ref" not in schema or all(keyword.startswith("$") for keyword in schema):
        return schema
    others = {keyword: value for keyword, value in schema.items() if keyword != "$ref"}
    return {**others, "anyOf": [{"$ref": schema["$ref"]}]}
