"""The provider `openai` keeps what every provider promises, on both of its APIs."""

from dataclasses import replace

import pytest

from sandbox.bundled.providers import openai_connecting
from sandbox.bundled.providers.openai_rehearsal import rehearse_responses
from sandbox.bundled.providers.specs import OPENAI
from sandbox.testing.providers.conformance import ProviderConformance


class TestChat(ProviderConformance):
    """Chat completions, as most servers speak them."""

    spec = OPENAI


class TestResponses(ProviderConformance):
    """OpenAI's newer API."""

    spec = replace(OPENAI, rehearse=rehearse_responses)


class TestOpenAIOverHttpx2(ProviderConformance):
    """The same where aiohttp is not installed."""

    spec = OPENAI

    @pytest.fixture(autouse=True)
    def no_aiohttp(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nothing speaks over it."""
        monkeypatch.setattr(openai_connecting, "fast_transport", lambda _: None)
