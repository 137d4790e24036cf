"""How people's labels are read."""

import pytest

from sandbox.errors import InputError
from sandbox.evaluation.folds import grouped_folds
from sandbox.evaluation.labels import LabelMeaning, read_meaning


def test_yes_and_no_need_no_explanation() -> None:
    """In any case of letters."""
    labels, meaning = read_meaning(["Yes", "no", "NO"], LabelMeaning())

    assert labels.values == (1, 0, 0)
    assert meaning.positive == ("Yes",)
    assert labels.is_positive(1)


def test_named_labels_are_the_positive_ones() -> None:
    """All others are not."""
    labels, _ = read_meaning(["told", "hinted", "silent"], LabelMeaning(positive=("told",)))

    assert labels.values == (1, 0, 0)


def test_an_order_gives_places_and_its_end_is_positive() -> None:
    """From the best to the worst."""
    labels, meaning = read_meaning(["good", "bad", "fair"], LabelMeaning(order=("good", "fair", "bad")))

    assert labels.values == (0, 2, 1)
    assert meaning.positive == ("bad",)
    assert [labels.is_positive(value) for value in labels.values] == [False, True, False]


def test_numbers_are_numbers_and_may_be_better_when_higher() -> None:
    """Then their sign is turned, so that more is always worse."""
    worse, _ = read_meaning(["0.5", "-2"], LabelMeaning())
    better, _ = read_meaning(["0.5", "-2"], LabelMeaning(is_higher_better=True))

    assert worse.are_numbers
    assert (worse.values, better.values) == ((0.5, -2), (-0.5, 2))


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        (LabelMeaning(), "--positive"),
        (LabelMeaning(positive=("great",)), "No row is labelled 'great'"),
        (LabelMeaning(order=("good", "fair")), "leaves some out: 'bad'"),
        (LabelMeaning(order=("good", "bad"), positive=("awful",)), "No row is labelled 'awful'"),
    ],
)
def test_labels_that_nobody_can_read_are_an_error(meaning: LabelMeaning, words: str) -> None:
    """The message names the labels that there are."""
    with pytest.raises(InputError, match=words):
        read_meaning(["good", "bad"], meaning)


def test_groups_stay_whole_and_folds_are_about_as_large() -> None:
    """Every row has a fold, and no group is in two."""
    groups = [f"g{row % 11}" for row in range(110)]

    folds = grouped_folds(groups)

    assert len(set(zip(groups, folds, strict=True))) == 11
    assert sorted(folds.count(fold) for fold in set(folds)) == [20, 20, 20, 20, 30]
    assert set(grouped_folds(["a", "b"])) == {0, 1}
