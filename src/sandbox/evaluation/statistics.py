"""The statistics that a scorecard rests on."""

from math import sqrt
from statistics import NormalDist

from sandbox.domain.scorecard import Interval


def wilson_interval(successes: float, n: int, *, level: float = 0.95) -> Interval:
    """The interval that holds the true rate behind `successes` of `n` (Wilson 1927).

    `n` counts cases. Successes may be fractions where a case was tried more than once: a case still counts
    as one, so that repeats of one case never pass for new evidence.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    rate = successes / n
    middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    return Interval(low=max(0.0, middle - half), high=min(1.0, middle + half), level=level)
