"""Check: no item of a quiz asks or tells what another one asks."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations

from sandbox.bundled.artifacts.quiz import Item, ItemKind, Quiz
from sandbox.bundled.reading.content_words import content_stems, likeness
from sandbox.bundled.reading.quiz_items import answers_of, bare_option
from sandbox.bundled.reading.wording import fold
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_NEARLY_THE_SAME = 0.8
_ALIKE = 0.6
_LONG_WORD = 6
_SIGNS = late_pattern(r"\d+(?:[.,]\d+)*|[-+×÷*/^<>%²³√]|(?<=\d)\s?x\s?(?=\d)")
_ALL_WORDS = late_pattern(r"\w+")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What an item asks, ready to be compared."""

    where: str
    stem: str
    folded: tuple[str, ...]
    words: frozenset[str]
    signs: tuple[str, ...]
    answers: frozenset[str]
    answer_words: tuple[str, ...]
    is_list: bool
    """Whether the stem holds all that is to be sorted, which gives no answer away."""

    @property
    def evidence(self) -> Evidence:
        return Evidence(quote=self.stem, where=self.where)


def _run(subject: Subject) -> Judgement:
    quiz = subject.artifact
    if not isinstance(quiz, Quiz):
        return not_applicable("It looks at quizzes only.")
    if len(quiz.items) < 2:
        return not_applicable("One item has no other to overlap with.")
    asked = [_read(index, item) for index, item in enumerate(quiz.items)]
    twice = [(one, other) for one, other in combinations(asked, 2) if _is_duplicate(one, other)]
    if twice:
        return failed(
            f"Questions that are asked twice: {len(twice)}.",
            *(each.evidence for pair in twice for each in pair),
        )
    told = frozenset(content_stems(f"{quiz.title}. {quiz.topic}. {quiz.instructions}"))
    cues = [pair for pair in permutations(asked, 2) if _tells(*pair, told)]
    alike = [(one, other) for one, other in combinations(asked, 2) if _is_alike(one, other)]
    if cues or alike:
        return warned(
            " ".join(_stories(cues, alike)), *(each.evidence for pair in (*cues, *alike) for each in pair)
        )
    return passed(f"Each of the {len(asked)} items asks something of its own.")


_Pair = tuple[_Asked, _Asked]


def _stories(cues: list[_Pair], alike: list[_Pair]) -> Iterator[str]:
    if cues:
        yield f"Questions whose answer stands in another question: {len(cues)}."
    if alike:
        yield f"Pairs of questions that ask nearly the same: {len(alike)}."


def _read(index: int, item: Item) -> _Asked:
    folded = fold(item.stem)
    answers = answers_of(item)
    words = content_stems(answers[0]) if answers else ()
    signs = tuple(sign.strip().replace("×", "x").replace("*", "x") for sign in _SIGNS.findall(folded))
    return _Asked(
        f"items[{index}].stem",
        item.stem,
        tuple(_ALL_WORDS.findall(folded)),
        frozenset(content_stems(item.stem)).difference(signs),
        signs,
        frozenset(map(bare_option, answers)),
        words,
        item.kind in {ItemKind.MATCH, ItemKind.ORDER},
    )


def _is_duplicate(one: _Asked, other: _Asked) -> bool:
    """Whether both ask the same and have the same answer."""
    if one.signs != other.signs or one.answers.isdisjoint(other.answers):
        return False
    if one.folded == other.folded or (one.signs and not one.words and not other.words):
        return True
    return len(one.words | other.words) >= 2 and likeness(_asking(one), _asking(other)) >= _NEARLY_THE_SAME


def _asking(asked: _Asked) -> frozenset[str]:
    """The words of a question; a drill's 'work out' and 'calculate' make no difference."""
    return asked.words - {"calcul", "comput", "work", "solv", "find", "evaluat"} or asked.words


def _is_alike(one: _Asked, other: _Asked) -> bool:
    if one.signs != other.signs or one.answers.isdisjoint(other.answers) or not one.answer_words:
        return False
    return len(one.words | other.words) >= 3 and likeness(one.words, other.words) >= _ALIKE


def _tells(asking: _Asked, telling: _Asked, told: frozenset[str]) -> bool:
    """Whether a question holds the answer of another one that shares a word with it."""
    answer = asking.answer_words
    if telling.is_list or not answer or len(answer) > 5:
        return False
    if asking.words.intersection(answer) or told.intersection(answer):
        return False
    if len(answer) == 1 and len(answer[0]) < _LONG_WORD:
        return False
    if not telling.words.issuperset(answer):
        return False
    return not asking.words.isdisjoint(telling.words)


CHECK = Check(
    name="items_do_not_overlap",
    version="1.0.0",
    title="Each question asks something of its own",
    why=(
        "A question that is asked twice counts twice, and one that tells the answer of another shows who "
        "reads the whole page first."
    ),
    how=(
        "Questions are compared by their words without endings, by their numbers and signs, and by their "
        "answers. The same question with the same answer fails; nearly the same, or an answer that stands "
        "in another question, is a warning. Words of the title do not count as told."
    ),
    mend=(
        "Ask for a list of the ideas to be tested first and for one question to each; then for a last look "
        "at whether a question tells the answer of another."
    ),
    source=(
        "Haladyna, Downing and Rodriguez (2002), A Review of Multiple-Choice Item-Writing Guidelines for "
        "Classroom Assessment."
    ),
    run=_run,
    is_quick=True,
    artifacts=("quiz",),
    limits=(
        "It compares words: the same question in wholly other words is not seen, and neither is a hint "
        "that an option or an explanation gives."
    ),
)
