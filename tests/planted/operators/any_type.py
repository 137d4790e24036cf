"""Ways to break an answer of any type."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.planted.planting import breaks
from tests.planted.unbroken import Answer

Change = Callable[[str], str]
_SENTENCES = (
    "response",
    "how",
    "teacher_does",
    "summary",
    "body",
    "text",
    "message",
    "descriptor",
    "support",
)
"""Fields that hold sentences, one of which most types have."""
_OF_THE_ANSWER = (
    *_SENTENCES,
    *(
        "why",
        "what",
        "worked_example",
        "answer",
        "key_points",
        "explanation",
        "task",
        "question",
        "teacher_note",
    ),
)
"""Fields in which the answer speaks for itself, and quotes nobody."""
_SUM = re.compile(r"(?<![\d/.,+×*-] )(?<![\d/.,])\d+ [+×*−-] \d+ = (\d+)(?![\d/]|[.,]\d| [+×*/−-])")


def _changed(value: Any, change: Change, fields: tuple[str, ...], field: str = "") -> Iterator[Any]:
    """The value with one text changed, for each text in these fields that changes."""
    if isinstance(value, str):
        if (not fields or field in fields) and (new := change(value)) != value:
            yield new
    elif isinstance(value, list):
        for place, each in enumerate(value):
            for new in _changed(each, change, fields, field):
                yield [*value[:place], new, *value[place + 1 :]]
    elif isinstance(value, dict):
        for name, each in value.items():
            for new in _changed(each, change, fields, name):
                yield value | {name: new}


def _first(answer: Answer, change: Change, fields: tuple[str, ...] = _SENTENCES) -> Answer | None:
    """The answer with the first text changed that bears it."""
    for record in _changed(answer.record, change, fields):
        try:
            return answer.showing(record)
        except ValueError:  # the text is too long now
            continue
    return None


def _ending(words: str) -> Change:
    return lambda text: f"{text} {words}" if " " in text else text


@breaks("no_invented_links")
def a_web_address_is_put_in(answer: Answer) -> Answer | None:
    """An address that nobody gave."""
    return _first(answer, _ending("See https://www.lessonpicks.example.org/a7."))


@breaks("no_invented_links")
def a_bare_site_is_put_in(answer: Answer) -> Answer | None:
    """A site without https."""
    return _first(answer, _ending("More on brightclassroom.com."))


@breaks("no_invented_links")
def a_mail_address_is_put_in(answer: Answer) -> Answer | None:
    """An address to write to."""
    return _first(answer, _ending("Write to help@brightclassroom.com."))


@breaks("no_invented_links")
def a_study_is_put_in(answer: Answer) -> Answer | None:
    """A reference that nobody gave."""
    return _first(answer, _ending("It works (Hartwell, 2016)."))


@breaks("arithmetic_correct")
def the_result_of_a_sum_is_changed(answer: Answer) -> Answer | None:
    """A true sum of the answer's own becomes wrong by one."""

    def change(text: str) -> str:
        found = _SUM.search(text)
        if found is None or found[0] in answer.subject.given:
            return text
        return f"{text[: found.start(1)]}{int(found[1]) + 1}{text[found.end(1) :]}"

    return _first(answer, change, _OF_THE_ANSWER)


@breaks("arithmetic_correct")
def a_wrong_product_is_put_in(answer: Answer) -> Answer | None:
    """Seven times eight is not 54."""
    return _first(answer, _ending("Note that 7 × 8 = 54."))


@breaks("arithmetic_correct")
def a_wrong_sum_of_fractions_is_put_in(answer: Answer) -> Answer | None:
    """Tops and bottoms are added."""
    return _first(answer, _ending("Here 1/2 + 1/3 = 2/5."))


@breaks("must_say")
def a_word_that_is_asked_for_is_taken_out(answer: Answer) -> Answer | None:
    """It is gone everywhere."""
    word = answer.case.must[0]

    def without(value: Any) -> Any:
        if isinstance(value, str):
            return re.sub(rf"\b{word}\b", "…", value, flags=re.IGNORECASE)
        if isinstance(value, list):
            return [without(each) for each in value]
        return {name: without(each) for name, each in value.items()} if isinstance(value, dict) else value

    try:
        return answer.showing(without(answer.record))
    except ValueError:  # it was a word that a field has to hold
        return None


@breaks("must_not_say")
def a_word_that_is_ruled_out_is_put_in(answer: Answer) -> Answer | None:
    """It stands at the end of a text."""
    return _first(answer, _ending(f"Think of {answer.case.must_not[0]}."))


@breaks("sections_present")
def a_section_only_holds_a_place(answer: Answer) -> Answer | None:
    """A text becomes 'TBD'."""
    return _first(answer, lambda _: "TBD")


@breaks("sections_present")
def a_section_is_three_dots(answer: Answer) -> Answer | None:
    """A text becomes an ellipsis."""
    return _first(answer, lambda _: "...")


@breaks("sections_present")
def a_section_bears_the_name_of_its_field(answer: Answer) -> Answer | None:
    """A text becomes the name of the field that it stands in."""
    for name in _SENTENCES:
        if (broken := _first(answer, lambda _, name=name: name.replace("_", " "), (name,))) is not None:
            return broken
    return None
