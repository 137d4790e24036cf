"""The names that OpenTelemetry's conventions for generative AI give to things, and our own beside them.

They are written out here because the package that holds them calls them provisional, and moves them about.
"""

OPERATION = "gen_ai.operation.name"
PROVIDER = "gen_ai.provider.name"
MODEL = "gen_ai.request.model"
INPUT_TOKENS = "gen_ai.usage.input_tokens"
OUTPUT_TOKENS = "gen_ai.usage.output_tokens"
TOKEN_TYPE = "gen_ai.token.type"  # noqa: S105 - the name of an attribute
ERROR_TYPE = "error.type"
HTTP_STATUS = "http.response.status_code"
EVALUATION_NAME = "gen_ai.evaluation.name"
EVALUATION_LABEL = "gen_ai.evaluation.score.label"
EVALUATION_RESULT = "gen_ai.evaluation.result"
"""The name of the event that tells what a check said."""
DURATION = "gen_ai.client.operation.duration"
TOKEN_USAGE = "gen_ai.client.token.usage"  # noqa: S105 - the name of a metric

DURATION_BOUNDARIES = [0.01 * 2**power for power in range(14)]
TOKEN_BOUNDARIES = [4.0**power for power in range(14)]

PROVIDERS = {
    "bedrock": "aws.bedrock",
    "google": "gcp.gen_ai",
}
"""What the conventions call a provider, where that is not our own name for it."""


def provider_name(target: str) -> str:
    """The provider in a target's label, such as "feedback 1.0.0 on openai/some-model".

    The names and versions of prompts hold no spaces, so the first " on " is the right one.
    """
    provider = target.partition(" on ")[2].partition("/")[0]
    return PROVIDERS.get(provider, provider)
