"""Whether a decision may rest on a check: its card has to fit, and to show something."""

from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.contracts.check import Check, passed
from sandbox.domain.standing import Standing
from sandbox.evaluation.measured import measured
from sandbox.own_cards import with_own_cards
from sandbox.storage.card_file import read_card, write_card
from tests.cards import PLANTED, constructed

CHECK = Check(
    name="kind",
    version="1.0.0",
    title="Kind",
    why="-",
    how="-",
    mend="-",
    source="-",
    run=lambda _: passed("It is."),
)


def test_a_check_without_a_card_is_uncalibrated() -> None:
    """And says so."""
    assert measured(CHECK).standing is Standing.UNCALIBRATED
    assert measured(CHECK).words == "There is no calibration card."


def test_a_card_that_fits_counts_and_tells_its_figures() -> None:
    """As it stands, or read when it is first asked for."""
    card = constructed("kind")

    for given in (card, lambda: card):
        known = measured(replace(CHECK, card=given))

        assert known.standing is Standing.CONSTRUCTION
        assert known.words == "19 of 20 planted defects were found, and 0 of 20 unbroken answers blamed."


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (constructed("kind", "1.1.0"), "for version 1.1.0, and this is 1.0.0"),
        (constructed("other"), "for the check 'other'"),
        (constructed("kind", planted=PLANTED.model_copy(update={"n_killed": 15})), "only 15 of 20"),
        (constructed("kind", planted=PLANTED.model_copy(update={"n_alarms": 3})), "cries wolf on 3 of 20"),
        (constructed("kind", planted=PLANTED.model_copy(update={"n_unbroken": 0})), "no unbroken answer"),
    ],
)
def test_a_card_that_does_not_fit_or_shows_too_little_counts_as_none(card, words) -> None:
    """The reason is said."""
    known = measured(replace(CHECK, card=card))

    assert known.standing is Standing.UNCALIBRATED
    assert words in known.words


def test_a_card_that_cannot_be_read_counts_as_none(tmp_path: Path) -> None:
    """A broken file, and a stranger's code that crashes."""
    broken = tmp_path / "kind.json"
    broken.write_text('{"check": "kind"}', encoding="utf-8")

    for reader in (lambda: read_card(broken), lambda: 1 / 0):
        assert measured(replace(CHECK, card=reader)).standing is Standing.UNCALIBRATED


def test_a_schools_own_card_counts_before_the_one_that_came_along(tmp_path: Path) -> None:
    """If its version fits; else the one that came along still counts."""
    path = tmp_path / "kind.json"
    brought = replace(CHECK, card=constructed("kind"))

    write_card(constructed("kind", planted=PLANTED.model_copy(update={"n_killed": 20})), path)
    own = measured(with_own_cards({"kind": brought}, {"kind": path})["kind"])
    write_card(constructed("kind", "0.9.0"), path)
    old = measured(with_own_cards({"kind": brought}, {"kind": path})["kind"])
    alone = measured(with_own_cards({"kind": CHECK}, {"kind": path})["kind"])

    assert own.words.startswith("20 of 20")
    assert old.words.startswith("19 of 20")
    assert "for version 0.9.0" in alone.words


def test_a_card_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """Nothing is lost in the file."""
    card = constructed("kind")
    write_card(card, tmp_path / "kind.json")

    assert read_card(tmp_path / "kind.json") == card
