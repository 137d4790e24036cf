"""Pricing: what nobody knows is None, and never nothing."""

import pytest

from sandbox.domain.exchange import Completion, ModelCard, Price, Usage
from sandbox.pipeline import pricing
from sandbox.pipeline.pricing import priced

ANSWER = Completion(
    text="-", model_served="gpt-4o-mini", usage=Usage(input_tokens=1_000_000, output_tokens=1_000_000)
)


def test_the_model_s_own_price_goes_first() -> None:
    """It is what the school agreed with the service."""
    card = ModelCard(name="gpt-4o-mini", price=Price(input_usd=1, output_usd=2), price_service="openai")

    assert priced(ANSWER, card).cost_usd == pytest.approx(3)


def test_the_price_list_knows_the_rest() -> None:
    """0.15 and 0.60 dollars a million tokens, as the vendor's page said when the list was made."""
    card = ModelCard(name="gpt-4o-mini", price_service="openai")

    assert priced(ANSWER, card).cost_usd == pytest.approx(0.75)


def test_cached_tokens_are_priced_as_such() -> None:
    """They cost less than those that are read anew."""
    card = ModelCard(name="gpt-4o-mini", price_service="openai")
    usage = ANSWER.usage.model_copy(update={"cached_input_tokens": 500_000})

    cached = priced(ANSWER.model_copy(update={"usage": usage}), card).cost_usd

    assert cached is not None
    assert 0.6 < cached < 0.75


@pytest.mark.parametrize(
    "card",
    [
        ModelCard(name="gpt-4o-mini"),
        ModelCard(name="gpt-4o-mini", price_service="a-service-that-is-not-there"),
    ],
    ids=["no service", "unknown service"],
)
def test_what_nobody_knows_is_none(card: ModelCard) -> None:
    """An unknown price is not zero."""
    assert priced(ANSWER, card).cost_usd is None


def test_an_unknown_model_has_no_price() -> None:
    """Neither by the name that was asked nor by the one that was served."""
    card = ModelCard(name="a-model-that-is-not-there", price_service="openai")
    answer = ANSWER.model_copy(update={"model_served": "another-that-is-not-there"})

    assert priced(answer, card).cost_usd is None


def test_without_the_extra_there_is_no_price(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list is a package that not everybody installs."""
    monkeypatch.setattr(pricing, "_price_list", lambda: None)

    assert priced(ANSWER, ModelCard(name="gpt-4o-mini", price_service="openai")).cost_usd is None


def test_what_the_service_said_it_cost_stands() -> None:
    """Some services say it with the answer."""
    answer = ANSWER.model_copy(update={"cost_usd": 0.5})

    assert priced(answer, ModelCard(name="m", price=Price(input_usd=9, output_usd=9))).cost_usd == 0.5
