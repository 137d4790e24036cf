"""Schemas for models that take them as their own."""

from sandbox_bedrock.native_schema import native_schema


def test_rules_that_are_not_kept_are_left_out() -> None:
    """Bounds, patterns and defaults go, at every depth; types, names and descriptions stay."""
    schema = {
        "type": "object",
        "properties": {
            "minutes": {"type": "integer", "minimum": 1, "maximum": 90, "description": "How long."},
            "steps": {"type": "array", "items": {"$ref": "#/$defs/Step"}, "minItems": 3, "maxItems": 9},
            "default": {"anyOf": [{"type": "string", "pattern": "^a"}, {"type": "null"}], "default": None},
        },
        "required": ["minutes"],
        "$defs": {"Step": {"type": "object", "properties": {"what": {"type": "string", "minLength": 1}}}},
    }

    assert native_schema(schema) == {
        "type": "object",
        "properties": {
            "minutes": {"type": "integer", "description": "How long."},
            "steps": {"type": "array", "items": {"$ref": "#/$defs/Step"}},
            "default": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        },
        "required": ["minutes"],
        "additionalProperties": False,
        "$defs": {
            "Step": {
                "type": "object",
                "properties": {"what": {"type": "string"}},
                "additionalProperties": False,
            }
        },
    }


def test_what_is_kept_stays() -> None:
    """Known formats, choices, and that a list has at least one member."""
    schema = {
        "type": "array",
        "minItems": 1,
        "items": {"oneOf": [{"type": "string", "format": "date"}, {"enum": ["a", "b"]}, {"const": 1}]},
    }

    assert native_schema(schema) == {
        "type": "array",
        "minItems": 1,
        "items": {"anyOf": [{"type": "string", "format": "date"}, {"enum": ["a", "b"]}, {"const": 1}]},
    }


def test_the_schema_that_came_is_not_changed() -> None:
    """The same schema is used again, for checking the answer."""
    schema = {"type": "object", "properties": {"a": {"type": "string", "maxLength": 3}}}

    native_schema(schema)

    assert schema == {"type": "object", "properties": {"a": {"type": "string", "maxLength": 3}}}
