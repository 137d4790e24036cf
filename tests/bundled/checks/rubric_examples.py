"""Rubrics for tests, made of a few words."""

from collections.abc import Sequence

from sandbox.bundled.artifacts.rubric import Criterion, Level, Rubric

LABELS = ("Strong", "On the way", "Starting")
POINTS = (3, 2, 1)


def criterion(
    name: str,
    *descriptors: str,
    weight: int = 50,
    labels: Sequence[str] = LABELS,
    points: Sequence[int] = POINTS,
) -> Criterion:
    """A criterion whose levels are described so, from the strongest to the weakest."""
    levels = tuple(
        Level(label=label, points=point, descriptor=words, in_student_words=f"I can point to this: {words}")
        for label, point, words in zip(labels, points, descriptors, strict=True)
    )
    return Criterion(name=name, weight_percent=weight, levels=levels)


SOURCES = criterion(
    "Sources",
    "Names two sources and tells who wrote each.",
    "Names one source.",
    "Names no source.",
)
REASONS = criterion(
    "Reasons",
    "Gives three reasons, each with an example from the article.",
    "Gives reasons, one of them with an example.",
    "States an opinion without a reason.",
)


def rubric(*criteria: Criterion) -> Rubric:
    """A rubric of these criteria."""
    return Rubric(
        title="Letter about the park",
        grade="5",
        subject="English",
        task="Write a letter to the mayor about the park.",
        criteria=criteria,
        how_to_use="Read it before you hand in; your teacher marks one level in each row.",
    )
