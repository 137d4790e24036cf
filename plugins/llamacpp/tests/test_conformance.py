"""The behaviours that every provider shows, with the real model: it is local, and needs no key."""

import pytest
from sandbox_llamacpp.plugin import sandbox_providers

from sandbox.testing import ProviderConformance

pytestmark = [pytest.mark.real_model, pytest.mark.usefixtures("smollm2_file")]


class TestLlamaCpp(ProviderConformance):
    """The provider with as little of the machine as will do."""

    (spec,) = sandbox_providers()
    options = {"threads": 1, "context_tokens": 2048}
