"""What it means if Amazon Bedrock refuses a request."""

import pytest
from sandbox_bedrock.refusals import meaning_of

from sandbox.errors import ErrorKind


@pytest.mark.parametrize(
    ("sentence", "kind", "advice"),
    [
        ("The provided model identifier is invalid.", ErrorKind.UNKNOWN_MODEL, ""),
        (
            "Invocation of model ID x with on-demand throughput isn't supported.",
            ErrorKind.UNKNOWN_MODEL,
            "inference profile",
        ),
        ("Input is too long for requested model.", ErrorKind.CONTEXT_LENGTH, ""),
        ("prompt is too long: 9 tokens > 8 maximum", ErrorKind.CONTEXT_LENGTH, ""),
        ("Too many input tokens. Max input tokens: 8", ErrorKind.CONTEXT_LENGTH, ""),
        (
            "The maximum tokens you requested exceeds the model limit",
            ErrorKind.INVALID_REQUEST,
            "lower max",
        ),
        ("doesn't support the toolConfig.toolChoice.tool field", ErrorKind.INVALID_REQUEST, '= "prompt"'),
        ("This model doesn't support tool use.", ErrorKind.INVALID_REQUEST, '= "prompt"'),
        ("outputConfig.textFormat is not supported", ErrorKind.INVALID_REQUEST, '= "tool" or "prompt"'),
        ("This model doesn't support system messages.", ErrorKind.INVALID_REQUEST, "another model"),
        ("temperature: must be at most 1", ErrorKind.INVALID_REQUEST, "temperature"),
        ("`top_p` cannot be given", ErrorKind.INVALID_REQUEST, "top_p"),
        ("Something else.", ErrorKind.INVALID_REQUEST, ""),
    ],
)
def test_an_invalid_request_is_told_by_its_words(sentence: str, kind: ErrorKind, advice: str) -> None:
    """The service has one code for all of these, so its sentence is looked at, and never repeated."""
    meant, said = meaning_of("ValidationException", 400, sentence)

    assert meant is kind
    assert advice in said
    assert bool(advice) == bool(said)


def test_a_daily_quota_is_no_reason_to_try_again_soon() -> None:
    """The service calls both throttling; the one is over in a moment, and the other tomorrow."""
    soon, _ = meaning_of("ThrottlingException", 429, "Too many tokens, please wait before trying again.")
    tomorrow, _ = meaning_of("ThrottlingException", 429, "Too many tokens per day, please wait.")

    assert (soon, tomorrow) == (ErrorKind.RATE_LIMIT, ErrorKind.QUOTA)


def test_within_a_stream_codes_begin_with_a_small_letter() -> None:
    """They mean the same."""
    assert meaning_of("throttlingException", None, "")[0] is ErrorKind.RATE_LIMIT
    assert meaning_of("modelStreamErrorException", None, "")[0] is ErrorKind.TRANSIENT


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (None, ErrorKind.TRANSIENT),
        (307, ErrorKind.BAD_RESPONSE),
        (403, ErrorKind.AUTHENTICATION),
        (404, ErrorKind.UNKNOWN_MODEL),
        (429, ErrorKind.RATE_LIMIT),
        (502, ErrorKind.TRANSIENT),
    ],
)
def test_a_code_that_nobody_knows_is_told_by_its_status(status: int | None, kind: ErrorKind) -> None:
    """Gateways and proxies have codes of their own, or none."""
    assert meaning_of("SomethingNew", status, "")[0] is kind
