"""Ways to break a rubric."""

from collections.abc import Iterator
from typing import Any

from tests.planted.planting import breaks
from tests.planted.unbroken import Answer

_GRASP = ("a sophisticated", "a solid", "an emerging", "a limited")
_STANDARD = ("goes beyond", "meets", "comes near", "is below")
_SKILL = ("with great skill", "with skill", "with some skill", "with little skill")
_QUALITY = ("Excellent work.", "Good work.", "Fair work.", "Weak work.")


def _last(rubric: Answer) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The record, and the levels of its last criterion to be changed in it."""
    record = rubric.record
    return record, record["criteria"][-1]["levels"]


def _described(rubric: Answer, words: tuple[str, ...]) -> Iterator[Answer]:
    """The rubric with these descriptors in a criterion, for each criterion in turn."""
    for place, criterion in enumerate(rubric.record["criteria"]):
        record = rubric.record
        levels = record["criteria"][place]["levels"]
        for level, descriptor in zip(levels, words[: len(criterion["levels"])], strict=True):
            level["descriptor"] = descriptor
        yield rubric.showing(record)


@breaks("rubric_levels_agree")
def a_level_is_missing_in_one_criterion(rubric: Answer) -> Answer | None:
    """The last criterion goes without its second level."""
    record, levels = _last(rubric)
    if len(levels) < 4:
        return None
    del levels[1]
    return rubric.showing(record)


@breaks("rubric_levels_agree")
def a_level_is_named_differently_in_one_criterion(rubric: Answer) -> Answer:
    """The second level is called proficient there, and by its own name elsewhere."""
    record, levels = _last(rubric)
    levels[1]["label"] = "Proficient"
    return rubric.showing(record)


@breaks("rubric_levels_agree")
def one_criterion_begins_with_the_weakest_work(rubric: Answer) -> Answer:
    """All others begin with the strongest."""
    record, levels = _last(rubric)
    levels.reverse()
    return rubric.showing(record)


@breaks("rubric_levels_agree")
def the_points_of_two_levels_are_swapped(rubric: Answer) -> Answer:
    """In one criterion the weaker work counts more."""
    record, levels = _last(rubric)
    levels[1]["points"], levels[2]["points"] = levels[2]["points"], levels[1]["points"]
    return rubric.showing(record)


@breaks("rubric_levels_agree")
def one_criterion_has_a_level_of_its_own(rubric: Answer) -> Answer:
    """A level for work that was not handed in stands under the last criterion only."""
    record, levels = _last(rubric)
    own = {"label": "Not handed in", "points": 0, "descriptor": "There is nothing to look at."}
    levels.append(own | {"in_student_words": "I have not handed it in."})
    return rubric.showing(record)


@breaks("rubric_levels_agree")
def two_levels_count_the_same(rubric: Answer) -> Answer:
    """In every criterion the two strongest levels have equal points."""
    record = rubric.record
    for criterion in record["criteria"]:
        criterion["levels"][0]["points"] = criterion["levels"][1]["points"]
    return rubric.showing(record)


@breaks("rubric_levels_differ")
def a_level_is_described_like_the_one_above(rubric: Answer) -> Iterator[Answer]:
    """The second level copies the first, in each criterion in turn."""
    for place, criterion in enumerate(rubric.record["criteria"]):
        record = rubric.record
        record["criteria"][place]["levels"][1]["descriptor"] = criterion["levels"][0]["descriptor"]
        yield rubric.showing(record)


@breaks("rubric_levels_differ")
def levels_only_say_how_good_the_work_is(rubric: Answer) -> Iterator[Answer]:
    """Excellent, good, fair and weak work, in each criterion in turn."""
    yield from _described(rubric, _QUALITY)


@breaks("rubric_levels_differ")
def levels_differ_by_skill_alone(rubric: Answer) -> Iterator[Answer]:
    """The same is done with great, some or little skill."""
    yield from _described(rubric, tuple(f"Carries out this part of the task {each}." for each in _SKILL))


@breaks("rubric_levels_differ")
def levels_differ_by_an_adjective_alone(rubric: Answer) -> Iterator[Answer]:
    """A grasp is sophisticated, solid, emerging or limited, and nobody can see which."""
    yield from _described(rubric, tuple(f"Shows {each} grasp of what is asked for." for each in _GRASP))


@breaks("rubric_levels_differ")
def levels_only_point_to_the_standard(rubric: Answer) -> Iterator[Answer]:
    """The work is beyond, at, near or below a standard that nobody describes."""
    yield from _described(
        rubric, tuple(f"The work {each} the standard for this grade." for each in _STANDARD)
    )


@breaks("rubric_levels_differ")
def students_are_told_the_same_twice(rubric: Answer) -> Answer:
    """Only the teacher can tell two levels apart."""
    record, levels = _last(rubric)
    levels[2]["in_student_words"] = levels[1]["in_student_words"]
    return rubric.showing(record)


@breaks("weights_add_up")
def one_criterion_weighs_a_little_more(rubric: Answer) -> Iterator[Answer]:
    """Five percent come from nowhere, for each criterion in turn."""
    for place in range(len(rubric.record["criteria"])):
        record = rubric.record
        record["criteria"][place]["weight_percent"] += 5
        yield rubric.showing(record)


@breaks("weights_add_up")
def a_criterion_is_dropped(rubric: Answer) -> Answer | None:
    """The weights of the others stay as they were."""
    record = rubric.record
    del record["criteria"][-1]
    return rubric.showing(record) if len(record["criteria"]) > 1 else None


@breaks("weights_add_up")
def a_criterion_is_added_on_top(rubric: Answer) -> Answer:
    """Neatness counts ten percent beside the whole."""
    record, levels = _last(rubric)
    record["criteria"].append({"name": "Neatness", "weight_percent": 10, "levels": levels})
    return rubric.showing(record)


@breaks("weights_add_up")
def the_weights_are_rounded_down(rubric: Answer) -> Answer | None:
    """Three equal criteria weigh 33 percent each, which makes 99."""
    record = rubric.record
    share = 100 // len(record["criteria"])
    for criterion in record["criteria"]:
        criterion["weight_percent"] = share
    return rubric.showing(record) if share * len(record["criteria"]) != 100 else None


@breaks("weights_add_up")
def points_stand_where_weights_belong(rubric: Answer) -> Answer:
    """Each criterion weighs as much as its best level has points."""
    record = rubric.record
    for criterion in record["criteria"]:
        criterion["weight_percent"] = max(level["points"] for level in criterion["levels"])
    return rubric.showing(record)


@breaks("weights_add_up")
def weights_are_shifted_unevenly(rubric: Answer) -> Answer:
    """One criterion gains ten percent, and only five are taken from another."""
    record = rubric.record
    record["criteria"][0]["weight_percent"] += 10
    record["criteria"][1]["weight_percent"] -= 5
    return rubric.showing(record)
