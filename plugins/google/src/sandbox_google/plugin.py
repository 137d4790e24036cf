"""What this plugin brings to `sandbox`: the provider `google`."""

from importlib import import_module
from typing import TYPE_CHECKING

from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.provider import Options, Provider, ProviderSpec

if TYPE_CHECKING:  # this module is imported for `--help`, and must not bring pydantic along
    from sandbox.contracts.rehearsal import Rehearsal


@hookimpl
def sandbox_providers() -> list[ProviderSpec]:
    """The provider of Google's Gemini models."""
    return [
        ProviderSpec(
            name="google",
            summary="Google's Gemini models, with a key of the Gemini API.",
            build=_build,
            models=("gemini-3.8-flash",),
            setup="Put your key of the Gemini API into the variable GEMINI_API_KEY.",
            rehearse=_rehearse,
        )
    ]


def _build(options: Options) -> Provider:
    provider: Provider = import_module("sandbox_google.provider").build_google(options)
    return provider


def _rehearse() -> "Rehearsal":
    rehearsal: Rehearsal = import_module("sandbox_google.rehearsal").REHEARSAL
    return rehearsal
