"""The bootstrap over groups: how far a figure may lie from the truth if whole groups are drawn anew."""

from collections.abc import Callable, Sequence
from random import Random

from sandbox.domain.calibration import Figure

DRAWS = 1_000
LEVEL = 0.95
_SEED = 20_260_101
_FEWEST_GROUPS = 5
"""From fewer groups no interval can be told."""
_FEWEST_TOLD = 0.9
"""A figure that cannot be told in more draws than this leaves over has no interval."""

Measure = Callable[[Sequence[int]], Sequence[float | None]]
"""Figures of the rows, each of which weighs so many times."""


def figures(groups: Sequence[str], measure: Measure, *, draws: int = DRAWS) -> list[Figure | None]:
    """Each figure with its interval: as many groups as there are, drawn with replacement, many times.

    The same rows always give the same intervals.
    """
    values = measure([1] * len(groups))
    drawn: list[list[float]] = [[] for _ in values]
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    if len(numbers) >= _FEWEST_GROUPS:
        row_groups = [numbers[group] for group in groups]
        random = Random(_SEED)  # noqa: S311 - no secret
        for _ in range(draws):
            times = [0] * len(numbers)
            for number in random.choices(range(len(numbers)), k=len(numbers)):
                times[number] += 1
            told = measure([times[number] for number in row_groups])
            for kept, value in zip(drawn, told, strict=True):
                if value is not None:
                    kept.append(value)
    return [_figure(value, sorted(kept), draws) for value, kept in zip(values, drawn, strict=True)]


def _figure(value: float | None, drawn: list[float], draws: int) -> Figure | None:
    if value is None:
        return None
    if len(drawn) < _FEWEST_TOLD * draws:
        return Figure(value=_rounded(value))
    low, high = (_quantile(drawn, share) for share in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return Figure(value=_rounded(value), low=_rounded(low), high=_rounded(high), level=LEVEL)


def _rounded(value: float) -> float:
    """So that no two machines write different cards."""
    return round(value, 6)


def _quantile(ordered: list[float], share: float) -> float:
    """Between two values, as many statistics packages do by default."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
