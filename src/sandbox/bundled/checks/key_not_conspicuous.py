"""Check: nobody can guess the right options of a quiz from how they look."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.bundled.artifacts.quiz import Quiz
from sandbox.bundled.reading.content_words import content_words, stem_of
from sandbox.bundled.reading.quiz_items import bare_option, choices, distractors
from sandbox.bundled.reading.wording import is_english
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_BY_FAR = 1.3
_CHARACTERS_MORE = 8
_PARAGRAPH_TIMES = 2.5
_PARAGRAPH_MORE = 60
_ENOUGH_ITEMS = 4
_LONGEST_SHARE = 0.5
_POSITION_SHARE = 0.8
_ENOUGH_FOR_A_SHARE = 6
_ABOVE = late_pattern(
    r"(?:all|none|both|neither|any) (?:of )?(?:the |these |those )?"
    r"(?:above|these|those|options?|answers?|choices)(?: (?:options?|answers?|choices))?"
    r"(?: (?:is|are) \w+)?"
    r"|(?:both|only|neither)? ?\(?[a-e]\)?(?:,? (?:and|or|nor|&) \(?[a-e]\)?)+(?: only)?"
)
_ABSOLUTE = late_pattern(r"\b(?:always|never|only ever|completely|impossible|under no circumstances)\b")
_SHORT_ANSWER_WORDS = 2


@dataclass(frozen=True, slots=True)
class _Key:
    """A right option beside its wrong ones."""

    where: str
    text: str
    place: int
    others: tuple[str, ...]
    stem: str

    @property
    def evidence(self) -> Evidence:
        return Evidence(quote=self.text, where=self.where)

    @property
    def longest_other(self) -> int:
        return max(len(text.strip()) for text in self.others)

    @property
    def is_longest_by_far(self) -> bool:
        length = len(self.text.strip())
        return length >= self.longest_other * _BY_FAR and length >= self.longest_other + _CHARACTERS_MORE

    @property
    def is_a_paragraph(self) -> bool:
        length = len(self.text.strip())
        return (
            length >= self.longest_other * _PARAGRAPH_TIMES
            and length >= self.longest_other + _PARAGRAPH_MORE
        )


def _run(subject: Subject) -> Judgement:
    quiz = subject.artifact
    if not isinstance(quiz, Quiz):
        return not_applicable("It looks at quizzes only.")
    keys = [
        _Key(
            f"items[{index}].options[{place}].text",
            item.options[place].text,
            place,
            tuple(option.text for _, option in distractors(item)),
            item.stem,
        )
        for index, item, place in choices(quiz)
    ]
    if not keys:
        return not_applicable("There is no item with options and one key.")
    longest = [key for key in keys if key.is_longest_by_far]
    if len(longest) == len(keys) >= _ENOUGH_ITEMS:
        return failed(
            f"The right option is the longest by far in all {len(keys)} items.",
            *(key.evidence for key in longest),
        )
    doubts = [
        *_doubts_of_looks(keys, longest),
        *(_doubts_of_words(quiz, keys) if is_english(subject) else ()),
    ]
    if doubts:
        reason = " ".join(f"{reason}." for reason, _ in doubts[:3])
        return warned(reason, *(each for _, evidence in doubts for each in evidence))
    return passed(f"In the {len(keys)} items with options, no key stands out.")


_Doubt = tuple[str, tuple[Evidence, ...]]


def _doubts_of_looks(keys: list[_Key], longest: list[_Key]) -> Iterator[_Doubt]:
    """What length and place give away."""
    paragraphs = [key for key in keys if key.is_a_paragraph]
    if len(longest) >= 3 and len(longest) > len(keys) * _LONGEST_SHARE:
        story = f"The right option is the longest by far in {len(longest)} of {len(keys)} items"
        yield story, tuple(key.evidence for key in longest)
    elif paragraphs:
        yield (
            "A right option is much longer than all others beside it",
            tuple(key.evidence for key in paragraphs),
        )
    place, n_there = Counter(key.place for key in keys).most_common(1)[0]
    is_always = n_there == len(keys) >= _ENOUGH_ITEMS
    if is_always or (len(keys) >= _ENOUGH_FOR_A_SHARE and n_there >= len(keys) * _POSITION_SHARE):
        there = tuple(key.evidence for key in keys if key.place == place)
        yield f"The right option is number {place + 1} in {n_there} of {len(keys)} items", there


def _doubts_of_words(quiz: Quiz, keys: list[_Key]) -> Iterator[_Doubt]:
    """What words give away."""
    above = tuple(
        Evidence(quote=option.text, where=f"items[{index}].options[{place}].text")
        for index, item in enumerate(quiz.items)
        for place, option in enumerate(item.options)
        if _ABOVE.fullmatch(bare_option(option.text))
    )
    if above:
        yield "An option only points to the others, such as 'all of the above'", above
    moderate = tuple(key.evidence for key in keys if _is_only_moderate(key))
    if moderate:
        yield "Every option but the right one says 'always' or 'never'", moderate
    echoes = [(key, n_words) for key in keys if (n_words := _n_echoed(key))]
    if len(echoes) >= 2 or any(n_words >= 2 for _, n_words in echoes):
        story = "Only the right option repeats words of its question"
        yield story, tuple(key.evidence for key, _ in echoes)


def _is_only_moderate(key: _Key) -> bool:
    options = [bare_option(text) for text in (key.text, *key.others)]
    if any(len(text.split()) <= _SHORT_ANSWER_WORDS for text in options):
        return False
    absolute = [_ABSOLUTE.search(text) is not None for text in options]
    return not absolute[0] and all(absolute[1:])


def _n_echoed(key: _Key) -> int:
    """How many words the key shares with its stem, if no other option shares any."""
    stem = _long_words(key.stem)
    if any(not stem.isdisjoint(_long_words(text)) for text in key.others):
        return 0
    return len(stem & _long_words(key.text))


def _long_words(text: str) -> frozenset[str]:
    return frozenset(stem_of(word) for word in content_words(text) if len(word) >= 4)


CHECK = Check(
    name="key_not_conspicuous",
    version="1.0.0",
    title="The right option does not stand out",
    why=(
        "If the right option is always the longest, or always the third, a student who knows nothing "
        "passes, and the teacher moves on too early."
    ),
    how=(
        f"Over the quiz, keys are compared with the options beside them: longest by far in all of "
        f"{_ENOUGH_ITEMS} or more items fails. Most keys the longest, all at one place, the only option "
        "that repeats words of the question, the only one without 'always' or 'never', and 'all of the "
        "above' are warnings."
    ),
    mend=(
        "Ask for options of about the same length and form, for keys at mixed places, and for no option "
        "such as 'all of the above'."
    ),
    source=(
        "Haladyna, Downing and Rodriguez (2002), A Review of Multiple-Choice Item-Writing Guidelines for "
        "Classroom Assessment; the limits are a convention of this project."
    ),
    run=_run,
    is_quick=True,
    artifacts=("quiz",),
    limits=(
        "It sees length, place and words; that only one option makes sense is not seen. What words give "
        "away is looked for in English only."
    ),
)
