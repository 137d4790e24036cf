"""Check: all criteria of a rubric have the same levels, counted in one direction."""

from collections.abc import Sequence
from itertools import pairwise

from sandbox.bundled.artifacts.rubric import Criterion, Rubric
from sandbox.bundled.reading.wording import fold
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_POINTS_BEHIND = late_pattern(r"\s*[(\[][^()\[\]]{0,20}[)\]]$")


def _run(subject: Subject) -> Judgement:
    rubric = subject.artifact
    if not isinstance(rubric, Rubric):
        return not_applicable("It looks at rubrics only.")
    first, *others = rubric.criteria
    faults: list[tuple[str, Evidence]] = []
    for index, criterion in enumerate(rubric.criteria):
        if (direction := _direction(criterion)) == 0:
            story = f"the points of '{criterion.name}' neither rise nor fall from level to level"
            faults.append((story, _points(index, criterion)))
        elif direction != (_direction(first) or direction):
            faults.append(
                (f"the points of '{criterion.name}' run the other way", _points(index, criterion))
            )
    for index, criterion in enumerate(others, 1):
        name = Evidence(quote=criterion.name, where=f"criteria[{index}].name")
        if len(criterion.levels) != len(first.levels):
            n_levels = f"{len(criterion.levels)} levels, '{first.name}' has {len(first.levels)}"
            story = f"'{criterion.name}' has {n_levels}"
            faults.append((story, name))
            continue
        odd = _first_difference(_labels(first), _labels(criterion))
        if odd is not None:
            label = criterion.levels[odd].label
            where = f"criteria[{index}].levels[{odd}].label"
            faults.append(
                (f"'{criterion.name}' names a level '{label}'", Evidence(quote=label, where=where))
            )
    if faults:
        reason = "; ".join(story for story, _ in faults[:3])
        return failed(f"The levels do not agree: {reason}.", *(evidence for _, evidence in faults))
    if uneven := _other_points(first, others):
        return warned(
            "The same level counts differently in different criteria, beside the weights.", *uneven
        )
    return passed(f"All {len(rubric.criteria)} criteria have the same {len(first.levels)} levels.")


def _direction(criterion: Criterion) -> int:
    """1 if the points rise from level to level, -1 if they fall, 0 if neither."""
    steps = [after.points - before.points for before, after in pairwise(criterion.levels)]
    if steps and all(step > 0 for step in steps):
        return 1
    return -1 if steps and all(step < 0 for step in steps) else 0


def _points(index: int, criterion: Criterion) -> Evidence:
    steps = list(pairwise(criterion.levels))
    rises = bool(steps) and sum(after.points - before.points for before, after in steps) > 0
    place = next(
        (
            number
            for number, (before, after) in enumerate(steps, 1)
            if (after.points <= before.points) == rises or after.points == before.points
        ),
        0,
    )
    quote = str(criterion.levels[place].points)
    return Evidence(quote=quote, where=f"criteria[{index}].levels[{place}].points")


def _labels(criterion: Criterion) -> list[str]:
    return [_POINTS_BEHIND.sub("", fold(level.label)).strip(" .:*") for level in criterion.levels]


def _first_difference(some: Sequence[str], others: Sequence[str]) -> int | None:
    return next(
        (place for place, (one, other) in enumerate(zip(some, others, strict=True)) if one != other), None
    )


def _other_points(first: Criterion, others: Sequence[Criterion]) -> list[Evidence]:
    """The levels that count something else than in the first criterion."""
    return [
        Evidence(quote=str(level.points), where=f"criteria[{index}].levels[{place}].points")
        for index, criterion in enumerate(others, 1)
        for place, (level, same) in enumerate(zip(criterion.levels, first.levels, strict=True))
        if level.points != same.points
    ]


CHECK = Check(
    name="rubric_levels_agree",
    version="1.0.0",
    title="Every criterion has the same levels",
    why=(
        "Students and teachers read a rubric as a grid. If a level is missing, named differently or counts "
        "the wrong way round, two teachers give two scores."
    ),
    how=(
        "Each criterion has to have as many levels as the first, with the same names in the same order, "
        "and points that rise or fall from level to level in one direction. Other points for the same "
        "level are a warning."
    ),
    mend="Name the levels and their points in the prompt, and ask for exactly these in every criterion.",
    source="Brookhart (2013), How to Create and Use Rubrics for Formative Assessment and Grading.",
    run=_run,
    is_quick=True,
    artifacts=("rubric",),
    limits="It compares names and numbers; whether a level asks for as much everywhere, it cannot tell.",
)
