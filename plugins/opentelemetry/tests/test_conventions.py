"""Our names are those of the conventions that are installed."""

import importlib
import warnings

import pytest
from sandbox_opentelemetry import conventions

_ROOM = "opentelemetry.semconv"


@pytest.mark.parametrize(
    ("ours", "module", "theirs"),
    [
        ("OPERATION", "_incubating.attributes.gen_ai_attributes", "GEN_AI_OPERATION_NAME"),
        ("PROVIDER", "_incubating.attributes.gen_ai_attributes", "GEN_AI_PROVIDER_NAME"),
        ("MODEL", "_incubating.attributes.gen_ai_attributes", "GEN_AI_REQUEST_MODEL"),
        ("INPUT_TOKENS", "_incubating.attributes.gen_ai_attributes", "GEN_AI_USAGE_INPUT_TOKENS"),
        ("OUTPUT_TOKENS", "_incubating.attributes.gen_ai_attributes", "GEN_AI_USAGE_OUTPUT_TOKENS"),
        ("TOKEN_TYPE", "_incubating.attributes.gen_ai_attributes", "GEN_AI_TOKEN_TYPE"),
        ("EVALUATION_NAME", "_incubating.attributes.gen_ai_attributes", "GEN_AI_EVALUATION_NAME"),
        ("EVALUATION_LABEL", "_incubating.attributes.gen_ai_attributes", "GEN_AI_EVALUATION_SCORE_LABEL"),
        ("DURATION", "_incubating.metrics.gen_ai_metrics", "GEN_AI_CLIENT_OPERATION_DURATION"),
        ("TOKEN_USAGE", "_incubating.metrics.gen_ai_metrics", "GEN_AI_CLIENT_TOKEN_USAGE"),
        ("ERROR_TYPE", "attributes.error_attributes", "ERROR_TYPE"),
        ("HTTP_STATUS", "attributes.http_attributes", "HTTP_RESPONSE_STATUS_CODE"),
    ],
)
def test_a_name_is_the_one_of_the_conventions(ours: str, module: str, theirs: str) -> None:
    """A collector finds what it looks for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        room = importlib.import_module(f"{_ROOM}.{module}")

    assert getattr(conventions, ours) == getattr(room, theirs)


def test_providers_are_called_as_the_conventions_call_them() -> None:
    """Those that they do not know keep our name."""
    assert conventions.provider_name("feedback 1.0.0 on bedrock/a") == "aws.bedrock"
    assert conventions.provider_name("feedback 1.0.0 on google/a on b/c") == "gcp.gen_ai"
    assert conventions.provider_name("feedback 1.0.0 on openai_http/a/b") == "openai_http"
    assert conventions.provider_name("") == ""
