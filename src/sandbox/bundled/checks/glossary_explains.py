"""Check: the glossary of a leveled text explains words of the text in easier ones."""

from collections.abc import Iterator

from sandbox.bundled.artifacts.leveled_text import GlossaryEntry, LeveledText
from sandbox.bundled.reading.content_words import stem_of
from sandbox.bundled.reading.placeholders import is_placeholder
from sandbox.bundled.reading.wording import fold, is_english
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.audience import grade_number
from sandbox.domain.finding import Evidence

_WORD = late_pattern(r"[^\W_]+(?:['-][^\W_]+)*")
_MOST_WORDS = ((2, 16), (5, 24), (8, 30), (12, 36))
"""Up to which grade, and how many words a definition may have there."""
_FIRST_LETTERS = 5
_SAYS = late_pattern(r"^(?:(?:is|are|means?|refers to|stands for)\b|[:=-])\s*")


def _run(subject: Subject) -> Judgement:
    leveled = subject.artifact
    if not isinstance(leveled, LeveledText):
        return not_applicable("It looks at leveled texts only.")
    if not leveled.glossary:
        return not_applicable("The text has no glossary.")
    text = fold(leveled.rewritten_text)
    words = frozenset(_WORD.findall(text))
    begins = words | {word[:_FIRST_LETTERS] for word in words} | {stem_of(word) for word in words}
    faults: list[tuple[str, Evidence]] = []
    doubts: list[tuple[str, Evidence]] = []
    longest = next(most for grade, most in _MOST_WORDS if grade_number(leveled.grade) <= grade)
    for index, entry in enumerate(leveled.glossary):
        term = Evidence(quote=entry.term, where=f"glossary[{index}].term")
        definition = Evidence(quote=entry.definition, where=f"glossary[{index}].definition")
        if not _stands_in(entry.term, text, begins):
            faults.append((f"'{entry.term}' does not stand in the text", term))
        if reason := _explains_nothing(entry):
            faults.append((f"'{entry.term}' is explained {reason}", definition))
        elif _has_relative(entry) and is_english(subject):
            doubts.append((f"'{entry.term}' is explained with a word of its own family", definition))
        if (n_words := len(_WORD.findall(entry.definition))) > longest:
            story = (
                f"'{entry.term}' is explained in {n_words} words, which is long in grade {leveled.grade}"
            )
            doubts.append((story, definition))
    doubts += _twice(leveled)
    if not (faults or doubts):
        return passed(f"All {len(leveled.glossary)} words stand in the text and are explained.")
    reason = f"To look at: {'; '.join(story for story, _ in (faults or doubts)[:3])}."
    evidence = [evidence for _, evidence in faults or doubts]
    return failed(reason, *evidence) if faults else warned(reason, *evidence)


def _stands_in(term: str, text: str, begins: frozenset[str]) -> bool:
    """Whether the text says the term, in whatever form: plural, past, another word order."""
    folded = fold(term).strip(" .")
    if folded in text:
        return True
    words = _WORD.findall(folded)
    if not words:
        return False
    return all(
        word in begins or stem_of(word) in begins or (len(word) > 4 and word[:_FIRST_LETTERS] in begins)
        for word in words
    )


def _explains_nothing(entry: GlossaryEntry) -> str:
    """Why a definition is none; empty if it is one."""
    definition = fold(entry.definition)
    if is_placeholder(definition):
        return "with nothing"
    term = [word for word in _WORD.findall(fold(entry.term)) if word not in {"a", "an", "the"}]
    told = _behind_the_term(definition, fold(entry.term).strip(" ."))
    words = _WORD.findall(told)
    if not words and definition.strip():
        return "with itself" if _WORD.findall(definition) == term else ""
    n_words = len(term)
    forms = {tuple(term), (*term[:-1], f"{term[-1]}s")} if term else set()
    says_itself = any(tuple(words[at : at + n_words]) in forms for at in range(len(words) - n_words + 1))
    return "with itself" if forms and says_itself else ""


def _behind_the_term(definition: str, term: str) -> str:
    """The definition without 'A delta is' before it, which only names what is explained."""
    bare = definition
    for article in ("a ", "an ", "the "):
        bare = bare.removeprefix(article)
    if bare.startswith(term) and (rest := bare.removeprefix(term).lstrip()) and _SAYS.match(rest):
        return _SAYS.sub("", rest)
    return definition


def _has_relative(entry: GlossaryEntry) -> bool:
    """Whether a definition of one word leans on a form of it: to evaporate, in what evaporation is."""
    words = _WORD.findall(fold(entry.term))
    if len(words) != 1 or len(words[0]) <= _FIRST_LETTERS:
        return False
    told = _WORD.findall(_behind_the_term(fold(entry.definition), words[0]))
    return stem_of(words[0]) in set(map(stem_of, told))


def _twice(leveled: LeveledText) -> Iterator[tuple[str, Evidence]]:
    terms: set[str] = set()
    definitions: set[str] = set()
    for index, entry in enumerate(leveled.glossary):
        term, definition = fold(entry.term), fold(entry.definition)
        if term in terms:
            where = f"glossary[{index}].term"
            yield f"'{entry.term}' is explained twice", Evidence(quote=entry.term, where=where)
        elif definition in definitions:
            where = f"glossary[{index}].definition"
            yield (
                f"'{entry.term}' is explained as another word was",
                Evidence(quote=entry.definition, where=where),
            )
        terms.add(term)
        definitions.add(definition)


CHECK = Check(
    name="glossary_explains",
    version="1.0.0",
    title="The glossary explains words of the text",
    why=(
        "A glossary that explains a word by itself, or one that nobody meets in the text, costs a reader "
        "who struggles the most."
    ),
    how=(
        "Each word has to stand in the text, in whatever form, and its definition may not hold the word "
        "itself; otherwise it fails. A definition that leans on a word of the same family, that is long "
        "for the grade (16 words up to grade 2, 24 up to grade 5, then 30 and 36), or that stands there "
        "twice is a warning."
    ),
    mend=(
        "Ask for only those words of the text that readers of the grade may not know, each explained in a "
        "short phrase without the word itself."
    ),
    source=(
        "Beck, McKeown and Kucan (2002), Bringing Words to Life, on explanations in everyday words; the "
        "limits of length are a convention of this project."
    ),
    run=_run,
    is_quick=True,
    artifacts=("leveled_text",),
    limits=(
        "It cannot tell whether a definition is right or whether its words are easier. A hard word that "
        "the glossary leaves out is not seen."
    ),
)
