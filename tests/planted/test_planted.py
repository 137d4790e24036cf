"""The bundled cards hold what is measured today, and the pages about checks say what they do."""

from pathlib import Path

import pytest

from sandbox.bundled import plugin
from sandbox.bundled.card_shelf import CARDS
from sandbox.domain.finding import Outcome
from sandbox.evaluation.check_source import check_digest
from sandbox.pipeline.inspecting import inspect_answer
from sandbox.report.check_page import check_pages
from sandbox.storage.card_file import read_card
from tests.planted.measuring import measure
from tests.planted.planting import operators
from tests.planted.unbroken import unbroken

CHECKS = {check.name: check for check in plugin.sandbox_checks()}
PAGES = Path(__file__).parents[2] / "docs" / "checks"
OPERATED = sorted({operator.check for operator in operators()})


@pytest.mark.parametrize("name", OPERATED)
def test_a_card_holds_what_planted_defects_show_today(name: str) -> None:
    """To write the cards anew: python -m tests.planted. A changed check needs its labelled rows again."""
    own = [operator for operator in operators() if operator.check == name]
    card = read_card(CARDS / f"{name}.json")

    assert card.check_version == CHECKS[name].version
    assert card.check_digest == check_digest(CHECKS[name])
    assert card.planted == measure(CHECKS[name], own, list(unbroken()))


def test_every_card_belongs_to_a_check() -> None:
    """And is named after it."""
    cards = {path.stem: read_card(path) for path in CARDS.glob("*.json")}

    assert set(cards) <= set(CHECKS)
    assert all(card.check == name for name, card in cards.items())


def test_no_card_holds_a_row() -> None:
    """Cards are figures: none is longer than figures take."""
    assert all(path.stat().st_size < 10_000 for path in CARDS.glob("*.json"))


@pytest.mark.parametrize("operator", operators(), ids=lambda operator: f"{operator.check}: {operator.name}")
def test_an_operator_breaks_something(operator) -> None:
    """On at least one good artifact; and what it gives is another answer."""
    check = CHECKS[operator.check]
    answers = [answer for answer in unbroken() if check.applies_to(answer.type_name)]
    broken = [(answer, each) for answer in answers for each in operator.broken(answer)]

    assert broken
    assert all(each != answer for answer, each in broken)


def test_a_check_that_is_blind_kills_nothing() -> None:
    """The measurement can fail: a check of something else finds none of these defects."""
    minutes = [operator for operator in operators() if operator.check == "minutes_add_up"]
    found = [
        inspect_answer((CHECKS["no_invented_links"],), broken.subject)[0].outcome
        for answer in unbroken()
        for operator in minutes
        for broken in operator.broken(answer)
    ]

    assert set(found) == {Outcome.PASS}


def test_the_pages_about_checks_are_today_s() -> None:
    """To write them anew: sandbox checks docs docs/checks."""
    written = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}

    assert written == check_pages(CHECKS)
