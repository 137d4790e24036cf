"""Makes an artifact of a type that nobody has seen before: the least that its JSON schema allows."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sandbox.domain.artifact import Artifact
from sandbox.domain.exchange import JsonSchema
from sandbox.errors import FAULTS

Kind = TypeVar("Kind", bound=Artifact)
_DEEPEST = 10
_WORDS = "Bring a ruler and a pencil. "
_FORMATS = {
    "date": "2026-03-05",
    "date-time": "2026-03-05T12:00:00Z",
    "time": "12:00:00",
    "uri": "https://example.org/",
    "email": "class@example.org",
    "uuid": "3f2b8c1e-5a4d-4e6f-9b7a-1c2d3e4f5a6b",
}


def made_artifact(kind: type[Kind]) -> Kind | None:
    """An artifact of this type; None if its type asks for more than its schema says."""
    try:
        schema = kind.schema_for_model()
        return kind.model_validate(_value(schema, schema.get("$defs", {}), depth=0))
    except FAULTS:
        return None


def _value(schema: JsonSchema, definitions: Mapping[str, JsonSchema], *, depth: int) -> Any:
    if "$ref" in schema:
        schema = definitions.get(str(schema["$ref"]).rpartition("/")[2], {})
    for several in ("anyOf", "oneOf", "allOf"):
        if schema.get(several):
            # Far down the last one is taken, which mostly is null: a type may hold itself.
            place = 0 if depth < _DEEPEST else -1
            return _value(schema[several][place], definitions, depth=depth + 1)
    if "const" in schema or schema.get("enum"):
        return schema["const"] if "const" in schema else schema["enum"][0]
    return _value_of_type(schema, definitions, depth)


def _value_of_type(schema: JsonSchema, definitions: Mapping[str, JsonSchema], depth: int) -> Any:
    made: Any = None
    match schema.get("type"):
        case "object":
            wanted = schema.get("properties", {})
            made = {name: _value(part, definitions, depth=depth + 1) for name, part in wanted.items()}
        case "array":
            made = _items(schema, definitions, depth)
        case "string":
            made = _text(schema)
        case "integer":
            made = int(_number(schema))
        case "number":
            made = _number(schema)
        case "boolean":
            made = False
    return made


def _items(schema: JsonSchema, definitions: Mapping[str, JsonSchema], depth: int) -> list[Any]:
    if depth > _DEEPEST:  # a type that holds itself
        return []
    first = [_value(part, definitions, depth=depth + 1) for part in schema.get("prefixItems", [])]
    wanted = max(schema.get("minItems", 0), min(1, schema.get("maxItems", 1)))
    item = schema.get("items")
    if not isinstance(item, dict):
        return first
    return first + [_value(item, definitions, depth=depth + 1) for _ in range(max(0, wanted - len(first)))]


def _text(schema: JsonSchema) -> str:
    known = _FORMATS.get(str(schema.get("format", "")))
    if known:
        return known
    least, most = int(schema.get("minLength", 0)), int(schema.get("maxLength", 1000))
    length = min(most, max(least, len(_WORDS.strip())))
    text = (_WORDS * (length // len(_WORDS) + 1))[:length]
    return text.rstrip().ljust(length, ".")


def _number(schema: JsonSchema) -> float:
    """One within the bounds: the least whole one, or one halfway between them."""
    is_whole = schema.get("type") == "integer"
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    if low is not None and high is not None and not is_whole:
        return (float(low) + float(high)) / 2
    if low is not None:
        return float(low) + ("exclusiveMinimum" in schema)
    if high is not None:
        return min(0.0, float(high) - ("exclusiveMaximum" in schema))
    return 0.0
