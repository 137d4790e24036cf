"""What `[providers.bedrock]` may say."""

import pytest
from sandbox_bedrock.provider import build_bedrock

from sandbox.domain.exchange import StructuredMode
from sandbox.errors import ErrorKind, InputError, ProviderError, UnknownNameError


def test_the_region_may_stand_in_the_options(monkeypatch: pytest.MonkeyPatch) -> None:
    """The region of the options goes before that of the environment."""
    monkeypatch.setenv("AWS_REGION", "us-east-1")

    card = build_bedrock({"region": "eu-central-1"}).describe("MODEL_ID")

    assert card.identity == "eu-central-1"
    assert card.summary == "at Amazon Bedrock in eu-central-1"


@pytest.mark.parametrize(
    ("variables", "region"),
    [
        ({"AWS_REGION": "eu-west-3"}, "eu-west-3"),
        ({"AWS_DEFAULT_REGION": "us-gov-west-1"}, "us-gov-west-1"),
        ({"AWS_REGION": "eu-west-3", "AWS_DEFAULT_REGION": "us-east-2"}, "eu-west-3"),
    ],
)
def test_the_region_may_stand_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], region: str
) -> None:
    """AWS_REGION is looked at first, then AWS_DEFAULT_REGION."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert build_bedrock({}).describe("MODEL_ID").identity == region


def test_no_region_is_a_clear_error() -> None:
    """Without a region nothing is asked, and the error says what to set and where."""
    with pytest.raises(ProviderError) as caught:
        build_bedrock({})

    assert caught.value.kind is ErrorKind.UNAVAILABLE
    assert "AWS_REGION" in str(caught.value)
    assert "[providers.bedrock]" in str(caught.value)


@pytest.mark.parametrize("region", ["Frankfurt", "eu-central", "eu-central-1.evil.example/", "x"])
def test_a_region_that_is_none_is_refused(region: str) -> None:
    """What is no region would become part of an address; it is not repeated, for it may be a key."""
    with pytest.raises(InputError) as caught:
        build_bedrock({"region": region})

    assert "eu-central-1" in str(caught.value)
    assert f"{region} " not in str(caught.value)


@pytest.mark.parametrize("url", ["localhost:8080", "ftp://example.com", "https://", "http://[broken"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    """A misspelt address is an error before anything is sent."""
    with pytest.raises(InputError, match="base_url is no address"):
        build_bedrock({"region": "us-east-1", "base_url": url})


@pytest.mark.parametrize(
    ("url", "is_local"),
    [
        ("http://127.0.0.1:8080", True),
        ("http://localhost:8080/gateway", True),
        ("http://[::1]:8080", True),
        ("https://vpce-1.example.com", False),
        ("https://127.0.0.1.example.com", False),
    ],
)
def test_only_an_address_of_this_machine_is_local(url: str, is_local: bool) -> None:
    """Text stays on this machine if the address is of this machine, and else it does not."""
    card = build_bedrock({"region": "us-east-1", "base_url": url}).describe("MODEL_ID")

    assert card.is_local is is_local


def test_amazon_itself_is_not_local() -> None:
    """Without an address of your own, text goes to Amazon."""
    assert not build_bedrock({"region": "us-east-1"}).describe("MODEL_ID").is_local


def test_an_address_is_shown_without_its_secrets() -> None:
    """Of an address only host and port are shown: a password in it is nobody's business."""
    provider = build_bedrock(
        {"region": "us-east-1", "base_url": "https://me:hush@vpce-1.example.com:8443/x?y"}
    )

    shown = f"{provider!r} {provider.describe('MODEL_ID')!r}"

    assert "vpce-1.example.com:8443" in shown
    assert "hush" not in shown


@pytest.mark.parametrize(
    ("structured", "modes"),
    [
        ("native", (StructuredMode.NATIVE, StructuredMode.TOOL, StructuredMode.PROMPT)),
        ("tool", (StructuredMode.TOOL, StructuredMode.PROMPT)),
        ("prompt", (StructuredMode.PROMPT,)),
    ],
)
def test_the_best_way_to_a_form_is_for_the_options_to_say(
    structured: str, modes: tuple[StructuredMode, ...]
) -> None:
    """Ways that are better than the one that is named are not offered."""
    card = build_bedrock({"region": "us-east-1", "structured": structured}).describe("MODEL_ID")

    assert card.structured == modes


def test_the_card_promises_no_more_than_is_known() -> None:
    """There are streams and a price list; there is no seed, no count of tokens, and no limit is known."""
    card = build_bedrock({"region": "us-east-1", "max_concurrency": 3}).describe("MODEL_ID")

    assert (card.streams, card.price_service, card.max_concurrency) == (True, "aws", 3)
    assert not card.takes_seed
    assert not card.counts_tokens
    assert card.context_tokens is None


def test_a_misspelt_option_is_refused() -> None:
    """An option that nobody knows is an error that names the nearest one."""
    with pytest.raises(UnknownNameError, match="region"):
        build_bedrock({"regoin": "us-east-1"})


def test_a_profile_and_keys_in_variables_exclude_each_other() -> None:
    """Which keys count must be clear."""
    with pytest.raises(InputError, match="leave out profile or keys"):
        build_bedrock({"region": "us-east-1", "profile": "school", "keys": "environment"})
