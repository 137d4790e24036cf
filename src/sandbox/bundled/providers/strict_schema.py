"""Turns a JSON schema into the strict dialect that services with native structured output take."""

from sandbox.domain.exchange import JsonSchema

_REFUSED = frozenset(
    {
        *(
            "$comment",
            "$schema",
            "default",
            "deprecated",
            "discriminator",
            "examples",
            "readOnly",
            "writeOnly",
        ),
        *("contains", "maxContains", "minContains", "unevaluatedItems", "uniqueItems"),
        *("maxProperties", "minProperties", "patternProperties", "propertyNames", "unevaluatedProperties"),
        *("dependentRequired", "dependentSchemas", "else", "if", "not", "then"),
    }
)
"""Keywords that a strict service refuses. Bounds of texts, numbers and lists it takes and keeps."""

_KNOWN_FORMATS = frozenset(
    {"date", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "time", "uuid"}
)


def strict_schema(schema: JsonSchema) -> JsonSchema:
    """The schema in the strict dialect: closed objects, every property required, no refused keyword.

    What fits it fits the schema, save for the refused keywords: the answer is to be validated all the same.
    A free map (`dict[str, X]`) has no strict form and stays as it is, for the service to refuse.
    """
    strict: JsonSchema = {
        keyword: _strict_value(keyword, value)
        for keyword, value in schema.items()
        if keyword not in _REFUSED
    }
    if "properties" in strict:
        strict |= {"additionalProperties": False, "required": list(strict["properties"])}
    if strict.get("format") not in _KNOWN_FORMATS:
        strict.pop("format", None)
    if "oneOf" in strict:
        strict["anyOf"] = strict.pop("oneOf")
    if "$ref" in strict and len(strict) > 1:
        # A reference may have nothing beside it, and pydantic puts the description there.
        strict["anyOf"] = [{"$ref": strict.pop("$ref")}]
    return strict


def _strict_value(keyword: str, value: object) -> object:
    match keyword, value:
        case (("properties" | "$defs"), dict()):
            return {name: strict_schema(inner) for name, inner in value.items()}
        case (("items" | "additionalProperties"), dict()):
            return strict_schema(value)
        case (("anyOf" | "oneOf" | "allOf" | "prefixItems"), list()):
            return [strict_schema(inner) for inner in value]
        case _:
            return value
