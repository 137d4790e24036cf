"""Every behaviour that a provider shows, tried on a server on this machine."""

from sandbox_llama_server.plugin import PROVIDER

from sandbox.testing import ProviderConformance


class TestLlamaServer(ProviderConformance):
    """`sandbox plugins --check llama_server` tries the same."""

    spec = PROVIDER
