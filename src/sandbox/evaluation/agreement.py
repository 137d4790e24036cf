"""How well two readings of the same rows agree: precision, recall, F1, kappa and rank correlation.

Each row may weigh more than once, or not at all, as in a bootstrap. What cannot be told is None.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often a check flagged a row, and people did: the four counts behind most figures."""

    both: float = 0
    only_check: float = 0
    only_people: float = 0
    neither: float = 0

    @property
    def n(self) -> float:
        """All rows."""
        return self.both + self.only_check + self.only_people + self.neither

    @property
    def precision(self) -> float | None:
        """Share of flagged rows that people would flag too."""
        flagged = self.both + self.only_check
        return self.both / flagged if flagged else None

    @property
    def recall(self) -> float | None:
        """Share of the rows that people flag that the check flags too."""
        seen = self.both + self.only_people
        return self.both / seen if seen else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return _f1(self.both, self.only_check + self.only_people)

    @property
    def macro_f1(self) -> float | None:
        """The mean of F1 for what is flagged and for what is not; what nobody ever says does not count."""
        missed = self.only_check + self.only_people
        told = [each for each in (_f1(self.both, missed), _f1(self.neither, missed)) if each is not None]
        return sum(told) / len(told) if told else None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: agreement beyond what chance would give."""
        return weighted_kappa([[self.neither, self.only_people], [self.only_check, self.both]])


def weighted_kappa(table: Sequence[Sequence[float]]) -> float | None:
    """Cohen's kappa with quadratic weights, of a square table of counts; plain kappa if it has two rows."""
    size = len(table)
    rows = [sum(row) for row in table]
    columns = [sum(row[place] for row in table) for place in range(size)]
    n = sum(rows)
    if not n:
        return None
    places = [(row, column) for row in range(size) for column in range(size)]
    seen = sum(table[row][column] * (row - column) ** 2 for row, column in places)
    by_chance = sum(rows[row] * columns[column] * (row - column) ** 2 for row, column in places) / n
    return 1 - seen / by_chance if by_chance else None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Values in their order, worked out once, so that ranks under any weights are quick to tell."""

    ties: tuple[tuple[int, ...], ...]
    """The rows, the lowest value first, those with equal values together."""

    @classmethod
    def of(cls, values: Sequence[float]) -> "Ranking":
        """The order of these values."""
        by_value: dict[float, list[int]] = {}
        for row, value in enumerate(values):
            by_value.setdefault(value, []).append(row)
        return cls(tuple(tuple(by_value[value]) for value in sorted(by_value)))

    def ranks(self, weights: Sequence[int]) -> list[float]:
        """The rank of each row, as if it stood there so many times; equal values share a rank."""
        found = [0.0] * len(weights)
        before = 0
        for tie in self.ties:
            size = sum([weights[row] for row in tie])
            rank = before + (size + 1) / 2
            for row in tie:
                found[row] = rank
            before += size
        return found


def rank_correlation(left: Ranking, right: Ranking, weights: Sequence[int]) -> float | None:
    """Spearman's rank correlation; None if one of the two never varies."""
    n = sum(weights)
    if n < 2:
        return None
    middle = (n + 1) / 2
    lefts, rights = left.ranks(weights), right.ranks(weights)
    both = left_square = right_square = 0.0
    for x, y, weight in zip(lefts, rights, weights, strict=True):
        if weight:
            x -= middle  # noqa: PLW2901 - this runs for each row of each of a thousand draws
            y -= middle  # noqa: PLW2901
            both += weight * x * y
            left_square += weight * x * x
            right_square += weight * y * y
    spread = sqrt(left_square) * sqrt(right_square)
    return both / spread if spread else None


def _f1(hits: float, misses: float) -> float | None:
    return 2 * hits / (2 * hits + misses) if hits or misses else None
