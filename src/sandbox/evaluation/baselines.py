"""Baselines: how far the commonest label, and words alone, come on the rows that a check is tried on."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from sandbox.contracts.late import late
from sandbox.domain.calibration import Baseline
from sandbox.errors import InputError
from sandbox.evaluation.agreement import Confusion, Ranking, rank_correlation, weighted_kappa
from sandbox.evaluation.folds import grouped_folds
from sandbox.evaluation.labels import Labels

_Learned = Callable[[Sequence[str]], Sequence[float]]
"""Gives a value for each text."""
_FEWEST_OF_A_WORD = 2
_MAJORITY = ("the commonest label", "It always says what most of the other groups' rows are labelled.")
_WORDS = (
    "words alone",
    (
        "Counts of words and pairs of words (TF-IDF) with logistic regression, or ridge regression for "
        "numbers, learned anew for each fifth of the groups from the other four."
    ),
)

_vectorizer = late("sklearn.feature_extraction.text:TfidfVectorizer")
_logistic = late("sklearn.linear_model:LogisticRegression")
_ridge = late("sklearn.linear_model:Ridge")


def baselines(texts: Sequence[str], labels: Labels, groups: Sequence[str]) -> tuple[Baseline, ...]:
    """What both come to on these rows; nothing if there is but one group to learn from and to be tried on.

    Raises:
        InputError: the package that learns from words is not installed.
    """
    if len(set(groups)) < 2:
        return ()
    folds = grouped_folds(groups)
    words = _tried(texts, labels, folds, _from_numbers if labels.are_numbers else _from_classes)
    if labels.are_numbers:  # a number that never varies puts nothing into an order
        return (_told(_WORDS, words, labels),)
    majority = _tried(texts, labels, folds, _commonest)
    return (_told(_MAJORITY, majority, labels), _told(_WORDS, words, labels))


def see_to_packages() -> None:
    """Make sure that the baseline of words can be made.

    Raises:
        InputError: the package that it needs is not installed.
    """
    try:
        _vectorizer()
    except ModuleNotFoundError:
        raise InputError(
            "A card says how far words alone would come, and for that a package is needed: "
            "pip install 'lesson-sandbox[calibration]'."
        ) from None


def _tried(
    texts: Sequence[str],
    labels: Labels,
    folds: Sequence[int],
    learn: Callable[[Sequence[str], Sequence[float], Labels], _Learned],
) -> list[float]:
    """What was said of each row by what had learned from the other folds."""
    said = [0.0] * len(texts)
    for fold in sorted(set(folds)):
        rest = [row for row, each in enumerate(folds) if each != fold]
        here = [row for row, each in enumerate(folds) if each == fold]
        learned = learn([texts[row] for row in rest], [labels.values[row] for row in rest], labels)
        for row, value in zip(here, learned([texts[row] for row in here]), strict=True):
            said[row] = float(value)
    return said


def _commonest(_texts: Sequence[str], values: Sequence[float], _labels: Labels) -> _Learned:
    times = Counter(values)
    common = min(times, key=lambda value: (-times[value], value))
    return lambda texts: [common] * len(texts)


def _from_classes(texts: Sequence[str], values: Sequence[float], labels: Labels) -> _Learned:
    if len(set(values)) < 2:  # there is nothing to tell apart
        return _commonest(texts, values, labels)
    return _learned(texts, values, _logistic(class_weight="balanced", max_iter=2_000))


def _from_numbers(texts: Sequence[str], values: Sequence[float], _labels: Labels) -> _Learned:
    return _learned(texts, values, _ridge(alpha=1.0))


def _learned(texts: Sequence[str], values: Sequence[float], learner: Any) -> _Learned:
    words = _vectorizer(
        lowercase=True,
        ngram_range=(1, 2),
        min_df=_FEWEST_OF_A_WORD,
        sublinear_tf=True,
        token_pattern=r"\b\w+\b",  # noqa: S106 - a pattern of words
    )
    learner.fit(words.fit_transform(texts), values)
    return lambda others: [float(value) for value in learner.predict(words.transform(others))]


def _told(name: tuple[str, str], said: Sequence[float], labels: Labels) -> Baseline:
    figures: dict[str, float | None] = {}
    if labels.are_numbers:
        ones = [1] * len(said)
        figures["rank_correlation"] = rank_correlation(Ranking.of(said), Ranking.of(labels.values), ones)
    else:
        confusion = _confusion([labels.is_positive(value) for value in said], labels)
        names = ("precision", "recall", "f1", "macro_f1", "kappa")
        figures = {each: getattr(confusion, each) for each in names}
    if labels.order:
        size = len(labels.order)
        table = [[0.0] * size for _ in range(size)]
        for row, column in zip(said, labels.values, strict=True):
            table[int(row)][int(column)] += 1
        figures["weighted_kappa"] = weighted_kappa(table)
    rounded = {each: None if value is None else round(value, 6) for each, value in figures.items()}
    return Baseline.model_validate({"name": name[0], "how": name[1], "n": len(said), **rounded})


def _confusion(flagged: Sequence[bool], labels: Labels) -> Confusion:
    pairs = Counter(zip(flagged, map(labels.is_positive, labels.values), strict=True))
    return Confusion(
        both=pairs[True, True],
        only_check=pairs[True, False],
        only_people=pairs[False, True],
        neither=pairs[False, False],
    )
