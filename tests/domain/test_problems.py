"""Problems are told in plain words, at the place where they are."""

from datetime import date

import pytest
from pydantic import Field, ValidationError

from sandbox.domain.audience import Grade
from sandbox.domain.problems import describe_problems
from sandbox.domain.prompt import InputValue
from sandbox.domain.record import Record


class Part(Record):
    """A part of a thing."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    is_needed: bool = Field(default=True, alias="needed")


class Thing(Record):
    """Something with a field of each sort."""

    minutes: int = Field(default=1, ge=1, le=120)
    share: float = 0
    title: str = Field(default="x", min_length=1, max_length=5)
    version: str = Field(default="1.0.0", pattern=r"^\d+\.\d+\.\d+$")
    code: str = Field(default="AB", pattern="^[A-Z]+$")
    word: str = Field(default="abc", min_length=3)
    day: date = date(2026, 3, 31)
    grade: Grade | None = None
    example: InputValue | None = None
    values: dict[str, InputValue] = {}
    tags: tuple[str, ...] = Field(default=("a",), min_length=1, max_length=2)
    parts: list[Part] = []
    choice: str | Part = "x"


def _problems(value: object, *, echo_values: bool = False) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        Thing.model_validate(value)
    return [str(problem) for problem in describe_problems(caught.value, Thing, echo_values=echo_values)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"minutes": "forty"}, "minutes: should be a whole number"),
        ({"minutes": 4.5}, "minutes: should be a whole number"),
        ({"minutes": 0}, "minutes: should be at least 1"),
        ({"minutes": 121}, "minutes: should be at most 120"),
        ({"minutes": None}, "minutes: is empty, but should be a whole number"),
        ({"share": "half"}, "share: should be a number"),
        ({"title": ""}, "title: should not be empty"),
        ({"title": "too long"}, "title: should have at most 5 characters"),
        ({"word": "a"}, "word: should have at least 3 characters"),
        ({"title": 4}, "title: should be a text (put it in quotes)"),
        ({"title": ["a"]}, "title: should be a text"),
        ({"version": "1"}, "version: should be a version of three numbers, such as 1.0.0"),
        ({"code": "a"}, "code: should fit the pattern ^[A-Z]+$"),
        ({"day": "soon"}, "day: should be a date such as 2026-03-31"),
        ({"grade": 13}, "grade: should be a grade from K to 12, such as 4"),
        ({"tags": "a"}, "tags: should be a list"),
        ({"tags": []}, "tags: should have at least 1 item"),
        ({"tags": ["a", "b", "c"]}, "tags: should have at most 2 items"),
        ({"tags": ["a", {}]}, "tags[1]: should be a text"),
        ({"parts": [{}]}, "parts[0].name: is missing"),
        ({"parts": ["a"]}, "parts[0]: should be a group of named fields"),
        ({"parts": [{"name": "a", "needed": "so"}]}, "parts[0].needed: should be true or false"),
        (
            {"parts": [{"name": "A b"}]},
            "parts[0].name: should be a name in small letters, digits and _, beginning with a letter",
        ),
        (
            {"parts": [{"name": "a", "neded": True}]},
            'parts[0].neded: is not a known field. Did you mean "needed"?',
        ),
        ({"parts": [{"name": "a", "zz": 1}]}, "parts[0].zz: is not a known field. Known: name, needed."),
        ({"minuts": 3}, 'minuts: is not a known field. Did you mean "minutes"?'),
        (
            {"example": {"a": 1}},
            "example: should be a text, a whole number, a number, true or false or a list",
        ),
        ({"values": {"a": ["x", {}]}}, "values.a[1]: should be a text"),
        ({"values": {3: "a"}}, "values[3]: should be a text (put it in quotes)"),
        ({"choice": {"nam": "a"}}, "choice.name: is missing"),
        ([], "the top level: should be a group of named fields"),
    ],
)
def test_a_problem_is_told_in_plain_words(value: object, expected: str) -> None:
    """Each sort of problem has its sentence, without the words of programmers."""
    assert expected in _problems(value)


def test_all_problems_are_told_at_once() -> None:
    """Nobody mends one field only to hear of the next."""
    assert _problems({"minutes": 0, "tags": 1, "titel": "x"}) == [
        "minutes: should be at least 1",
        "tags: should be a list",
        'titel: is not a known field. Did you mean "title"?',
    ]


def test_values_are_shown_only_if_asked_for_and_never_at_length() -> None:
    """What a student may have written is not repeated."""
    long = "a sentence that goes on\nand on and on, for ever"
    value = {"minutes": long, "share": "half", "tags": True, "title": 4}

    assert _problems(value, echo_values=True) == [
        'minutes: should be a whole number, not "a sentence that goes on and on and on, …"',
        'share: should be a number, not "half"',
        "title: should be a text (put it in quotes), not 4",
        "tags: should be a list, not true",
    ]
    assert "sentence" not in " ".join(_problems(value))


def test_without_the_type_the_places_are_told_all_the_same() -> None:
    """Only the advice is lost."""
    with pytest.raises(ValidationError) as caught:
        Thing.model_validate({"minuts": 3, "parts": [{"name": 4}]})

    assert [str(problem) for problem in describe_problems(caught.value)] == [
        "parts[0].name: should be a text (put it in quotes)",
        "minuts: is not a known field.",
    ]
