"""The provider `openai` keeps what every provider promises, on both of its APIs."""

from dataclasses import replace

from sandbox.bundled.providers.openai import PROVIDER
from sandbox.bundled.providers.openai_rehearsal import rehearse_responses
from sandbox.testing.providers.conformance import ProviderConformance


class TestChat(ProviderConformance):
    """Chat completions, as most servers speak them."""

    spec = PROVIDER


class TestResponses(ProviderConformance):
    """OpenAI's newer API."""

    spec = replace(PROVIDER, rehearse=rehearse_responses)
