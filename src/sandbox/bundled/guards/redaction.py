"""Taking stretches out of texts: each value gets a placeholder, the same one wherever it stands."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from sandbox.contracts.guard import GuardAction, GuardDecision


class Kind(StrEnum):
    """What is taken out; the word in its placeholder."""

    STUDENT = "STUDENT"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ID = "ID"
    ADDRESS = "ADDRESS"
    BIRTH_DATE = "BIRTH_DATE"


_WORDS = {
    Kind.STUDENT: ("name", "names"),
    Kind.EMAIL: ("e-mail address", "e-mail addresses"),
    Kind.PHONE: ("phone number", "phone numbers"),
    Kind.ID: ("id number", "id numbers"),
    Kind.ADDRESS: ("street address", "street addresses"),
    Kind.BIRTH_DATE: ("date of birth", "dates of birth"),
}
PLACEHOLDER = rf"\[(?:{'|'.join(Kind)})_[0-9]{{1,6}}\]"
"""A placeholder of ours, as a regular expression."""
_PLACEHOLDER = re.compile(PLACEHOLDER)
_TAKEN_NUMBER = re.compile(rf"({'|'.join(Kind)})\\?[_ ]0*([0-9]{{1,6}})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where something stands that must not leave. Stretches of one kind and value share a placeholder."""

    start: int
    end: int
    kind: Kind
    value: Hashable


def redact(
    texts: Mapping[str, str], find: Callable[[str], Iterable[Stretch]], *, clean: str
) -> GuardDecision:
    """The decision that takes out every stretch that `find` sees; `clean` is the reason if there is none.

    What is left is looked at again, since one thing can hide another that stands right beside it.
    Stretches of one text must not overlap.
    """
    placeholders = _Placeholders(texts.values())
    left: dict[str, str] = {}
    for name, original in texts.items():
        text = original
        while stretches := sorted(find(text), key=lambda stretch: stretch.start):
            text = placeholders.put_into(text, stretches)
        left[name] = text
    if not placeholders.replaced:
        return GuardDecision(action=GuardAction.ALLOW, reason=clean, texts=texts)
    return GuardDecision(
        action=GuardAction.REDACT,
        reason=placeholders.reason(),
        texts=left,
        replaced=placeholders.replaced,
    )


class _Placeholders:
    """Hands out placeholders, and none that the texts hold already."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.replaced: dict[str, str] = {}
        self._texts = tuple(texts)
        self._given: dict[tuple[Kind, Hashable], str] = {}

    @cached_property
    def _taken(self) -> set[str]:
        return {
            f"[{kind.upper()}_{number}]"
            for text in self._texts
            for kind, number in _TAKEN_NUMBER.findall(text)
        }

    def put_into(self, text: str, stretches: Sequence[Stretch]) -> str:
        pieces: list[str] = []
        done = 0
        for stretch in stretches:
            pieces += text[done : stretch.start], self._give(stretch, text[stretch.start : stretch.end])
            done = stretch.end
        return "".join((*pieces, text[done:]))

    def _give(self, stretch: Stretch, original: str) -> str:
        key = (stretch.kind, stretch.value)
        if key not in self._given:
            number = 1 + sum(kind is stretch.kind for kind, _ in self._given)
            while (placeholder := f"[{stretch.kind}_{number}]") in self._taken:
                number += 1
            self._taken.add(placeholder)
            self._given[key] = placeholder
            self.replaced[placeholder] = _PLACEHOLDER.sub(self._original, original)
        return self._given[key]

    def _original(self, placeholder: re.Match[str]) -> str:
        return self.replaced.get(placeholder[0], placeholder[0])

    def reason(self) -> str:
        counts = Counter(kind for kind, _ in self._given)
        said = [f"{n} {_WORDS[kind][n > 1]}" for kind, n in counts.items()]
        listed = " and ".join(part for part in (", ".join(said[:-1]), said[-1]) if part)
        return f"{listed} {'was' if counts.total() == 1 else 'were'} taken out."
