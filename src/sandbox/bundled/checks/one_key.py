"""Check: each item of a quiz has one right answer."""

import unicodedata
from itertools import combinations

from sandbox.bundled.artifacts.quiz import Item, ItemKind, Option, Quiz
from sandbox.bundled.reading.exact_numbers import Exact, numbers_in
from sandbox.bundled.reading.placeholders import is_placeholder
from sandbox.bundled.reading.quiz_items import bare_option
from sandbox.bundled.reading.wording import fold, tidy, word_set
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_FORM_MATTERS = late_pattern(
    r"\b(?:simplest|simplif\w+|lowest terms|reduc\w+|form|round\w*|nearest|express\w*|writ\w+|standard"
    r"|mixed|improper|notation|significant|percent|decimal|not|except|different|order|digits?|read)\b"
)
"""Where these are asked, two ways to write one number are two answers."""
_LETTERS_MATTER = late_pattern(
    r"\b(?:capital(?! of)\w*|upper ?case|lower ?case|letters?|punctuat\w*|commas?|apostrophes?|quotation"
    r"|period|spell\w*|writ\w+|proper|edit\w*|symbol\w*|formulas?|correct(?:ly)?|sentence)\b"
)
_SHORT_ANSWERS = word_set("none nothing text bar string value test < > = + - ? . ! ,")
"""What would be a placeholder elsewhere, and may be an answer."""
_THOUSANDS = late_pattern(r"(?<=\d),(?=\d{3}(?!\d))")
_ZEROS = late_pattern(r"(?<=\d)(\.\d*?)0+(?!\d)")
_ONE_NUMBER = late_pattern(r"[\s$€£]*[-−]?[\d.,/¼-¾⅐-⅞\s]+%?[\s.]*")


def _run(subject: Subject) -> Judgement:
    quiz = subject.artifact
    if not isinstance(quiz, Quiz):
        return not_applicable("It looks at quizzes only.")
    faults: list[_Fault] = []
    doubts: list[_Fault] = []
    for index, item in enumerate(quiz.items):
        if item.kind is not ItemKind.MULTIPLE_CHOICE:
            faults += _without_answer(index, item)
            continue
        faults += _miscounted_keys(index, item)
        for (i, one), (j, other) in combinations(enumerate(item.options), 2):
            pair = (_evidence(index, i, one), _evidence(index, j, other))
            if _is_same(one.text, other.text, item.stem):
                faults.append((f"Question {index + 1} has the same option twice", pair))
            elif _is_same_value(one.text, other.text, item.stem):
                story = f"Question {index + 1} has two options of the same value"
                (faults if one.is_key or other.is_key else doubts).append((story, pair))
    if faults or doubts:
        reason = "; ".join(reason for reason, _ in (faults or doubts)[:3]) + "."
        evidence = tuple(each for _, group in faults or doubts for each in group)
        return failed(reason, *evidence) if faults else warned(reason, *evidence)
    return passed(f"Each of the {len(quiz.items)} items has one right answer.")


_Fault = tuple[str, tuple[Evidence, ...]]


def _evidence(index: int, place: int, option: Option) -> Evidence:
    where = f"items[{index}].options[{place}].text"
    return Evidence(quote=option.text, where=where)


def _without_answer(index: int, item: Item) -> list[_Fault]:
    if any(_is_answer(fold(answer)) for answer in item.accepted_answers):
        return []
    evidence = Evidence(quote=item.stem, where=f"items[{index}].stem")
    return [(f"Question {index + 1} has no accepted answer", (evidence,))]


def _is_answer(folded: str) -> bool:
    """Whether something is said; a sign such as < or 'none' is an answer, and 'TBD' is not."""
    return bool(folded) and (folded in _SHORT_ANSWERS or not is_placeholder(folded))


def _miscounted_keys(index: int, item: Item) -> list[_Fault]:
    keys = [(place, option) for place, option in enumerate(item.options) if option.is_key]
    if len(keys) == 1:
        return []
    if not keys:
        stem = Evidence(quote=item.stem, where=f"items[{index}].stem")
        return [(f"Question {index + 1} has no right option", (stem,))]
    evidence = tuple(_evidence(index, place, option) for place, option in keys)
    return [(f"Question {index + 1} has {len(keys)} right options", evidence)]


def _is_same(one: str, other: str, stem: str) -> bool:
    """Whether two options read the same; capitals and marks count where they are asked about."""
    if tidy(one) == tidy(other):
        return True
    if _is_case_meant(one, other) or _LETTERS_MATTER.search(fold(stem)):
        return False
    return _canonical(one) == _canonical(other)


def _is_case_meant(one: str, other: str) -> bool:
    """Whether only capitals differ in something that is no word: Bb and bb, Co and CO, NaCl."""
    if fold(one) != fold(other):
        return False
    pair = (one.strip(), other.strip())
    return any(len(text) <= 2 or (text[1:] != text[1:].lower() and not text.isupper()) for text in pair)


def _canonical(text: str) -> str:
    """An option as people compare it: ½ is 1/2, 5,280 is 5280, 1.50 is 1.5."""
    plain = unicodedata.normalize("NFKC", bare_option(text)).replace("⁄", "/")
    plain = _ZEROS.sub(r"\1", _THOUSANDS.sub("", plain))
    return "".join(plain.replace(".00", "").split()) if plain[:1].isdecimal() else plain


def _is_same_value(one: str, other: str, stem: str) -> bool:
    if _FORM_MATTERS.search(fold(stem)):
        return False
    return bool(_value(one) & _value(other))


def _value(text: str) -> frozenset[Exact]:
    """What an option amounts to if it is one number and nothing else."""
    if not _ONE_NUMBER.fullmatch(text) or len(numbers := numbers_in(text)) != 1:
        return frozenset()
    number = numbers[0]
    return frozenset({min(number.amounts)}) if number.is_percent else frozenset({number.value})


CHECK = Check(
    name="one_key",
    version="1.0.0",
    title="One right answer to each question",
    why=(
        "A question with two right options, or with none, marks students wrong who know the answer, and "
        "its figures tell a teacher nothing."
    ),
    how=(
        "Each item of choice has to have exactly one option that is marked as the key, and no two options "
        "that read the same or name the same number, such as 1/2 and 2/4. Capitals, marks and the form of "
        "a number count where the question asks about them. A written answer has to be there at all."
    ),
    mend=(
        "Ask for exactly one right option, and for each wrong one to be worked out from a named mistake "
        "and compared with the right one."
    ),
    source=(
        "Haladyna, Downing and Rodriguez (2002), A Review of Multiple-Choice Item-Writing Guidelines for "
        "Classroom Assessment."
    ),
    run=_run,
    is_quick=True,
    artifacts=("quiz",),
    limits=(
        "It compares words and numbers: two options that mean the same in other words, or a wrong option "
        "that is right as well, are for a person to see."
    ),
)
