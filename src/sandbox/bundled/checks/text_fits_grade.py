"""Check: a leveled text can be read in its grade."""

from sandbox.bundled.artifacts.leveled_text import LeveledText
from sandbox.bundled.reading.readability import count_words, read_ease
from sandbox.bundled.reading.wording import is_english
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.domain.audience import GRADES, grade_number
from sandbox.domain.finding import Evidence
from sandbox.pipeline.language import other_language

_ENOUGH_WORDS = 75
_WARN_ABOVE = 2
_FAIL_ABOVE = 4
_LOWEST_GRADE = 2
"""Formulas were made for texts from here on; what is for younger readers is held to this grade."""


def _run(subject: Subject) -> Judgement:
    leveled = subject.artifact
    if not isinstance(leveled, LeveledText):
        return not_applicable("It looks at leveled texts only.")
    text = leveled.rewritten_text
    if not is_english(subject):
        return not_applicable("The formula is made for English, and this text is in another language.")
    if (n_words := count_words(text)) < _ENOUGH_WORDS:
        return not_applicable(f"The formula needs {_ENOUGH_WORDS} words to be trusted; here are {n_words}.")
    if name := other_language(text, expected="en"):
        return not_applicable(f"The formula is made for English, and this is {name}.")
    ease = read_ease(text, explained=tuple(entry.term for entry in leveled.glossary))
    grade = max(grade_number(leveled.grade), _LOWEST_GRADE)
    level = f"grade {ease.grade:.0f}" if ease.grade < len(GRADES) else "college"
    reason = (
        f"It reads like {level} (Flesch-Kincaid {ease.flesch_kincaid:.1f}, {ease.rare_share:.0%} of its "
        f"words are none of every day); its readers are in grade {leveled.grade}."
    )
    hardest = Evidence(quote=ease.hardest_sentence[:300], where="the hardest sentence")
    if ease.grade > grade + _FAIL_ABOVE:
        return failed(reason, hardest)
    return warned(reason, hardest) if ease.grade > grade + _WARN_ABOVE else passed(reason)


CHECK = Check(
    name="text_fits_grade",
    version="1.0.0",
    title="The text can be read in its grade",
    why="A text that was rewritten and is still too hard leaves out those whom it was made for.",
    how=(
        "Sentence length and syllables give the Flesch-Kincaid grade; the Lexile bands of the Common Core "
        "turn it into a school grade. Words of the glossary count as easy. More than "
        f"{_WARN_ABOVE} grades above the text's grade is a warning, more than {_FAIL_ABOVE} fails; below "
        f"grade {_LOWEST_GRADE} it is held to grade {_LOWEST_GRADE}. Under {_ENOUGH_WORDS} words nothing "
        "is said."
    ),
    mend=(
        "Name the grade in the prompt, ask for short sentences with one idea each, and for hard words of "
        "the subject to be kept only if the glossary explains them."
    ),
    source=(
        "Kincaid and others (1975), the Flesch-Kincaid grade; Common Core State Standards, Appendix A, for "
        "the bands."
    ),
    run=_run,
    is_quick=True,
    artifacts=("leveled_text",),
    limits=(
        "It counts syllables and words and knows nothing of ideas or of what readers know already. A text "
        "that is too easy passes. English only."
    ),
)
