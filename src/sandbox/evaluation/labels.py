"""People's labels as numbers: yes or no, places in an order, or numbers that they gave."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from sandbox.domain.record import Record
from sandbox.errors import InputError

_SAY_YES = {"yes", "true", "1", "fail", "positive"}
_SAY_NO = {"no", "false", "0", "pass", "negative"}
_MOST_SHOWN = 12


class LabelMeaning(Record):
    """How labels are to be read; without anything, yes and no, or numbers of which the higher are worse."""

    positive: tuple[str, ...] = ()
    """Labels that say that the check should have found something."""
    order: tuple[str, ...] = ()
    """All labels from the best to the worst."""
    is_higher_better: bool = False
    """For labels that are numbers."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of some rows, a number each: the higher, the more the check should find."""

    values: tuple[float, ...]
    positive: frozenset[float] = frozenset()
    """Values that say that the check should have found something."""
    order: tuple[str, ...] = ()
    are_numbers: bool = False

    def is_positive(self, value: float) -> bool:
        """Whether this value says that the check should have found something."""
        return value in self.positive

    def of(self, rows: Sequence[int]) -> "Labels":
        """The labels of some of the rows."""
        values = tuple(self.values[row] for row in rows)
        return Labels(values, self.positive, self.order, are_numbers=self.are_numbers)


def read_meaning(texts: Sequence[str], meaning: LabelMeaning) -> tuple[Labels, LabelMeaning]:
    """The labels as numbers, and how they were read.

    Raises:
        InputError: nobody can tell how they are to be read.
    """
    found = set(texts)
    if meaning.order:
        return _ordered(texts, meaning)
    if meaning.positive:
        _see_to_names(meaning.positive, found)
        return _yes_or_no(texts, frozenset(meaning.positive)), meaning
    if {text.lower() for text in found} <= _SAY_YES | _SAY_NO:
        positive = frozenset(text for text in found if text.lower() in _SAY_YES)
        return _yes_or_no(texts, positive), meaning.model_copy(update={"positive": tuple(sorted(positive))})
    numbers = [_number(text) for text in texts]
    if None not in numbers:
        sign = -1 if meaning.is_higher_better else 1
        values = tuple(sign * number for number in numbers if number is not None)
        return Labels(values, are_numbers=True), meaning
    raise InputError(
        "Which labels say that the check should have found something? Name them with --positive, or all of "
        f"them from the best to the worst with --order. The labels are: {_shown(found)}."
    )


def _ordered(texts: Sequence[str], meaning: LabelMeaning) -> tuple[Labels, LabelMeaning]:
    if missing := set(texts) - set(meaning.order):
        raise InputError(f"The order of the labels leaves some out: {_shown(missing)}.")
    positive = meaning.positive or meaning.order[-1:]
    _see_to_names(positive, set(meaning.order))
    place = {label: float(number) for number, label in enumerate(meaning.order)}
    labels = Labels(
        tuple(place[text] for text in texts), frozenset(place[text] for text in positive), meaning.order
    )
    return labels, meaning.model_copy(update={"positive": positive})


def _yes_or_no(texts: Sequence[str], positive: frozenset[str]) -> Labels:
    return Labels(tuple(float(text in positive) for text in texts), frozenset({1.0}))


def _see_to_names(positive: Sequence[str], found: set[str]) -> None:
    if unknown := set(positive) - found:
        raise InputError(f"No row is labelled {_shown(unknown)}. The labels are: {_shown(found)}.")


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _shown(labels: set[str]) -> str:
    shown = ", ".join(f"'{label}'" for label in sorted(labels)[:_MOST_SHOWN])
    return shown + (f" and {len(labels) - _MOST_SHOWN} more" if len(labels) > _MOST_SHOWN else "")
