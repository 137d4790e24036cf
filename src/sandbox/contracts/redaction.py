"""For guards that take stretches out of texts: each value gets a placeholder, wherever it stands."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sandbox.contracts.guard import GuardAction, GuardDecision

PLACEHOLDER = r"\[[A-Z]+(?:_[A-Z]+)*_[0-9]{1,6}\]"
"""A placeholder, as a regular expression."""
_PLACEHOLDER = re.compile(PLACEHOLDER)

Words = Mapping[str, tuple[str, str]]
"""For each label what it stands for in the singular and the plural, for people."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where something stands that must not leave. Stretches of one label and value share a placeholder."""

    start: int
    end: int
    label: str
    """The word in its placeholder, in capitals: `PHONE` makes `[PHONE_1]`."""
    value: Hashable


def redact(
    texts: Mapping[str, str], find: Callable[[str], Iterable[Stretch]], *, words: Words, clean: str
) -> GuardDecision:
    """The decision that takes out every stretch that `find` sees; `clean` is the reason if there is none.

    A placeholder that stands in a text already is not used for anything else. What is left is looked at
    again, since one thing can hide another right beside it. Stretches of one text must not overlap.
    """
    placeholders = _Placeholders(texts.values(), words)
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

    def __init__(self, texts: Iterable[str], words: Words) -> None:
        self.replaced: dict[str, str] = {}
        self._texts, self._words = tuple(texts), words
        self._given: dict[tuple[str, Hashable], str] = {}

    @cached_property
    def _taken(self) -> set[str]:
        """Placeholders that the texts hold, also as models write them: in small letters, with a space."""
        labels = "|".join(map(re.escape, self._words))
        written = re.compile(rf"({labels})\\?[_ ]0*([0-9]{{1,6}})", re.IGNORECASE)
        return {
            f"[{label.upper()}_{number}]" for text in self._texts for label, number in written.findall(text)
        }

    def put_into(self, text: str, stretches: Sequence[Stretch]) -> str:
        pieces: list[str] = []
        done = 0
        for stretch in stretches:
            pieces += text[done : stretch.start], self._give(stretch, text[stretch.start : stretch.end])
            done = stretch.end
        return "".join((*pieces, text[done:]))

    def _give(self, stretch: Stretch, original: str) -> str:
        key = (stretch.label, stretch.value)
        if key not in self._given:
            number = 1 + sum(label == stretch.label for label, _ in self._given)
            while (placeholder := f"[{stretch.label}_{number}]") in self._taken:
                number += 1
            self._taken.add(placeholder)
            self._given[key] = placeholder
            self.replaced[placeholder] = _PLACEHOLDER.sub(self._original, original)
        return self._given[key]

    def _original(self, placeholder: re.Match[str]) -> str:
        return self.replaced.get(placeholder[0], placeholder[0])

    def reason(self) -> str:
        counts = Counter(label for label, _ in self._given)
        said = [f"{n} {self._words[label][n > 1]}" for label, n in counts.items()]
        listed = " and ".join(part for part in (", ".join(said[:-1]), said[-1]) if part)
        return f"{listed} {'was' if counts.total() == 1 else 'were'} taken out."
