"""What this plugin brings: the provider `llama_server`."""

from importlib import import_module

from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.provider import ProviderSpec

PROVIDER = ProviderSpec(
    name="llama_server",
    summary="Asks the server of llama.cpp by its own API, which can hold a model to a grammar.",
    build=lambda options: import_module("sandbox_llama_server.provider").build(options),
    setup="Run 'llama-server -m MODEL.gguf', which listens on port 8080.",
    rehearse=lambda: import_module("sandbox_llama_server.rehearsal").REHEARSAL,
)


@hookimpl
def sandbox_providers():
    """The one provider."""
    return [PROVIDER]
