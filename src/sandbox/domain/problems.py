"""What is wrong with a value, in words for people who are not programmers."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_SHOWN_CHARACTERS = 40

Location = tuple[str | int, ...]
"""The names and indexes that lead to a value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a value, and where: `minutes: should be a whole number`."""

    path: str
    """As in evidence: `segments[2].minutes`."""
    text: str
    location: Location
    """The same place in parts, for those who look up its line in a file."""

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


def describe_problems(
    error: ValidationError,
    kind: object = None,
    *,
    echo_values: bool = False,
) -> list[Problem]:
    """Everything that is wrong with a value, in the order in which its type tells its fields.

    Args:
        error: what pydantic said.
        kind: the type that was asked for. With it, unknown fields get the nearest known name, and the
            alternatives of a field are told in one problem.
        echo_values: whether to show values, up to 40 characters; never for what a student may have written.
    """
    found: list[_Found] = []
    for details in error.errors(include_url=False):
        location, holder, in_union = _place(details["loc"], kind)
        text = _text(details, location, holder)
        shown = _shown(details["input"]) if echo_values and text.startswith("should ") else ""
        found.append(_Found(location, text, shown, in_union=in_union))
    return [
        Problem(path_text(location), text, location) for location, text in _joined(_without_roots(found))
    ]


def path_text(location: Location) -> str:
    """The place as one reads it: `segments[2].minutes`."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{shorten(part)}"
    return text.removeprefix(".") or "the top level"


def near_names(name: str, known: Iterable[str]) -> str:
    """What may be meant by a name that is not known, as a sentence."""
    known = list(known)
    near = get_close_matches(name, known, n=2)
    if near:
        return "Did you mean " + " or ".join(f'"{each}"' for each in near) + "?"
    return f"Known: {', '.join(known)}." if known else "There is nothing to name here."


def shorten(text: str) -> str:
    """The text on one line, cut at 40 characters."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…"


@dataclass(frozen=True, slots=True)
class _Found:
    location: Location
    text: str
    shown: str
    in_union: bool


def _without_roots(found: Sequence[_Found]) -> list[_Found]:
    """Without 'should be a text' for a list whose second item is wrong: the list was what was meant."""
    deeper = {
        each.location[:length] for each in found if each.in_union for length in range(len(each.location))
    }
    return [each for each in found if not (each.in_union and each.location in deeper)]


def _joined(found: Sequence[_Found]) -> list[tuple[Location, str]]:
    """One text for each place: a field that may be a text or a number is told once."""
    by_place: dict[Location, list[_Found]] = {}
    for each in found:
        by_place.setdefault(each.location, []).append(each)
    joined = []
    for location, group in by_place.items():
        texts = list(dict.fromkeys(each.text for each in group))
        wanted = [text.removeprefix("should be ") for text in texts]
        if len(texts) > 1 and all(text.startswith("should be ") for text in texts):
            texts = [f"should be {', '.join(wanted[:-1])} or {wanted[-1]}"]
        joined.append((location, "; ".join(texts) + group[0].shown))
    return joined


def _place(parts: Sequence[str | int], kind: object) -> tuple[Location, object, bool]:
    """Where an error stands, the type that holds that place, and whether it is one of alternatives.

    Pydantic puts the alternative that it tried among the names: `example.tuple[str, ...].0`.
    """
    location: list[str | int] = []
    holder, in_union = None, False
    for part in parts:
        alternatives = _alternatives(kind)
        if len(alternatives) > 1:
            in_union = True
            kind = next((each for each in alternatives if getattr(each, "__name__", "") == part), None)
        elif part != "[key]":
            location.append(part)
            holder = alternatives[0] if alternatives else None
            kind = _inside(holder, part)
    return tuple(location), holder, in_union


def _alternatives(kind: object) -> tuple[object, ...]:
    """The types that a value may have, None left out."""
    if kind is None:
        return ()
    if get_origin(kind) is Annotated:
        return _alternatives(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        return tuple(each for each in get_args(kind) if each is not NoneType)
    return (kind,)


def _inside(holder: object, part: str | int) -> object:
    """The type of what a value of type `holder` holds under a name or index; None if unknown."""
    if isinstance(holder, type) and issubclass(holder, BaseModel):
        named = {field.alias or name: field for name, field in holder.model_fields.items()}
        field = named.get(str(part))
        return field.annotation if field else None
    arguments = get_args(holder)
    return arguments[-1 if get_origin(holder) in {dict, Mapping} else 0] if arguments else None


def _field_names(holder: object) -> list[str]:
    if isinstance(holder, type) and issubclass(holder, BaseModel):
        return [field.alias or name for name, field in holder.model_fields.items()]
    return []


def _shown(value: object) -> str:
    match value:
        case bool():
            return f", not {str(value).lower()}"
        case int() | float():
            return f", not {value}"
        case str() if value:
            return f", not {json.dumps(shorten(value), ensure_ascii=False)}"
        case _:
            return ""


def _text(details: ErrorDetails, location: Location, holder: object) -> str:
    """What is wrong, in the words of `_TEXTS`; else what pydantic says, without its jargon."""
    kind, context = details["type"], details.get("ctx", {})
    if kind == "extra_forbidden":
        known = _field_names(holder)
        advice = f" {near_names(str(location[-1]), known)}" if known else ""
        return f"is not a known field.{advice}"
    if kind in _TEXTS:
        text = _TEXTS[kind]
        text = text if isinstance(text, str) else text(context)
    else:
        text = details["msg"].removeprefix("Input ").removeprefix("Value error, ")
    if kind == "string_type" and isinstance(details["input"], int | float):
        text += " (put it in quotes)"
    if details["input"] is None and text.startswith("should "):
        return f"is empty, but {text}"
    return text


Context = Mapping[str, Any]


def _count(context: Context, key: str) -> str:
    number = context[key]
    return f"{number:,} item" if number == 1 else f"{number:,} items"


def _pattern(context: Context) -> str:
    words = _PATTERNS.get(context["pattern"])
    return f"should be {words}" if words else f"should fit the pattern {context['pattern']}"


_NUMBER = "should be a number"
_WHOLE = "should be a whole number"
_TEXT = "should be a text"
_YES_NO = "should be true or false"
_LIST = "should be a list"
_GROUP = "should be a group of named fields"
_DATE = "should be a date such as 2026-03-31"

_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": "a name in small letters, digits and _, beginning with a letter",
    r"^\d+\.\d+\.\d+$": "a version of three numbers, such as 1.0.0",
}

_TEXTS: dict[str, str | Callable[[Context], str]] = {
    "missing": "is missing",
    "string_type": _TEXT,
    "string_pattern_mismatch": _pattern,
    "string_too_short": lambda context: (
        "should not be empty"
        if context["min_length"] == 1
        else f"should have at least {context['min_length']} characters"
    ),
    "string_too_long": lambda context: f"should have at most {context['max_length']:,} characters",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "enum": lambda context: f"should be {context['expected']}",
    "literal_error": lambda context: f"should be {context['expected']}",
    "greater_than": lambda context: f"should be more than {context['gt']}",
    "greater_than_equal": lambda context: f"should be at least {context['ge']}",
    "less_than": lambda context: f"should be less than {context['lt']}",
    "less_than_equal": lambda context: f"should be at most {context['le']}",
    "too_short": lambda context: f"should have at least {_count(context, 'min_length')}",
    "too_long": lambda context: f"should have at most {_count(context, 'max_length')}",
    "tuple_type": _LIST,
    "list_type": _LIST,
    "set_type": _LIST,
    "dict_type": _GROUP,
    "mapping_type": _GROUP,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "json_invalid": "should be JSON",
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "datetime_type": _DATE,
    "datetime_parsing": _DATE,
    "datetime_from_date_parsing": _DATE,
    "value_error": lambda context: str(context["error"]),
}
