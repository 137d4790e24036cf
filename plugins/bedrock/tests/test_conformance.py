"""The provider `bedrock` shows every behaviour that a provider has to show."""

from sandbox_bedrock.plugin import sandbox_providers

from sandbox.testing.providers.conformance import ProviderConformance
from sandbox.testing.providers.structure import StructureBehaviours


class TestBedrock(ProviderConformance):
    """What the kit asks of every provider."""

    (spec,) = sandbox_providers()


class TestBedrockNative(StructureBehaviours):
    """What the kit asks about JSON, where the models are said to take schemas as their own."""

    (spec,) = sandbox_providers()
    options = {"structured": "native"}
