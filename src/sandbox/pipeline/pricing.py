"""Price: what an answer costs, if anybody knows."""

import importlib
from functools import cache
from types import ModuleType

from sandbox.domain.exchange import Completion, ModelCard


def priced(completion: Completion, card: ModelCard) -> Completion:
    """The completion with its cost: what the service said, or what the price list makes of its tokens.

    The list is the model's own price, or else the package `genai-prices` (extra `prices`).
    What nobody knows stays None.
    """
    if completion.cost_usd is not None:
        return completion
    if card.price is not None:
        cost_usd: float | None = card.price.cost_usd(completion.usage)
    else:
        cost_usd = _listed(completion, card)
    return completion if cost_usd is None else completion.model_copy(update={"cost_usd": cost_usd})


def _listed(completion: Completion, card: ModelCard) -> float | None:
    prices = _price_list() if card.price_service else None
    if prices is None:
        return None
    usage = prices.Usage(
        input_tokens=completion.usage.input_tokens,
        cache_read_tokens=completion.usage.cached_input_tokens,
        output_tokens=completion.usage.output_tokens,
    )
    for model in dict.fromkeys((completion.model_served, card.name)):
        try:
            price = prices.calc_price(usage, model, provider_id=card.price_service)
        except (LookupError, ValueError):
            continue
        return float(price.total_price)
    return None


@cache
def _price_list() -> ModuleType | None:
    try:
        return importlib.import_module("genai_prices")
    except ImportError:
        return None
