"""Check: each wrong option of a quiz is one that a student might choose for a reason."""

import re
from collections.abc import Iterator

from sandbox.bundled.artifacts.quiz import Item, Quiz
from sandbox.bundled.reading.content_words import stem_of
from sandbox.bundled.reading.number_words import written_out_numbers
from sandbox.bundled.reading.quiz_items import bare_option, choices, distractors
from sandbox.bundled.reading.wording import fold, is_english, word_set
from sandbox.contracts.check import Check, Judgement, Subject, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_NUMBER = late_pattern(
    r"[(\s]*(?:[a-z] ?[=<>≤≥] ?)?[-−+]? ?(?P<currency>[$€£¥])? ?"
    r"[-−]?(?:\d[\d.,:/\s]*|\d*[¼-¾⅐-⅞])(?:r \d+|remainder \d+)?(?P<percent> ?%)?"
    r"(?P<unit> ?[^\W\d_][^\W\d_²³.]{0,14}[²³.]?(?: [^\W\d_]{1,12}){0,2})?[)\s.]*"
)
_IS_NO_NUMBER = late_pattern(
    r"\b(?:none|no|zero|nothing|never|undefined|infinit\w+|both|neither|all|any|half|cannot|can't|not"
    r"|equal|same|impossible|unknown|depends|dozen|once|twice|thrice|doubles?|x|y|n)\b"
)
"""Words that may well stand beside numbers: no solution, cannot be determined."""
_JOKES = late_pattern(
    r"\b(?:lol|ha ?ha\w*|hehe|lmao|rofl|just kidding|your (?:mom|mama|face)|who cares|idk"
    r"|i (?:do ?n[o']t|don't|dunno) ?know|i have no idea|because i said so|whatever|blah|duh|yo ?mama)\b"
    r"|[😀-😎😜-😝🤣🤪🤡💩]"
)
_SILLY = word_set(
    "alien aliens unicorn unicorns zombie zombies superman batman spiderman santa bigfoot godzilla pikachu"
    " minecraft fortnite tiktok pizza pizzas taco tacos ninja ninjas robot robots wizard wizards dragon"
    " dragons magic fairy fairies teleported"
)
"""Jokes, unless the quiz is about them."""
_SLOT = late_pattern(
    r"(?:tbd|to ?do|placeholder|lorem ipsum.*|\[.{0,60}\]|_{2,}|(?:distractor|wrong (?:answer|option)"
    r"|incorrect (?:answer|option)|option|answer|choice) ?(?:[a-e]|\d)?)"
)
_SAYS_NO_REASON = late_pattern(
    r"(?:(?:the |a |this )?(?:student |answer |option )?(?:is |has |it'?s |made )?(?:just |simply |an? )?"
    r"(?:(?:wrong|incorrect|false|not (?:correct|right)|common|random|plausible)\b ?)*"
    r"(?:answer|option|mistake|error|guess(?:es|ing)?|distractor|misconception|confus(?:ed|ion)"
    r"|misunderstanding|wrong|incorrect|n/?a|none|tbd|unknown)?)[ .!]*"
)
_NO_GERUNDS = word_set(
    "king ring thing spring string wing sing bring during morning evening nothing ceiling"
)
_ARTICLE = late_pattern(r"\b(an?)[\s:_.…]*$")
_VOWEL_SOUND = late_pattern(r"(?:[aeio]|u(?!n[ia]|s[eu]|ti)|ho(?:ur|nest|nor)|8|11\b|18\b|[fhlmnrsx]-)")


def _run(subject: Subject) -> Judgement:
    quiz = subject.artifact
    if not isinstance(quiz, Quiz):
        return not_applicable("It looks at quizzes only.")
    items = list(choices(quiz))
    if not items:
        return not_applicable("There is no item with options and one key.")
    english = is_english(subject)
    about = _words_of(f"{quiz.title} {quiz.topic} {quiz.subject}")
    found: list[tuple[str, Evidence]] = []
    for index, item, _ in items:
        found += [
            (
                reason,
                Evidence(quote=item.options[place].text, where=f"items[{index}].options[{place}].text"),
            )
            for place, reason in _doubts(item, about, english=english)
        ]
        found += [
            ("a wrong option names no misconception", evidence) for evidence in _without_reason(index, item)
        ]
    if not found:
        return passed(f"The wrong options of {len(items)} items are of the same kind as the right ones.")
    reasons = "; ".join(dict.fromkeys(reason for reason, _ in found))
    return warned(f"To look at: {reasons}.", *(evidence for _, evidence in found))


def _doubts(item: Item, about: frozenset[str], *, english: bool) -> Iterator[tuple[int, str]]:
    """The places of options that do not fit in, each with the reason."""
    known = about | _words_of(item.stem)
    for place, option in distractors(item):
        text = bare_option(option.text)
        if not text or _SLOT.fullmatch(text):
            yield place, "an option is only a slot to be filled"
        elif _JOKES.search(text) or (english and _is_silly(text, known | _words_of(_key_text(item)))):
            yield place, "an option is a joke"
    yield from _of_another_kind(item)
    if english:
        yield from _of_another_form(item)


def _is_silly(text: str, known: frozenset[str]) -> bool:
    """Whether an option is about dragons and the like in a quiz that is not."""
    return _SILLY.isdisjoint(known) and not _SILLY.isdisjoint(_raw_words(text))


def _key_text(item: Item) -> str:
    return " ".join(option.text for option in item.options if option.is_key)


def _of_another_kind(item: Item) -> Iterator[tuple[int, str]]:
    """Numbers beside words, and numbers with a unit beside bare ones."""
    texts = [bare_option(option.text) for option in item.options]
    numbers = [_NUMBER.fullmatch(text) for text in texts]
    n_numbers = sum(number is not None for number in numbers)
    if n_numbers == len(texts):
        yield from _of_another_unit(
            [f"{n['currency'] or ''}{(n['unit'] or '').strip()}" for n in numbers if n]
        )
        return
    if n_numbers == 0 or (n_numbers == 1 and len(texts) == 2):
        return
    odd = [
        place for place, number in enumerate(numbers) if (number is None) == (2 * n_numbers >= len(texts))
    ]
    if n_numbers == 1 and not item.options[odd[0]].is_key:
        others = [text for place, text in enumerate(texts) if place not in odd]
        if not any(map(_may_be_number, others)):
            yield odd[0], "a number stands beside words"
    elif n_numbers == 1 and odd:
        words = [place for place, text in enumerate(texts) if place not in odd and not _may_be_number(text)]
        if len(words) == len(texts) - 1:
            yield words[0], "words stand beside a number"
    else:
        for place, text in enumerate(texts):
            if numbers[place] is None and not _may_be_number(text):
                yield place, "words stand beside numbers"


def _unit(number: re.Match[str]) -> str:
    return f"{number['currency'] or ''}{(number['unit'] or '').strip()}"


def _may_be_number(text: str) -> bool:
    """Whether words say a number, or what may be said in place of one."""
    return (
        any(letter.isdecimal() for letter in text)
        or _IS_NO_NUMBER.search(text) is not None
        or bool(written_out_numbers(text))
        or not any(letter.isalpha() for letter in text)
    )


def _of_another_unit(units: list[str]) -> Iterator[tuple[int, str]]:
    bare = [place for place, unit in enumerate(units) if not unit]
    if len(bare) == 1 and len(units) > 2:
        yield bare[0], "only one option has no unit"
    elif len(bare) == len(units) - 1 and len(units) > 2:
        yield next(place for place, unit in enumerate(units) if unit), "only one option has a unit"


def _of_another_form(item: Item) -> Iterator[tuple[int, str]]:
    """Options that do not go on as the others do, or as the article before them asks."""
    texts = [bare_option(option.text) for option in item.options]
    forms = [_form(text) for text in texts]
    for form in ("to", "ing", "because"):
        odd = [place for place, each in enumerate(forms) if each != form]
        if len(odd) == 1 and len(forms) > 2:
            yield odd[0], f"one option is of another form than the others ('{form}')"
    article = _ARTICLE.search(fold(item.stem))
    if article and all(text[0].isalpha() for text in texts):
        fits = [bool(_VOWEL_SOUND.match(text)) == (article[1] == "an") for text in texts]
        if not all(fits):
            yield fits.index(False), f"the '{article[1]}' in the question fits only some options"


def _form(text: str) -> str:
    first = text.split(maxsplit=1)[0] if text.split() else ""
    if first in {"to", "because"}:
        return first
    return "ing" if first.endswith("ing") and len(first) > 5 and first not in _NO_GERUNDS else ""


def _without_reason(index: int, item: Item) -> Iterator[Evidence]:
    """Distractors whose misconception says nothing, or says for each the same."""
    wrong = distractors(item)
    reasons = [fold(option.misconception) for _, option in wrong]
    for (place, option), reason in zip(wrong, reasons, strict=True):
        says_the_same = len(wrong) > 1 and len(set(reasons)) == 1
        if says_the_same or _SAYS_NO_REASON.fullmatch(reason):
            text = option.misconception.strip()
            yield Evidence(
                quote=text or option.text, where=f"items[{index}].options[{place}].misconception"
            )


def _raw_words(text: str) -> frozenset[str]:
    return frozenset(fold(text).replace(".", " ").replace(",", " ").replace("-", " ").split())


def _words_of(text: str) -> frozenset[str]:
    """The words of a text and their stems."""
    words = _raw_words(text.replace("?", " "))
    return words | {stem_of(word) for word in words} | {f"{word}s" for word in words}


CHECK = Check(
    name="distractors_are_plausible",
    version="1.0.0",
    title="Wrong options could be chosen for a reason",
    why=(
        "A wrong option that nobody chooses makes guessing easier, and one that stands for a known mistake "
        "tells the teacher what to reteach."
    ),
    how=(
        "Options of an item are compared: numbers beside numbers, units beside units, phrases of one form. "
        "Jokes, empty slots, an 'a' or 'an' that fits only some options, and wrong options that name no "
        "misconception of their own are warnings."
    ),
    mend=(
        "Ask for each wrong option to be what a student gets who makes one named mistake, written in the "
        "same form as the right option."
    ),
    source=(
        "Haladyna, Downing and Rodriguez (2002), A Review of Multiple-Choice Item-Writing Guidelines for "
        "Classroom Assessment; Sadler (1998) on options that stand for misconceptions."
    ),
    run=_run,
    is_quick=True,
    artifacts=("quiz",),
    limits=(
        "It sees form, not sense: whether students really hold the misconception, and whether it leads to "
        "this option, is for a teacher to say. Forms of words are compared in English only."
    ),
)
