"""A calibration card: what a check says of labelled rows, held against what people said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise
from math import ceil
from statistics import fmean

from sandbox.contracts.check import Check
from sandbox.domain.calibration import Agreement, CalibrationCard, Figure, KnownGroup, LabelledData
from sandbox.domain.finding import Outcome
from sandbox.evaluation.agreement import Confusion, Ranking, rank_correlation, weighted_kappa
from sandbox.evaluation.baselines import baselines
from sandbox.evaluation.check_source import check_digest
from sandbox.evaluation.labels import Labels
from sandbox.evaluation.resampling import figures

SEVERITY: Mapping[Outcome, int] = {Outcome.PASS: 0, Outcome.WARN: 1, Outcome.FAIL: 2}
"""What a check says, as a number; the other outcomes judge nothing."""
_FIGURES = ("precision", "recall", "f1", "macro_f1", "kappa")


@dataclass(frozen=True)
class Looked:
    """What a check said of rows that people have labelled."""

    check: Check
    texts: Sequence[str]
    groups: Sequence[str]
    systems: Sequence[str]
    labels: Labels
    outcomes: Sequence[Outcome]

    @cached_property
    def judged(self) -> list[int]:
        """The rows of which the check said something."""
        return [row for row, outcome in enumerate(self.outcomes) if outcome in SEVERITY]

    @cached_property
    def severities(self) -> list[int]:
        """What it said of them."""
        return [SEVERITY[self.outcomes[row]] for row in self.judged]

    @cached_property
    def judged_labels(self) -> Labels:
        """What people said of them."""
        return self.labels.of(self.judged)

    def of_judged(self, values: Sequence[str]) -> list[str]:
        """Something of each row, for those rows."""
        return [values[row] for row in self.judged]


def build_card(looked: Looked, data: LabelledData) -> CalibrationCard:
    """The card of a check on these rows; those that it could not judge are counted, and named as such.

    Raises:
        InputError: the package that learns from words is not installed.
    """
    unjudged = [row for row in range(len(looked.outcomes)) if row not in set(looked.judged)]
    card = CalibrationCard(
        check=looked.check.name,
        check_version=looked.check.version,
        check_digest=check_digest(looked.check),
        basis="people",
        date=datetime.now(UTC).date(),
        data=data,
        n_not_applicable=looked.outcomes.count(Outcome.NOT_APPLICABLE),
        n_errors=looked.outcomes.count(Outcome.ERROR),
        n_positive_not_judged=sum(looked.labels.is_positive(looked.labels.values[row]) for row in unjudged),
    )
    if not looked.judged:
        return card
    found = baselines(looked.of_judged(looked.texts), looked.judged_labels, looked.of_judged(looked.groups))
    return card.model_copy(update={**_figures(looked), **_systems(looked), "baselines": found})


def _figures(looked: Looked) -> dict[str, object]:
    """Every figure with its interval, all told of the same draws."""
    labels, severities = looked.judged_labels, looked.severities
    lowest = (
        [2] if labels.are_numbers else sorted({2, *(each for each in severities if each)}, reverse=True)
    )
    outcome, length = Ranking.of(severities), Ranking.of(_lengths(looked))
    label = Ranking.of(labels.values) if labels.are_numbers else None
    values = sorted(set(labels.values))
    codes = [
        severity * len(values) + values.index(value)
        for severity, value in zip(severities, labels.values, strict=True)
    ]

    def measure(weights: Sequence[int]) -> list[float | None]:
        told = [rank_correlation(outcome, length, weights)]
        if label is not None:
            return [*told, rank_correlation(outcome, label, weights)]
        table = _counted(codes, weights, values)
        for threshold in lowest:
            confusion = _confusion(table, threshold, labels)
            told += [getattr(confusion, name) for name in _FIGURES]
        return [*told, _ordered_kappa(table, labels)] if labels.order else told

    told = figures(looked.of_judged(looked.groups), measure)
    if label is not None:
        return {"length_correlation": told[0], "rank_correlation": told[1]}
    agreement = tuple(
        _agreement(looked, threshold, told[1 + place * len(_FIGURES) :])
        for place, threshold in enumerate(lowest)
    )
    return {
        "length_correlation": told[0],
        "agreement": agreement,
        "weighted_kappa": told[-1] if labels.order else None,
    }


def _lengths(looked: Looked) -> list[float]:
    return [float(len(text.split())) for text in looked.of_judged(looked.texts)]


_Table = dict[tuple[int, float], int]
"""How often the check said so, where people said so."""


def _counted(codes: Sequence[int], weights: Sequence[int], values: Sequence[float]) -> _Table:
    counts = [0] * (len(SEVERITY) * len(values))
    for code, weight in zip(codes, weights, strict=True):
        counts[code] += weight
    return {(code // len(values), values[code % len(values)]): count for code, count in enumerate(counts)}


def _confusion(table: _Table, threshold: int, labels: Labels) -> Confusion:
    cells = {(check, people): 0 for check in (True, False) for people in (True, False)}
    for (severity, value), count in table.items():
        cells[severity >= threshold, labels.is_positive(value)] += count
    return Confusion(cells[True, True], cells[True, False], cells[False, True], cells[False, False])


def _ordered_kappa(table: _Table, labels: Labels) -> float | None:
    """A pass is the best label, a failure the worst, and a warning the one in the middle or right below."""
    size = len(labels.order)
    square = [[0.0] * size for _ in range(size)]
    for (severity, value), count in table.items():
        square[ceil(severity * (size - 1) / 2)][int(value)] += count
    return weighted_kappa(square)


def _agreement(looked: Looked, threshold: int, told: Sequence[Figure | None]) -> Agreement:
    labels, n = looked.judged_labels, len(looked.judged)
    return Agreement.model_validate(
        {
            "counts_as_found": "fail" if threshold == SEVERITY[Outcome.FAIL] else "fail or warn",
            "n": n,
            "prevalence": round(sum(map(labels.is_positive, labels.values)) / n, 6),
            "flagged": round(sum(each >= threshold for each in looked.severities) / n, 6),
            **dict(zip(_FIGURES, told, strict=False)),
        }
    )


def _systems(looked: Looked) -> dict[str, object]:
    """Known groups: what the check and people say of each system, if the rows name several."""
    labels = looked.judged_labels
    rows: dict[str, list[int]] = {}
    for row, system in enumerate(looked.of_judged(looked.systems)):
        if system:
            rows.setdefault(system, []).append(row)
    if len(rows) < 2:
        return {}
    found = []
    for system, numbers in rows.items():
        values = [labels.values[row] for row in numbers]
        said = fmean(looked.severities[row] for row in numbers)
        found.append((fmean(_amiss(values, labels)), said, system, len(numbers)))
    found.sort()
    people, check = [each[0] for each in found], [each[1] for each in found]
    pairs = pairwise(found)
    rho = rank_correlation(Ranking.of(check), Ranking.of(people), [1] * len(found))
    return {
        "systems": tuple(
            KnownGroup(system=system, n=n, mean_outcome=round(said, 6), mean_label=round(amiss, 6))
            for amiss, said, system, n in found
        ),
        "is_order_of_systems_held": all(better[1] <= worse[1] for better, worse in pairs),
        "rank_correlation_of_systems": None if rho is None else round(rho, 6),
    }


def _amiss(values: Iterable[float], labels: Labels) -> list[float]:
    """How much people saw amiss; for labels without an order, whether they did."""
    if labels.order or labels.are_numbers:
        return list(values)
    return [float(labels.is_positive(value)) for value in values]
