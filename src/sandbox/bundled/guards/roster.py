"""The guard that keeps the names of a roster from leaving.

Found: first, middle and family names, alone or together, in either order, with initials, in plural and
possessive, run together or joined by underscores, with or without accents, in any case, with invisible
characters inside. Names that are also words need a capital letter.
Not found: nicknames that the roster does not give, and misspellings.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from sandbox.bundled.guards.folding import fold
from sandbox.bundled.guards.kinds import WORDS, Kind
from sandbox.bundled.guards.name_words import (
    FUNCTION_WORDS,
    HONORIFICS,
    MONTHS,
    PEOPLE_OF_HISTORY,
    WORDS_THAT_ARE_NAMES,
)
from sandbox.bundled.guards.roster_index import NOBODY, RosterIndex, Students, index_roster
from sandbox.contracts.guard import GuardAction, GuardDecision, GuardSpec, Outgoing
from sandbox.contracts.redaction import PLACEHOLDER, Stretch, redact

_PLACEHOLDER = re.compile(PLACEHOLDER)
_BETWEEN_NAMES = re.compile(r"[ \t]*\n?[ \t]*|[._'-]")
_BETWEEN_INITIALS = re.compile(r"\.?[ \t\n]?|[._-]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n•*\-–—…])[\s\"“”«»¿¡'()\[\]*_#>-]*$")
_DATE_AFTER = re.compile(r"\.?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?:1\d|20)\d\d\b")
_PEOPLE_BY_WORD = defaultdict(list)
for _person in PEOPLE_OF_HISTORY:
    for _place, _word in enumerate(_person):
        _PEOPLE_BY_WORD[_word].append((_place, _person))


class RosterGuard:
    """Gives every student of the roster a placeholder, the same one in all texts of a request."""

    def inspect(self, outgoing: Outgoing) -> GuardDecision:
        """Take every name of the roster out of the texts."""
        index = index_roster(outgoing.roster)
        if not index.words:
            reason = "There is no roster, so no name was looked for."
            return GuardDecision(action=GuardAction.ALLOW, reason=reason, texts=outgoing.texts)
        return redact(
            outgoing.texts,
            lambda text: _names_in(text, outgoing.roster),
            words=WORDS,
            clean="No name of the roster stands in the texts.",
        )


GUARD = GuardSpec(
    name="roster",
    version="1.0.0",
    summary="Keeps the names of the roster from leaving: each student becomes a placeholder.",
    guard=RosterGuard(),
)


@lru_cache(maxsize=64)  # the words of the prompt are the same in every request
def _names_in(text: str, roster: tuple[str, ...]) -> tuple[Stretch, ...]:
    index = index_roster(roster)
    folded = fold(text)
    lower = folded.text.casefold()
    if not _may_hold_names(lower, index):
        return ()
    tokens = list(index.token.finditer(lower))
    reading = _Reading(
        index=index,
        text=folded.text,
        words=[token[0] for token in tokens],
        starts=[token.start() for token in tokens],
        ends=[token.end() for token in tokens],
    )
    return tuple(
        Stretch(*folded.original_span(name.start, name.end), Kind.STUDENT, name.students)
        for name in reading.names()
    )


def _may_hold_names(lower: str, index: RosterIndex) -> bool:
    """A quick look that spares most texts the slow one; hyphens may stand where the roster has none."""
    if not index.signals.isdisjoint(index.token.findall(lower)):
        return True
    joined = lower.replace("-", "").replace("'", "")
    return joined != lower and not index.signals.isdisjoint(index.token.findall(joined))


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    students: Students


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a name, or several with hyphens between: the tokens `first` to `last`."""

    first: int
    last: int
    end: int
    students: Students


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A folded text, word by word."""

    index: RosterIndex
    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    def names(self) -> list[_Name]:
        """Every name in the text, the longest from left to right."""
        found: list[_Name] = []
        free = 0
        for token in self._promising():
            word = self._word(token) if token >= free else None
            if word is not None and self._is_meant(word):
                name, last = self._whole_name(word, free)
                found.append(name)
                free = last + 1
        return found

    def _promising(self) -> list[int]:
        """The tokens that a name may begin with: those that are known, and those with a hyphen behind."""
        signals, text = self.index.signals, self.text
        return [
            token
            for token, (word, end) in enumerate(zip(self.words, self.ends, strict=True))
            if word in signals or text[end : end + 1] in {"-", "'"}
        ]

    def _word(self, token: int) -> _Word | None:
        """The word of a name that begins at this token; with hyphens, the longest."""
        index, last = self.index, token
        joined = self.words[token]
        longest = None
        while True:
            base = index.plurals.get(joined, joined)
            students = index.words.get(base) or (
                index.handles.get(joined, NOBODY) if self._is_handle(token, last) else NOBODY
            )
            if students:
                longest = _Word(token, last, self.ends[last] - len(joined) + len(base), students)
            last += 1
            if last == min(token + 4, len(self.words)) or self._gap(last - 1, last) not in {"-", "'"}:
                return longest
            if self.words[last] == "s":  # a possessive, no part of the name
                return longest
            joined += self.words[last]

    def _whole_name(self, word: _Word, free: int) -> tuple[_Name, int]:
        """The word with what belongs to it on both sides, and the last token that was used."""
        first, last, end, students = word.first, word.last, word.end, word.students
        used = {self.words[first]}
        while (after := self._next_word(last, used)) and students & after.students:
            last, end, students = after.last, after.end, students & after.students
            used.add(self.words[after.first])
        if end == self.ends[last] and (narrowed := self._initial_after(last) & students):
            last, end, students = last + 1, self.ends[last + 1], narrowed
        while first > free and self._belongs_before(first, students):
            first -= 1
            students = students & self._students_before(first) or students
        return _Name(self.starts[first], end, students), last

    def _next_word(self, token: int, used: set[str]) -> _Word | None:
        """The next word of the same name after this token, past particles."""
        for following in range(token + 1, len(self.words)):
            gap = self._gap(following - 1, following)
            if not (_BETWEEN_NAMES.fullmatch(gap) or self._is_family_comma(following, used)):
                return None
            word = self._word(following)
            if word is not None:
                is_meant = gap in {"_", ".", "-"} or self._is_meant(word)
                return word if is_meant and self.words[following] not in used else None
            if self.words[following] not in self.index.joiners:
                return None
        return None

    def _is_family_comma(self, token: int, used: set[str]) -> bool:
        """Whether a comma before this token stands between a family name and a first name."""
        is_turned = self.words[token] in self.index.given and used.isdisjoint(self.index.given)
        return is_turned and self._gap(token - 1, token) in {",", ", "}

    def _initial_after(self, token: int) -> Students:
        following = token + 1
        if following == len(self.words) or not _BETWEEN_INITIALS.fullmatch(self._gap(token, following)):
            return NOBODY
        return self._initial_of(following)

    def _belongs_before(self, token: int, students: Students) -> bool:
        """Whether the token before this one is a particle, an initial or a name without its capital."""
        before = token - 1
        gap, word = self._gap(before, token), self.words[before]
        if students & self.index.joiners.get(word, NOBODY) and _BETWEEN_NAMES.fullmatch(gap):
            return len(word) > 1 or gap == "'"
        if students & self._initial_of(before):
            return bool(_BETWEEN_INITIALS.fullmatch(gap))
        is_lower = self.text[self.starts[before]].islower() and self.text[self.starts[token]].islower()
        is_name = bool(students & self.index.words.get(word, NOBODY))
        return is_name and bool(_BETWEEN_NAMES.fullmatch(gap)) and (is_lower or gap == "_")

    def _students_before(self, token: int) -> Students:
        return self.index.words.get(self.words[token], NOBODY) or self._initial_of(token)

    def _initial_of(self, token: int) -> Students:
        """The students whose initial this token may be; 'a' and 'I' are words unless a period follows."""
        word, end = self.words[token], self.ends[token]
        has_period = self.text[end : end + 1] in {".", "_"}
        if word in {"a", "i", "y"} and not has_period:
            return NOBODY
        is_capital = self.text[self.starts[token]].isupper()
        return self.index.initials.get(word, NOBODY) if is_capital or has_period else NOBODY

    def _is_meant(self, word: _Word) -> bool:
        """Whether these letters are a name here, and not a word, a month or somebody from history."""
        lower = "".join(self.words[word.first : word.last + 1])
        base = self.index.plurals.get(lower, lower)
        start = self.starts[word.first]
        if self._is_in_placeholder(start) or self._is_person_of_history(word.first):
            return False
        if self._is_handle(word.first, word.last) or word.last > word.first:
            return True
        is_capital = not self.text[start].islower()
        if base in FUNCTION_WORDS and base not in self.index.given:
            return self._has_honorific(word.first) or (is_capital and self._stands_out(word.first))
        if base in MONTHS and _DATE_AFTER.match(self.text, word.end):
            return False
        if base in FUNCTION_WORDS or base in WORDS_THAT_ARE_NAMES or len(base) < 3:
            return is_capital or self._has_honorific(word.first)
        return True

    def _stands_out(self, token: int) -> bool:
        """Whether a capital letter here is no mere beginning of a sentence."""
        start, end = self.starts[token], self.ends[token]
        is_owner = self.text.startswith("'s", end)
        return is_owner or not _SENTENCE_START.search(self.text, max(0, start - 12), start)

    def _has_honorific(self, token: int) -> bool:
        before = token - 1
        return (
            token > 0
            and self.words[before] in HONORIFICS
            and not self.text[self.starts[before]].islower()
            and self._gap(before, token) in {" ", ". ", "."}
        )

    def _is_handle(self, first: int, last: int) -> bool:
        """Whether the letters are joined to an at sign, an underscore or a digit, or as in `mLopez`."""
        before = self.text[self.starts[first] - 1 : self.starts[first]]
        after = self.text[self.ends[last] : self.ends[last] + 1]
        if before in {"@", "_"} or after in {"@", "_"} or after.isdigit():
            return True
        letters = self.text[self.starts[first] : self.ends[last]]
        return first == last and not letters.isupper() and not letters[1:].islower() and len(letters) > 2

    def _is_in_placeholder(self, start: int) -> bool:
        opening = self.text.rfind("[", max(0, start - 20), start)
        match = _PLACEHOLDER.match(self.text, opening) if opening >= 0 else None
        return match is not None and start < match.end()

    def _is_person_of_history(self, token: int) -> bool:
        """Whether the token stands in a known full name of which nothing else is on the roster."""
        for place, person in _PEOPLE_BY_WORD.get(self.words[token], ()):
            first, last = token - place, token - place + len(person) - 1
            if first < 0 or tuple(self.words[first : last + 1]) != person:
                continue
            are_capital = all(self.text[self.starts[at]].isupper() for at in range(first, last + 1))
            are_close = all(self._gap(at, at + 1) in {" ", ". "} for at in range(first, last))
            if are_capital and are_close and sum(word in self.index.words for word in person) == 1:
                return True
        return False

    def _gap(self, token: int, following: int) -> str:
        return self.text[self.ends[token] : self.starts[following]]
