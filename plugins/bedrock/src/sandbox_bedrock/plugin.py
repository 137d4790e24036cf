"""What this plugin brings to `sandbox`: the provider `bedrock`."""

from importlib import import_module

from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.provider import Options, Provider, ProviderSpec
from sandbox.contracts.rehearsal import Rehearsal


@hookimpl
def sandbox_providers() -> list[ProviderSpec]:
    """The provider of the models that Amazon Bedrock serves."""
    return [
        ProviderSpec(
            name="bedrock",
            summary="Amazon Bedrock: the models of many makers, through your own AWS account and region.",
            build=_build,
            setup="Put a region, such as eu-central-1, into the variable AWS_REGION, and your AWS keys "
            "into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or wherever AWS's own tools look for them.",
            rehearse=_rehearse,
        )
    ]


def _build(options: Options) -> Provider:
    """The provider; what it needs is imported only now, because this module is imported for `--help`."""
    provider: Provider = import_module("sandbox_bedrock.provider").build_bedrock(options)
    return provider


def _rehearse() -> Rehearsal:
    rehearsal: Rehearsal = import_module("sandbox_bedrock.rehearsal").rehearsal()
    return rehearsal
