"""Check: the evidence in a brief comes from what was given, or is called weak."""

from collections.abc import Iterator
from fractions import Fraction

from sandbox.bundled.artifacts.decision_brief import DecisionBrief, EvidenceItem, EvidenceStrength
from sandbox.bundled.reading.content_words import content_words, stem_of
from sandbox.bundled.reading.exact_numbers import Exact, numbers_in
from sandbox.bundled.reading.placeholders import is_placeholder
from sandbox.bundled.reading.spoken_numbers import spoken_numbers_in
from sandbox.bundled.reading.wording import fold, is_english, word_set
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_NO_SOURCE = late_pattern(
    r"(?:no|none|not|without an?|unknown|source)\b(?: ?(?:sources?|was|were|is|given|named|known|stated"
    r"|unknown"
    r"|not|provided|in the inputs|here))*\W*"
)
_CARRIES_LITTLE = (EvidenceStrength.WEAK, EvidenceStrength.NONE)
_SELLERS = word_set("seller vendor company maker supplier manufacturer provider advertisement salesperson")
_SAYS_WHERE_ONLY = frozenset(
    map(
        stem_of,
        word_set(
            "context constraint constraints input inputs evidence list item question given provided "
            "stated according source information description brief claim said words note"
        ),
    )
)
"""Words that point to the inputs, and need not stand in them."""
_ENOUGH_SHARED = 0.5
_YEAR_OR_NAME = late_pattern(
    r"(?<!\w)(?:(?:19|20)\d\d(?!\w)|(?!^)[A-Z][a-z]{2,30}\b|[A-Z]\.[A-Z]\.|[A-Z]{3,8}\b)"
)
_NAME_AT_START = late_pattern(r"^[A-Z][a-z]{2,30}(?= (?:[A-Z][a-z]|and [A-Z]|et al|\())")
_A_OF_B = late_pattern(r"(?<![\d.,])(\d{1,6}) (?:out )?of (?:the |all )?(\d{1,6})(?![\d.,]\d)")
_MOST_PAIRS = 50


def _run(subject: Subject) -> Judgement:
    brief = subject.artifact
    if not isinstance(brief, DecisionBrief):
        return not_applicable("It looks at decision briefs only.")
    if not subject.given.strip():
        return not_applicable("The case gives nothing that evidence could come from.")
    has_numbers = any(numbers_in(item.claim) for item in brief.evidence)
    known = _amounts_given(subject.given) if has_numbers else frozenset()
    wrong = [
        (
            f"The number {quote} stands nowhere in what was given.",
            Evidence(quote=quote, where=f"evidence[{i}].claim"),
        )
        for i, item in enumerate(brief.evidence)
        for quote in _numbers_of_its_own(item.claim, known)
    ]
    doubtful: list[tuple[str, Evidence]] = []
    if is_english(subject):
        given = _Given(subject.given)
        for i, item in enumerate(brief.evidence):
            if problem := given.problem_with(item):
                wrong.append(
                    (problem, Evidence(quote=item.source or "(empty)", where=f"evidence[{i}].source"))
                )
            elif doubt := given.doubt_about(item):
                doubtful.append((doubt, Evidence(quote=item.source, where=f"evidence[{i}].source")))
    if wrong:
        return failed(wrong[0][0], *(evidence for _, evidence in wrong))
    if doubtful:
        return warned(doubtful[0][0], *(evidence for _, evidence in doubtful))
    return passed(f"All {len(brief.evidence)} claims come from what was given, or are called weak.")


class _Given:
    """What the case gave, ready for looking sources up."""

    def __init__(self, text: str) -> None:
        self._folded = fold(text)
        words = _words_of(text)
        self._stems = frozenset(map(stem_of, words))
        self._has_seller = not _SELLERS.isdisjoint(words)

    def problem_with(self, item: EvidenceItem) -> str:
        """Why this evidence is surely not what was given; empty if there is no reason."""
        source = fold(item.source)
        if is_placeholder(source) or _NO_SOURCE.fullmatch(source):
            if item.strength in _CARRIES_LITTLE:
                return ""
            return f"A claim without a source is called {item.strength}."
        names = [*_YEAR_OR_NAME.findall(item.source), *_NAME_AT_START.findall(item.source)]
        if unknown := [name for name in names if fold(name) not in self._folded]:
            return f"The source '{item.source}' was not given: '{unknown[0]}' stands nowhere in the inputs."
        if self._share(source) == 0:
            return f"The source '{item.source}' was not given."
        return ""

    def doubt_about(self, item: EvidenceItem) -> str:
        """Why a person should look at this evidence; empty if there is no reason."""
        source = fold(item.source)
        if is_placeholder(source) or _NO_SOURCE.fullmatch(source):
            return ""
        words = _words_of(source)
        if item.strength is EvidenceStrength.STRONG and not _SELLERS.isdisjoint(words):
            return "What a seller says of its own product is called strong."
        if self._share(source) < _ENOUGH_SHARED:
            return f"Most words of the source '{item.source}' stand nowhere in the inputs."
        return ""

    def _share(self, source: str) -> float:
        """The share of a source's words that the inputs hold; words that only point there do not count."""
        words = [word for word in _words_of(source) if stem_of(word) not in _SAYS_WHERE_ONLY]
        found = sum(
            stem_of(word) in self._stems or (word in _SELLERS and self._has_seller) for word in words
        )
        return found / len(words) if words else 1.0


def _words_of(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("'s") for word in set(content_words(text)))


def _amounts_given(text: str) -> frozenset[Exact]:
    """Every number that was given, in digits or words, and the percentages that 'a of b' comes to."""
    amounts = {number.value for number in numbers_in(text)}
    amounts |= {number.value for number in spoken_numbers_in(text)}
    for found in _A_OF_B.findall(text)[:_MOST_PAIRS]:
        part, whole = map(int, found)
        if 0 < part <= whole:
            share = Fraction(100 * part, whole)
            amounts |= {share, round(share), round(share, 1), round(100 - share)}
    return frozenset(amounts)


def _numbers_of_its_own(claim: str, known: frozenset[Exact]) -> Iterator[str]:
    for number in numbers_in(claim):
        if number.value not in known:
            yield claim[number.start : number.end].strip()


CHECK = Check(
    name="claims_have_sources",
    version="1.0.0",
    title="Evidence comes from what was given",
    why=(
        "Models make up studies and numbers that look like evidence. Leaders who trust them decide on "
        "nothing, and cannot tell."
    ),
    how=(
        "Each source is looked for in the inputs: names and years have to stand there, and most other "
        "words too. Without a source the strength has to be weak or none. Each number in a claim has to "
        "stand in the inputs, in digits or in words, or to be the percentage of an 'a of b' that was "
        "given."
    ),
    mend=(
        "Say that only the claims that were given may be used, with their source in the words given, and "
        "that 'none given' is an honest answer."
    ),
    source=(
        "Every Student Succeeds Act (2015), levels of evidence: a claim counts by the study behind it; "
        "the rule that sources stand in the inputs is this project's."
    ),
    run=_run,
    is_quick=True,
    artifacts=("decision_brief",),
    limits=(
        "It does not know whether a source says what the claim says, nor whether it is any good. Numbers "
        "that a claim writes out in words are not looked up. Sources are compared in English only."
    ),
)
