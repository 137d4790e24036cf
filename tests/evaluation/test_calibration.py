"""A calibration card, from labelled rows to figures."""

import pytest

from sandbox.contracts.check import Check, passed
from sandbox.domain.calibration import LabelledData
from sandbox.domain.finding import Outcome
from sandbox.domain.standing import Standing
from sandbox.evaluation.calibration import Looked, build_card
from sandbox.evaluation.labels import LabelMeaning, read_meaning

PASS, WARN, FAIL, NONE, ERROR = (
    Outcome.PASS,
    Outcome.WARN,
    Outcome.FAIL,
    Outcome.NOT_APPLICABLE,
    Outcome.ERROR,
)
CHECK = Check(
    name="kind",
    version="1.0.0",
    title="-",
    why="-",
    how="-",
    mend="-",
    source="-",
    run=lambda _: passed("-"),
)


def card(outcomes, labels, *, meaning=None, systems=None, groups=None, texts=None):
    """The card of these outcomes on rows with these labels, each row a group of its own."""
    read, _ = read_meaning(labels, meaning or LabelMeaning())
    n = len(labels)
    looked = Looked(
        check=CHECK,
        texts=texts or [f"word{row % 7} word{row % 3}" for row in range(n)],
        groups=groups or [str(row) for row in range(n)],
        systems=systems or [""] * n,
        labels=read,
        outcomes=outcomes,
    )
    return build_card(looked, LabelledData(name="d", sha256="0" * 64, n_rows=n, n_groups=n))


@pytest.fixture(autouse=True)
def _packages() -> None:
    pytest.importorskip("sklearn")


def test_failures_and_warnings_are_told_apart() -> None:
    """Warnings are nothing that a gate rests on, so both readings stand on the card."""
    made = card([FAIL, WARN, PASS, PASS] * 10, ["yes", "yes", "no", "no"] * 10)
    fail, warn = made.agreement

    assert (fail.counts_as_found, fail.recall.value, fail.precision.value) == ("fail", 0.5, 1)
    assert (warn.counts_as_found, warn.recall.value, warn.kappa.value) == ("fail or warn", 1, 1)
    assert (fail.n, fail.prevalence, fail.flagged, warn.flagged) == (40, 0.5, 0.25, 0.5)
    assert made.standing is Standing.PEOPLE


def test_rows_that_were_not_judged_are_counted() -> None:
    """None is dropped in silence, and what people saw in them is said."""
    made = card([FAIL, PASS, NONE, ERROR] * 10, ["yes", "no", "yes", "no"] * 10)

    assert (made.n_judged, made.n_not_applicable, made.n_errors) == (20, 10, 10)
    assert made.n_positive_not_judged == 10
    assert made.agreement[0].n == 20
    assert "n = 20 of 40 rows" in made.in_words


def test_a_check_that_agrees_by_chance_alone_stays_uncalibrated() -> None:
    """Its kappa may as well be 0."""
    made = card([FAIL, FAIL, PASS, PASS] * 20, ["yes", "no", "yes", "no"] * 20)

    assert made.agreement[0].kappa.value == 0
    assert made.standing is Standing.UNCALIBRATED
    assert "better than chance" in made.shortcoming


def test_words_alone_that_come_further_are_named() -> None:
    """A check that words learned from labels beat says so in its first sentence."""
    texts = ["told it all", "asked a question"] * 20
    made = card([FAIL, PASS, PASS, PASS] * 10, ["yes", "no"] * 20, texts=texts)
    words = next(each for each in made.baselines if each.name == "words alone")
    majority = next(each for each in made.baselines if each.name == "the commonest label")

    assert words.kappa == 1
    assert majority.kappa == 0
    assert "It does not beat words alone (1.00)" in made.in_words


def test_numbers_are_held_against_by_rank() -> None:
    """Stricter where the text is harder: the correlation is above 0, whatever the sign of the labels."""
    outcomes = [PASS, WARN, FAIL] * 10
    made = card(outcomes, ["0.5", "0.1", "-0.7"] * 10, meaning=LabelMeaning(is_higher_better=True))

    assert made.rank_correlation.value == pytest.approx(1)
    assert made.agreement == ()
    assert [each.name for each in made.baselines] == ["words alone"]


def test_labels_with_an_order_get_a_quadratic_kappa() -> None:
    """A warning stands in the middle."""
    order = LabelMeaning(order=("good", "fair", "bad"))
    made = card([PASS, WARN, FAIL] * 10, ["good", "fair", "bad"] * 10, meaning=order)

    assert made.weighted_kappa.value == 1


def test_known_groups_stand_in_the_order_that_people_give_them() -> None:
    """And the card says whether the check holds it."""
    systems = ["careful", "blunt"] * 20
    right = card([PASS, FAIL] * 20, ["no", "yes"] * 20, systems=systems)
    wrong = card([FAIL, PASS] * 20, ["no", "yes"] * 20, systems=systems)

    assert [each.system for each in right.systems] == ["careful", "blunt"]
    assert (right.is_order_of_systems_held, wrong.is_order_of_systems_held) == (True, False)
    assert (right.rank_correlation_of_systems, wrong.rank_correlation_of_systems) == (1, -1)


def test_a_check_that_measures_length_is_found_out() -> None:
    """The correlation with the number of words is on every card."""
    texts = ["one two three four", "one"] * 20
    made = card([FAIL, PASS] * 20, ["no", "yes"] * 20, texts=texts)

    assert made.length_correlation.value == pytest.approx(1)


def test_one_group_has_no_baseline_and_no_interval() -> None:
    """There is nothing else to learn from."""
    made = card([FAIL, PASS] * 5, ["yes", "no"] * 5, groups=["only"] * 10)

    assert made.baselines == ()
    assert made.agreement[0].kappa.low is None
    assert made.standing is Standing.UNCALIBRATED
