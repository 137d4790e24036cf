"""Check: every section of an answer says something."""

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from sandbox.bundled.reading.placeholders import is_none_said, is_placeholder
from sandbox.bundled.reading.wording import fold, word_set
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence, place_in_words
from sandbox.domain.passages import Passage

_MAY_BE_NONE = frozenset({"standards", "materials", "safety_notes"})
_JUDGED_ELSEWHERE = frozenset({"check_for_understanding"})
_MAY_BE_SYMBOLS = frozenset({"answer", "quote", "term"})
"""Fields in which a sign or a drawing is enough."""
_IN_SENTENCES = word_set(
    "teacher_does students_do response support why what how teacher_note definition worked_example"
)
_LONE_WORD = late_pattern(r"[\W_]*[a-zà-ɏ]+[\W_]*")
_SO_MANY_ALIKE = 3


class _Section(NamedTuple):
    """A text of the answer, the field that it stands in, and what it says, folded for comparing."""

    passage: Passage
    field: str
    said: str

    @property
    def says_nothing(self) -> bool:
        if self.field in _MAY_BE_SYMBOLS:
            return not self.said
        if self.field in _MAY_BE_NONE and is_none_said(self.said):
            return False
        return is_placeholder(self.said) or self._repeats_its_task

    @property
    def _repeats_its_task(self) -> bool:
        """Whether the text is the name or the description of its own field."""
        said, asked = self.said.rstrip(". "), _folded_description(self.passage.description)
        if said in {self.field, self.field.replace("_", " ")}:
            return True
        return bool(asked) and (asked in said or (len(said.split()) >= 3 and asked.startswith(said)))


def _run(subject: Subject) -> Judgement:
    if subject.artifact is None:
        return not_applicable("Plain text has no sections.")
    sections = [
        _Section(passage, field, fold(passage.text))
        for passage in subject.passages
        if (field := passage.field) not in _JUDGED_ELSEWHERE
    ]
    if empty := [section.passage for section in sections if section.says_nothing]:
        return failed(f"Sections that say nothing: {_places(empty)}.", *_evidence(empty))
    if alike := _alike(sections):
        return failed(f"The same words stand in several sections: {_places(alike)}.", *_evidence(alike))
    if short := [section.passage for section in sections if _is_lone_word(section)]:
        return warned(f"A single word where a sentence belongs: {_places(short)}.", *_evidence(short))
    return passed(f"All {len(sections)} texts say something.")


@lru_cache(maxsize=256)
def _folded_description(description: str) -> str:
    return fold(description).rstrip(". ")


def _is_lone_word(section: _Section) -> bool:
    return section.field in _IN_SENTENCES and _LONE_WORD.fullmatch(section.said) is not None


def _alike(sections: list[_Section]) -> list[Passage]:
    """Texts of three words or more that fill several fields, or two fields of one record."""
    by_words: defaultdict[str, list[Passage]] = defaultdict(list)
    for section in sections:
        words = section.said.rstrip(".!? ")
        is_long = len(words) >= 16 or len(words.split()) >= 3
        if is_long and section.field not in _MAY_BE_SYMBOLS:
            by_words[words].append(section.passage)
    return [
        passage
        for same in by_words.values()
        if len(same) >= _SO_MANY_ALIKE
        or (len(same) > 1 and len({passage.parent for passage in same}) < len(same))
        for passage in same
    ]


def _evidence(passages: list[Passage]) -> list[Evidence]:
    return [Evidence(quote=passage.text or "(empty)", where=passage.path) for passage in passages]


def _places(passages: list[Passage]) -> str:
    shown = ", ".join(place_in_words(passage.path) for passage in passages[:5])
    return shown + (f" and {len(passages) - 5} more" if len(passages) > 5 else "")


CHECK = Check(
    name="sections_present",
    version="1.0.0",
    title="Every section says something",
    why=(
        "Models fill a form even when they have nothing to put in it. An empty section looks finished "
        "until the lesson."
    ),
    how=(
        "Each text is compared with words that only hold a place ('...', 'TBD', 'string'), with the name "
        "and description of its own field, and with the other texts: the same words in three sections "
        "fail."
    ),
    mend=(
        "Say in the prompt what belongs in that section, with one short example; ask for fewer items if "
        "the model runs dry."
    ),
    source=(
        "A rule of this project, from what small models do; the sections of a plan follow Rosenshine "
        "(2012), Principles of Instruction."
    ),
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan", "feedback"),
    limits="It sees that something is said, not that it is any good.",
)
