"""Turns a JSON schema into the plainer one that models with structured output of their own can keep."""

from sandbox.domain.exchange import JsonSchema

_KEPT = frozenset(
    {
        *("$defs", "$ref", "type", "enum", "const", "anyOf", "allOf", "oneOf"),
        *("properties", "required", "additionalProperties", "items", "title", "description"),
    }
)
"""What every such model takes. Bounds of texts, numbers and lists are what Anthropic's refuse."""

_KNOWN_FORMATS = frozenset(
    {"date", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "time", "uri", "uuid"}
)


def native_schema(schema: JsonSchema) -> JsonSchema:
    """The schema without the rules that such models do not keep; the answer is validated all the same."""
    plain = {word: _plain_value(word, value) for word, value in schema.items() if word in _KEPT}
    if "properties" in plain:
        plain["additionalProperties"] = False
    if "oneOf" in plain:
        plain["anyOf"] = plain.pop("oneOf")
    if schema.get("format") in _KNOWN_FORMATS:
        plain["format"] = schema["format"]
    if schema.get("minItems") in {0, 1}:
        plain["minItems"] = schema["minItems"]
    return plain


def _plain_value(word: str, value: object) -> object:
    match word, value:
        case (("properties" | "$defs"), dict()):
            return {name: native_schema(inner) for name, inner in value.items()}
        case (("items" | "additionalProperties"), dict()):
            return native_schema(value)
        case (("anyOf" | "oneOf" | "allOf"), list()):
            return [native_schema(inner) for inner in value]
        case _:
            return value
