"""What this plugin brings to `sandbox`: the provider `openai_http`."""

from importlib import import_module
from typing import TYPE_CHECKING

from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.provider import Options, Provider, ProviderSpec

if TYPE_CHECKING:  # this module is imported for `--help`, and must not bring pydantic along
    from sandbox.contracts.rehearsal import Rehearsal


@hookimpl
def sandbox_providers() -> list[ProviderSpec]:
    """The provider of servers that speak OpenAI's chat completions."""
    return [
        ProviderSpec(
            name="openai_http",
            summary="A model server of your own, under load: vLLM, llama.cpp, Ollama, LM Studio.",
            build=_build,
            setup="Set base_url to your server; if it wants a key, put it into a variable such as "
            "OPENAI_HTTP_KEY, and that name into api_key_env.",
            rehearse=_rehearse,
        )
    ]


def _build(options: Options) -> Provider:
    provider: Provider = import_module("sandbox_openai_http.provider").build_openai_http(options)
    return provider


def _rehearse() -> "Rehearsal":
    rehearsal: Rehearsal = import_module("sandbox_openai_http.rehearsal").REHEARSAL
    return rehearsal
