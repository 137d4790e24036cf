"""Check: a leveled text brings in no numbers and names that its source does not hold."""

from collections.abc import Iterator, Set
from fractions import Fraction
from itertools import combinations

from sandbox.bundled.artifacts.leveled_text import LeveledText
from sandbox.bundled.reading.content_words import stem_of
from sandbox.bundled.reading.exact_numbers import Exact, Number, numbers_in
from sandbox.bundled.reading.number_words import written_out_numbers
from sandbox.bundled.reading.proper_names import names_in
from sandbox.bundled.reading.wording import before, fold, word_set
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence
from sandbox.pipeline.language import other_language

_INPUT = "source_text"
_SMALL = 3
"""Two reasons, three friends: what anybody may count."""
_YEARS = range(1000, 2101)
_ROUNDED = late_pattern(
    r"\b(?:about|around|almost|nearly|over|under|roughly|some|approximately|more than|less than|fewer than"
    r"|up to|close to|at least)\s+\$?$"
)
_TOLERANCE = Fraction(1, 10)
_NEXT_WORD = late_pattern(r"\s*(?:%|percent\b)?\s*([^\W\d_]{2,})")
_WORD = late_pattern(r"[^\W\d_]+")
_GEOGRAPHY = word_set("""
    united states america american north south east west new york ocean atlantic pacific africa asia europe
    earth middle ages world war great river sea mount lake city state university the of and
""")
_MOST_NUMBERS = 60
_FIRST_LETTERS = 4


def _run(subject: Subject) -> Judgement:
    leveled = subject.artifact
    if not isinstance(leveled, LeveledText):
        return not_applicable("It looks at leveled texts only.")
    source = subject.input_text(_INPUT)
    if not source.strip():
        return not_applicable("The source text was not given, so there is nothing to compare with.")
    text = leveled.rewritten_text
    faults, doubts = _numbers(text, source)
    if _is_in_english(text):
        for name, is_sure in _names(text, source):
            (faults if is_sure else doubts).append((f"'{name}'", name))
    if not faults and not doubts:
        return passed("Numbers and names of the text stand in the source as well.")
    told = ", ".join(dict.fromkeys(story for story, _ in (*faults, *doubts)))
    reason = f"The source text does not hold these: {told}."
    evidence = [Evidence(quote=quote, where="rewritten_text") for _, quote in (*faults, *doubts)]
    return failed(reason, *evidence) if faults else warned(reason, *evidence)


def _is_in_english(text: str) -> bool:
    """Names are told by their capitals, which say something else in German, say."""
    return not other_language(text, expected="en")


_Found = list[tuple[str, str]]


def _numbers(text: str, source: str) -> tuple[_Found, _Found]:
    """Numbers that the source does not hold: for sure wrong ones, and those to look at."""
    given = numbers_in(source)
    said: set[Exact] = {amount for number in given for amount in number.amounts}
    said |= written_out_numbers(source)
    largest = sorted(said, reverse=True)[:_MOST_NUMBERS]
    derived = {abs(a - b) for a, b in combinations(largest, 2)} | {
        a + b for a, b in combinations(largest, 2)
    }
    units = {_noun(source, number): number for number in given if _noun(source, number)}
    faults: _Found = []
    doubts: _Found = []
    for number in numbers_in(text):
        if not number.amounts.isdisjoint(said) or _is_small(number) or _is_about(text, number, said):
            continue
        quote = text[number.start : number.end].strip()
        if not number.amounts.isdisjoint(derived):
            continue
        is_year = number.value in _YEARS and number.is_plain and not number.decimals and "," not in quote
        contradicts = _noun(text, number) in units
        (faults if is_year or contradicts else doubts).append((f"'{quote}'", quote))
    return faults, doubts


def _is_small(number: Number) -> bool:
    return (
        number.is_plain and not (number.decimals or number.is_percent) and -_SMALL <= number.value <= _SMALL
    )


def _is_about(text: str, number: Number, said: Set[Exact]) -> bool:
    """Whether a number is said to be rounded, and is near one of the source."""
    if not _ROUNDED.search(fold(before(number.start, text)) + " "):
        return False
    return any(_is_near(Fraction(other), Fraction(number.value)) for other in said)


def _is_near(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= abs(one) * _TOLERANCE


def _noun(text: str, number: Number) -> str:
    """The word that a number counts, without its ending; empty if none follows."""
    found = _NEXT_WORD.match(text[number.end : number.end + 40])
    if (
        not found
        or len(found[1]) < 3
        or found[1].casefold() in {"and", "the", "for", "when", "was", "were"}
    ):
        return ""
    return stem_of(found[1].casefold())


def _names(text: str, source: str) -> Iterator[tuple[str, bool]]:
    """Names that the source does not hold, and whether nothing else can be meant by them."""
    words = set(_WORD.findall(fold(source)))
    begins = {word[:_FIRST_LETTERS] for word in words} | words
    initials = "".join(word[0] for word in _WORD.findall(fold(source)))
    own = set(_WORD.findall(text)) - {word.capitalize() for word in _WORD.findall(text) if word.islower()}
    for name in dict.fromkeys(names_in(text)):
        parts = [fold(part) for part in _WORD.findall(name) if part in own and len(part) > 1]
        strange = [part for part in parts if part[:_FIRST_LETTERS] not in begins and part not in _GEOGRAPHY]
        if not strange or (name.isupper() and fold(name) in initials):
            continue
        yield name, len(strange) >= 2 and len(strange) == len(parts)


CHECK = Check(
    name="kept_to_the_text",
    version="1.0.0",
    title="No new facts beside the source",
    why=(
        "A rewritten text that brings in a year or a person of its own teaches something that nobody "
        "checked, in the name of the source."
    ),
    how=(
        f"Numbers and proper names of the text are looked for in the input {_INPUT}. A year, another "
        "number for the same thing, or a full name that the source does not hold fails; other numbers and "
        "single names are warnings. Rounded numbers near one of the source, sums and differences of its "
        "numbers, numbers in words and counts up to three are let be."
    ),
    mend=(
        "Ask for a rewrite from the given text alone, with its numbers and names copied exactly, and for "
        "nothing to be added."
    ),
    source="Plain comparison of the two texts; no study is needed.",
    run=_run,
    is_quick=True,
    artifacts=("leveled_text",),
    limits=(
        "It compares numbers and capitalized words only: a claim that is new but holds neither is not "
        "seen. Names are compared in English texts only."
    ),
)
