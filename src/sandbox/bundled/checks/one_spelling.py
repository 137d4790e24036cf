"""Check: an answer is written in American or in British spelling, not in both."""

from collections.abc import Iterator

from sandbox.bundled.reading.spelling_variants import Variant, spelling_variants
from sandbox.bundled.reading.wording import is_english
from sandbox.contracts.check import Check, Judgement, Subject, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_WORD = late_pattern(r"[A-Za-z]{4,20}")
_OPENING = late_pattern(r"[.!?:;]\s+[\"“'‘(*•-]?$|^\W*$|\n\W*$")
"""What stands before the first word of a sentence, which has a capital without being a name."""
_QUOTED = late_pattern(r"[“\"«„][^“”\"«»„]{1,200}[”\"»]|(?<!\w)['‘][^'‘’\n]{2,200}['’](?!\w)")


def _run(subject: Subject) -> Judgement:
    if not is_english(subject):
        return not_applicable("It compares two spellings of English.")
    found = list(_variants_in(subject))
    by_english: dict[str, Evidence] = {}
    by_word: dict[str, dict[str, Evidence]] = {}
    for variant, evidence in found:
        if variant.tells_alone:
            by_english.setdefault(variant.english, evidence)
        by_word.setdefault(variant.american, {}).setdefault(variant.english, evidence)
    twins = [evidence for both in by_word.values() if len(both) > 1 for _, evidence in sorted(both.items())]
    mixed = twins or ([by_english[name] for name in sorted(by_english)] if len(by_english) > 1 else [])
    if mixed:
        words = " and ".join(f"'{evidence.quote}'" for evidence in mixed[:2])
        return warned(f"American and British spelling are mixed: {words}.", *mixed)
    if not by_english:
        return not_applicable("No word tells whether it is American or British spelling.")
    return passed(f"The spelling is {next(iter(by_english))} throughout.")


def _variants_in(subject: Subject) -> Iterator[tuple[Variant, Evidence]]:
    """The words that tell, without names, quotes and the words of the inputs."""
    variants = spelling_variants()
    given: set[str] | None = None
    for passage in subject.passages:
        text = passage.text
        if variants.keys().isdisjoint(_WORD.findall(text.lower())):
            continue
        plain = _QUOTED.sub(lambda quote: " " * len(quote[0]), text)
        for found in _WORD.finditer(plain):
            word = found[0]
            variant = variants.get(word.lower())
            if variant is None or not _is_common(plain, word, found.start()):
                continue
            if given is None:
                given = {each.lower() for each in _WORD.findall(subject.given)}
            if word.lower() not in given:
                yield variant, Evidence(quote=word, where=passage.path)


def _is_common(text: str, word: str, at: int) -> bool:
    """Whether a word is no name: in small letters, or with a capital where a sentence begins."""
    return word.islower() or _OPENING.search(text[max(0, at - 8) : at]) is not None


CHECK = Check(
    name="one_spelling",
    version="1.0.0",
    title="One spelling throughout",
    why=(
        "Students who learn to spell copy what they see. Two spellings of one word look like a mistake, "
        "and make "
        "a text look patched together."
    ),
    how=(
        "Words that American and British English spell in two ways are looked for. If both kinds stand "
        "in one "
        "answer, it warns. Names, quotes, and words that stand in the inputs are let be, and words with "
        "-ize "
        "count only beside the same word with -ise."
    ),
    mend="Say in the prompt which spelling your school uses.",
    source="A rule of this project, as of Oak National Academy's check for Americanisms; the word list "
    "is our own.",
    run=_run,
    is_quick=True,
    needs_artifact=False,
    limits="It knows some 300 words, and does not know which spelling your school wants.",
)
