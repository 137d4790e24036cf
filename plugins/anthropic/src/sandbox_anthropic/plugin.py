"""What this plugin brings to `sandbox`: the provider `anthropic`."""

from importlib import import_module
from typing import TYPE_CHECKING

from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.provider import Options, Provider, ProviderSpec

if TYPE_CHECKING:  # this module is imported for `--help`
    from sandbox.contracts.rehearsal import Rehearsal


@hookimpl
def sandbox_providers() -> list[ProviderSpec]:
    """The provider of Claude."""
    return [
        ProviderSpec(
            name="anthropic",
            summary="Claude, the models of Anthropic: what you ask leaves this machine.",
            build=_build,
            models=("claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5"),
            setup="Put your key into the variable ANTHROPIC_API_KEY; platform.claude.com makes keys.",
            rehearse=_rehearse,
        )
    ]


def _build(options: Options) -> Provider:
    provider: Provider = import_module("sandbox_anthropic.provider").build_anthropic(options)
    return provider


def _rehearse() -> "Rehearsal":
    rehearsal: Rehearsal = import_module("sandbox_anthropic.rehearsal").REHEARSAL
    return rehearsal
