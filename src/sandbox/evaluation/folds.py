"""Folds by group: what something simple is tried on, it has not learned from."""

from collections import Counter
from collections.abc import Sequence

FOLDS = 5


def grouped_folds(groups: Sequence[str], *, n_folds: int = FOLDS) -> list[int]:
    """The fold of each row: groups stay whole, the largest are dealt out first, to the emptiest fold."""
    sizes = Counter(groups)
    loads = [0] * min(n_folds, len(sizes))
    fold_of: dict[str, int] = {}
    for group, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        emptiest = loads.index(min(loads))
        fold_of[group] = emptiest
        loads[emptiest] += size
    return [fold_of[group] for group in groups]
