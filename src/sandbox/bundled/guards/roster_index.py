"""A roster, read once: which words belong to which students, in every spelling that can be derived."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from sandbox.bundled.guards.folding import fold
from sandbox.bundled.guards.name_words import FUNCTION_WORDS, HONORIFICS, PARTICLES, SUFFIXES

Students = frozenset[int]
NOBODY: Students = frozenset()

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff가-힣]")
"""Letters of scripts that put no space between words, or glue endings to them."""
_COMPOUND = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_NOT_A_NAME = re.compile(r"\([^)]*/[^)]*\)|\S+@\S+")
"""Pronouns such as (she/her), and e-mail addresses."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_SPELLED_OUT_UMLAUT = re.compile(r"(?<=[aou])e(?=[^aeiouy])")
_SIBILANTS = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterIndex:
    """What a roster's names look like in a text; all words are folded and in lower case."""

    words: Mapping[str, Students]
    """Words of names, and names run together: `maria`, `lopez`, `marialopez`."""
    given: frozenset[str]
    """The words of first names, with their particles."""
    plurals: Mapping[str, str]
    """The word that each plural belongs to."""
    joiners: Mapping[str, Students]
    """Particles inside names, which mean nobody by themselves: `van`, `der`."""
    initials: Mapping[str, Students]
    handles: Mapping[str, Students]
    """An initial run together with a name, as in `mlopez`."""
    token: re.Pattern[str]
    """What counts as one word of a text."""
    signals: frozenset[str]
    """A text without any of these holds no name."""


@lru_cache(maxsize=64)
def index_roster(roster: tuple[str, ...]) -> RosterIndex:
    """The index of a roster. Entries without a name of two letters are passed over."""
    shelves: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for student, entry in enumerate(sorted({_tidied(entry) for entry in roster})):
        for spelling in {entry, entry.translate(_UMLAUTS)}:
            for shelf, word in _read(fold(spelling).text.casefold()):
                shelves[shelf][word].add(student)
    words = _frozen(shelves["word"])
    handles = {word: owners for word, owners in _frozen(shelves["handle"]).items() if word not in words}
    plurals = {plural: word for word in words for plural in _plurals(word) if plural not in words}
    return RosterIndex(
        words=words,
        given=frozenset(shelves["given"]),
        plurals=plurals,
        joiners=_frozen(shelves["joiner"]),
        initials=_frozen(shelves["initial"]),
        handles=handles,
        token=_token_pattern(words),
        signals=frozenset({*words, *plurals, *handles}),
    )


def _tidied(entry: str) -> str:
    return " ".join(_NOT_A_NAME.sub(" ", unicodedata.normalize("NFC", entry)).lower().split())


def _frozen(shelf: Mapping[str, set[int]]) -> dict[str, Students]:
    return {word: frozenset(owners) for word, owners in shelf.items()}


def _read(entry: str) -> Iterator[tuple[str, str]]:
    """The words of one entry, each with the shelf that it belongs on."""
    family, _, given = entry.partition(",")
    given_part, family_part = _compounds(given), _compounds(family)
    compounds = given_part + family_part
    last_places = {len(given_part) - 1, len(compounds) - 1}
    names: list[str] = []
    particles = ""
    for place, words in enumerate(compounds):
        is_name_by_place = place == 0 or place in last_places
        kept = [word for word in words if not _is_joiner(word, words, is_name_by_place=is_name_by_place)]
        joined = "".join(words)
        yield from (("joiner", word) for word in words if word not in kept)
        yield from (("word", spelling) for word in kept for spelling in _spellings(word))
        yield from (("given", word) for word in words if place == 0)
        yield from (("initial", word[0]) for word in words if not _UNSPACED.match(word))
        if not kept:
            particles += joined
            yield "joiner", particles
            continue
        yield from (("word", whole) for whole in (joined, particles + joined) if whole not in kept)
        names.append(joined)
        particles = ""
    yield from _run_together(names)


def _compounds(part: str) -> list[list[str]]:
    """The words of a part of a name; those with hyphens or apostrophes between them stay together."""
    compounds = [re.split("['-]", compound) for compound in _COMPOUND.findall(part)]
    if len(compounds) > 1 and HONORIFICS.issuperset(compounds[0]):
        del compounds[0]
    return [words for words in compounds if not SUFFIXES.issuperset(words)]


def _is_joiner(word: str, words: list[str], *, is_name_by_place: bool) -> bool:
    if len(word) < 2:
        return True
    return word in PARTICLES and not (is_name_by_place and word == words[-1])


def _spellings(word: str) -> set[str]:
    spellings = {word}
    if len(word) >= 5:
        spellings.add(_SPELLED_OUT_UMLAUT.sub("", word))
    if len(word) == 3 and _UNSPACED.match(word):
        spellings.add(word[1:])  # a Chinese or Korean name without the family's syllable
    return spellings


def _run_together(names: list[str]) -> Iterator[tuple[str, str]]:
    for first, second in permutations(names, 2):
        if len(first + second) >= 6:
            yield "word", first + second
        if len(second) >= 3:
            yield "handle", first[0] + second
            yield "handle", second + first[0]
    if len(names) > 2:
        yield "word", "".join(names)


def _plurals(word: str) -> tuple[str, ...]:
    if len(word) < 3 or _UNSPACED.search(word):
        return ()
    plurals = (f"{word}s", f"{word}es") if word.endswith(_SIBILANTS) else (f"{word}s",)
    return tuple(plural for plural in plurals if plural not in FUNCTION_WORDS)


def _token_pattern(words: Iterable[str]) -> re.Pattern[str]:
    unspaced = sorted((re.escape(word) for word in words if _UNSPACED.search(word)), key=len, reverse=True)
    if not unspaced:
        return re.compile(r"[^\W\d_]+")
    names = "|".join(unspaced)
    return re.compile(rf"(?:{names})|(?:(?!{names})[^\W\d_])+")
