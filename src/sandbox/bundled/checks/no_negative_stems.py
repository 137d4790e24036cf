"""Check: the questions of a quiz ask for what is so, not for what is not."""

from enum import IntEnum

from sandbox.bundled.artifacts.quiz import Item, ItemKind, Quiz
from sandbox.bundled.reading.wording import fold, is_english, sentences, tidy
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_QUOTED = late_pattern(r"\"[^\"]{1,300}\"|(?<!\w)'[^'\n]{2,300}'(?!\w)")
_NOT = r"(?:\bnot\b(?! only\b)|n't\b|\bcannot\b|\bcan not\b)"
_ANY_NOT = late_pattern(_NOT)
_CHOOSES = late_pattern(
    r"\b(?:which|what|who|whose|where|choose|select|pick|identify|mark|find|circle|all of|each of|the one"
    r"|one (?:thing|animal|example|reason))\b"
)
_LEADS_AWAY = late_pattern(
    r"\b(?:if|when|because|why|how|unless|whether|although|though|since|so|means?|meaning|happens?|or"
    r"|prefix|suffix)\b"
)
"""Behind such a word a 'not' belongs to a fact, a reason or a meaning."""
_EXCEPT = late_pattern(r"\bexcept(?:ing)?\b(?! for the fact)")
_LEAST = late_pattern(
    r"\bleast (?:likely|important|useful|helpful|accurate|appropriate|effective|relevant|suited|suitable"
    r"|supported|true|probable|related|describes?|supports?|fits?)\b"
)
_STRESSED_LEAST = late_pattern(r"\bLEAST\b|[*_]{1,2}[Ll]east[*_]{1,2}")
_TAKES_BACK = late_pattern(
    r"\b(?:impossible|unlikely|untrue|incorrect|false|uncommon|unusual|unnecessary|unimportant"
    r"|without|never|disagree|inaccurate|unable|unhelpful|lacks?)\b"
)
_NEGATIVE_OPTION = late_pattern(rf"{_NOT}|\bnever\b")


class _Negation(IntEnum):
    NONE = 0
    ONE = 1
    TWO = 2


def _run(subject: Subject) -> Judgement:
    quiz = subject.artifact
    if not isinstance(quiz, Quiz):
        return not_applicable("It looks at quizzes only.")
    if not is_english(subject):
        return not_applicable("The words that it looks for are English, and this quiz is not.")
    items = [
        (index, item) for index, item in enumerate(quiz.items) if item.kind is ItemKind.MULTIPLE_CHOICE
    ]
    if not items:
        return not_applicable("There is no item with options.")
    found = [(index, item, _negation(item)) for index, item in items]
    double = [_evidence(index, item) for index, item, negation in found if negation is _Negation.TWO]
    if double:
        return failed(f"Questions with a double negation: {len(double)} of {len(items)}.", *double)
    single = [_evidence(index, item) for index, item, negation in found if negation is _Negation.ONE]
    if single:
        return warned(f"Questions that ask for what is not so: {len(single)} of {len(items)}.", *single)
    return passed(f"All {len(items)} questions with options ask for what is so.")


def _evidence(index: int, item: Item) -> Evidence:
    return Evidence(quote=item.stem, where=f"items[{index}].stem")


def _negation(item: Item) -> _Negation:
    """How often what is asked for is turned round."""
    stem = tidy(item.stem)
    asked = _QUOTED.sub('""', fold(stem))
    is_stressed = _STRESSED_LEAST.search(stem) is not None
    most = max((_in_sentence(each, is_stressed=is_stressed) for each in sentences(asked)), default=0)
    if most == 1 and any(_NEGATIVE_OPTION.search(_bare(option.text)) for option in item.options):
        most = 2
    return _Negation(min(most, 2))


def _bare(text: str) -> str:
    return _QUOTED.sub('""', fold(text))


def _in_sentence(sentence: str, *, is_stressed: bool) -> int:
    """How many negations turn round what a sentence asks for."""
    chooses = _CHOOSES.search(sentence)
    negations = 0
    behind = 0
    if excepting := _EXCEPT.search(sentence):
        negations, behind = 1, excepting.end()
    elif chooses or "___" in sentence:
        start = chooses.end() if chooses else 0
        for found in _ANY_NOT.finditer(sentence, start):
            if not _LEADS_AWAY.search(sentence, start, found.start()):
                negations, behind = 1, found.end()
            break
    if not negations and chooses and not is_stressed and (least := _LEAST.search(sentence)):
        negations, behind = 1, least.end()
    if negations:
        rest = sentence[behind:]
        negations += bool(_ANY_NOT.search(rest) or _TAKES_BACK.search(rest))
    return negations


CHECK = Check(
    name="no_negative_stems",
    version="1.0.0",
    title="Questions ask for what is so",
    why=(
        "A reader in a hurry, or one who is still learning English, misses the 'not' and is marked wrong "
        "for reading, not for the subject."
    ),
    how=(
        "In items of choice it looks for 'which ... not', 'except' and 'least likely', which are warnings. "
        "Two negations in one question, or one in the question and one in an option, fail. A 'not' inside "
        "quotation marks, a reason or a fact is let be."
    ),
    mend=(
        "Ask for questions about what is true; where the exception is the point, ask for an item with "
        "another form, such as sorting."
    ),
    source=(
        "Haladyna, Downing and Rodriguez (2002), A Review of Multiple-Choice Item-Writing Guidelines for "
        "Classroom Assessment."
    ),
    run=_run,
    is_quick=True,
    artifacts=("quiz",),
    limits=(
        "It knows English words only, and looks at questions with options. A negation said by a prefix, "
        "such as 'insoluble', is not counted."
    ),
)
