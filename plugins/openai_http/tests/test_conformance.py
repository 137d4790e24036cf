"""The provider keeps every promise that a provider makes."""

from sandbox_openai_http.plugin import sandbox_providers

from sandbox.testing import ProviderConformance


class TestOpenAIHttp(ProviderConformance):
    """The provider `openai_http`, tried on its rehearsal."""

    (spec,) = sandbox_providers()


class TestOpenAIHttpWithSeed(ProviderConformance):
    """The same for a server of which it is known that it keeps seeds."""

    (spec,) = sandbox_providers()
    options = {"takes_seed": True, "structured": "json_object"}
