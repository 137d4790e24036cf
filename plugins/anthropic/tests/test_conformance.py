"""The provider keeps every promise that a provider makes."""

from sandbox_anthropic.plugin import sandbox_providers

from sandbox.testing.providers.conformance import ProviderConformance
from sandbox.testing.providers.streams import StreamBehaviours
from sandbox.testing.providers.structure import StructureBehaviours


class TestAnthropic(ProviderConformance):
    """The provider `anthropic`, tried on its rehearsal."""

    (spec,) = sandbox_providers()


class TestAnthropicByTool(StreamBehaviours, StructureBehaviours):
    """The same where a tool's input is the answer, which comes in events of another kind."""

    (spec,) = sandbox_providers()
    options = {"structured": "tool"}
