"""Reading the items of a quiz: keys, distractors, and what an option says."""

from collections.abc import Iterator

from sandbox.bundled.artifacts.quiz import Item, ItemKind, Option, Quiz
from sandbox.bundled.reading.wording import fold
from sandbox.contracts.late import late_pattern

_LABEL = late_pattern(r"^\(?[a-e][.):]\s+")


def bare_option(text: str) -> str:
    """What an option says, folded, without a letter before it and a full stop behind it."""
    return _LABEL.sub("", fold(text)).rstrip(" .").strip() or fold(text)


def choices(quiz: Quiz) -> Iterator[tuple[int, Item, int]]:
    """Each item of choice that has one key: its index, the item, and the index of its key."""
    for index, item in enumerate(quiz.items):
        keys = [place for place, option in enumerate(item.options) if option.is_key]
        if item.kind is ItemKind.MULTIPLE_CHOICE and len(keys) == 1 and len(item.options) > 1:
            yield index, item, keys[0]


def distractors(item: Item) -> tuple[tuple[int, Option], ...]:
    """The wrong options, each with its index."""
    return tuple((place, option) for place, option in enumerate(item.options) if not option.is_key)


def answers_of(item: Item) -> tuple[str, ...]:
    """The right answers of an item, as written."""
    return (*(option.text for option in item.options if option.is_key), *item.accepted_answers)
