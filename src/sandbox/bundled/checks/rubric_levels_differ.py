"""Check: the levels of a rubric differ in something that can be seen."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from sandbox.bundled.artifacts.rubric import Level, Rubric
from sandbox.bundled.reading.content_words import stem_of
from sandbox.bundled.reading.wording import fold, is_english, word_set
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_DEGREES = word_set("""
    always usually often sometimes rarely seldom never occasionally frequently consistently generally
    regularly inconsistently typically very really quite somewhat slightly mostly partly partially fully
    completely entirely thoroughly clearly well highly extremely moderately minimally adequately poorly
    strongly weakly effectively sufficiently insufficiently exceptionally excellently superbly fairly
    nicely barely hardly exceptional excellent outstanding superb great good fair satisfactory adequate
    acceptable limited minimal poor weak strong insufficient sufficient inadequate basic some-what
    consistent inconsistent occasional frequent
""")
"""Words that only say how often or how well."""
_SAYS_LITTLE = word_set(
    "a an the of in is are was be to and or with that it its this their his her i my at for on"
)
_VAGUE = word_set("""
    work job understanding knowledge skill skills ability quality effort performance shows show showing
    demonstrates demonstrate displays exhibits has have does do meets meet exceeds exceed below above
    approaches approaching expectation expectations standard standards grade level needs need improvement
    improving student students proficient advanced beginning developing mastery task criteria requirement
    requirements concept content topic shown evident learning progress beyond towards toward not yet
    i my can did know understand
""")
"""Words that name nothing which could be seen or heard in a piece of work."""
_WORD = late_pattern(r"[^\W_]+(?:['-][^\W_]+)*")


def _run(subject: Subject) -> Judgement:
    rubric = subject.artifact
    if not isinstance(rubric, Rubric):
        return not_applicable("It looks at rubrics only.")
    equal = list(_pairs(rubric, lambda text: tuple(fold(text).rstrip(" .").split())))
    told_twice = [pair for pair in equal if pair[0].where.endswith("descriptor")]
    if told_twice:
        return failed(
            "Two levels have the same description, so nobody can tell them apart.",
            *(evidence for pair in told_twice for evidence in pair),
        )
    doubts: list[tuple[str, Sequence[Evidence]]] = []
    if equal:
        doubts.append(
            ("Two levels are the same in the students' words", [e for pair in equal for e in pair])
        )
    if is_english(subject):
        ladders = [pair for pair in _pairs(rubric, _without_degrees) if pair not in equal]
        if ladders:
            words = "Levels differ only in words such as 'always' and 'sometimes' or in little words"
            doubts.append((words, [evidence for pair in ladders for evidence in pair]))
        if vague := list(_vague(rubric)):
            doubts.append(("A level describes nothing that can be seen or heard", vague))
    if doubts:
        reason = " ".join(f"{story}." for story, _ in doubts)
        return warned(reason, *dict.fromkeys(evidence for _, group in doubts for evidence in group))
    return passed(f"The levels of all {len(rubric.criteria)} criteria differ.")


def _pairs(rubric: Rubric, key: Callable[[str], tuple[str, ...]]) -> Iterator[tuple[Evidence, Evidence]]:
    """Pairs of levels of one criterion that come to the same, in either wording."""
    for index, criterion in enumerate(rubric.criteria):
        for field, told in _WORDINGS:
            keys = [key(told(level)) for level in criterion.levels]
            for (i, one), (j, other) in combinations(enumerate(keys), 2):
                if one == other and one:
                    yield (
                        Evidence(
                            quote=told(criterion.levels[i]), where=f"criteria[{index}].levels[{i}].{field}"
                        ),
                        Evidence(
                            quote=told(criterion.levels[j]), where=f"criteria[{index}].levels[{j}].{field}"
                        ),
                    )


_WORDINGS: tuple[tuple[str, Callable[[Level], str]], ...] = (
    ("descriptor", lambda level: level.descriptor),
    ("in_student_words", lambda level: level.in_student_words),
)


def _without_degrees(text: str) -> tuple[str, ...]:
    """The words that make a difference to somebody who looks: numbers and 'not' do, 'clearly' does not."""
    return tuple(
        stem_of(word)
        for word in _WORD.findall(fold(text))
        if word not in _DEGREES and word not in _SAYS_LITTLE
    )


def _vague(rubric: Rubric) -> Iterator[Evidence]:
    for index, criterion in enumerate(rubric.criteria):
        named = set(_WORD.findall(fold(criterion.name)))
        for place, level in enumerate(criterion.levels):
            words = set(_WORD.findall(fold(level.descriptor)))
            if not words - _DEGREES - _SAYS_LITTLE - _VAGUE - named:
                where = f"criteria[{index}].levels[{place}].descriptor"
                yield Evidence(quote=level.descriptor, where=where)


CHECK = Check(
    name="rubric_levels_differ",
    version="1.0.0",
    title="Levels differ in what can be seen",
    why=(
        "'Often clear' and 'sometimes clear' mean what each reader wants. Students can only improve toward "
        "what they can see in their own work."
    ),
    how=(
        "The levels of a criterion are compared: the same description twice fails. Descriptions that are "
        "the same once 'always', 'sometimes', 'clearly' and little words are taken out, that say nothing "
        "but 'good work', or that are equal in the students' words are warnings. Numbers, 'not' and 'all, "
        "most, few' count as a difference."
    ),
    mend=(
        "Ask for each level to tell what stands in the work: what is there, how many, what is missing; and "
        "rule out ladders of always, often, sometimes, rarely."
    ),
    source="Brookhart (2013), How to Create and Use Rubrics for Formative Assessment and Grading.",
    run=_run,
    is_quick=True,
    artifacts=("rubric",),
    limits=(
        "Ladders and vague words are found in English only. Whether the steps between levels are equally "
        "large, and whether they fit the task, is for a teacher to say."
    ),
)
