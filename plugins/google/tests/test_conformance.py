"""The behaviours that every provider shows, tried on this one."""

from sandbox_google.plugin import sandbox_providers

from sandbox.testing.providers.conformance import ProviderConformance

(SPEC,) = sandbox_providers()


class TestGoogle(ProviderConformance):
    """The provider `google` against a server that answers as the Gemini API does."""

    spec = SPEC
