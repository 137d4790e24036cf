"""What `sandbox.toml` may say of a provider."""

import pytest
from pydantic import Field

from sandbox.contracts.options import NoOptions, read_options
from sandbox.domain.record import Record
from sandbox.errors import InputError, UnknownNameError


class Known(Record):
    """The options of an invented provider."""

    base_url: str = ""
    max_concurrency: int = Field(default=8, ge=1)


def test_options_become_their_record() -> None:
    """What is not said has its usual value."""
    assert read_options("acme", {"max_concurrency": 2}, Known) == Known(max_concurrency=2)


def test_a_misspelt_option_is_named_with_the_nearest() -> None:
    """Else text that was meant to stay here would go elsewhere."""
    with pytest.raises(UnknownNameError, match=r"providers\.acme.*'base_url'"):
        read_options("acme", {"bse_url": "http://localhost"}, Known)


def test_an_impossible_value_is_not_repeated() -> None:
    """People put keys in the wrong places."""
    with pytest.raises(InputError, match=r"\[providers\.acme\] max_concurrency") as caught:
        read_options("acme", {"max_concurrency": "sk-invented-0100"}, Known)

    assert "0100" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_provider_without_options_takes_none() -> None:
    """What cannot be set is not silently passed over."""
    assert read_options("acme", {}, NoOptions) == NoOptions()
    with pytest.raises(UnknownNameError, match="There are none"):
        read_options("acme", {"tone": "kind"}, NoOptions)
