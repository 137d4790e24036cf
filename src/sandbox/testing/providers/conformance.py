"""The conformance suite of providers: what each must do, whoever wrote it.

An author writes this in a test file, and pytest runs it:

    class TestAcme(ProviderConformance):
        spec = PROVIDER

If the spec has a rehearsal, a real server on this machine stands in for the service, and no key is needed.
Otherwise the model itself is asked for short answers, if its card says that it is local.
"""

from sandbox.testing.providers.answers import AnsweringBehaviours
from sandbox.testing.providers.claims import ClaimBehaviours
from sandbox.testing.providers.failures import FailureBehaviours
from sandbox.testing.providers.patience import PatienceBehaviours
from sandbox.testing.providers.registration import RegistrationBehaviours
from sandbox.testing.providers.streams import StreamBehaviours
from sandbox.testing.providers.structure import StructureBehaviours


class ProviderConformance(
    # The last one is shown first.
    ClaimBehaviours,
    StreamBehaviours,
    StructureBehaviours,
    PatienceBehaviours,
    FailureBehaviours,
    AnsweringBehaviours,
    RegistrationBehaviours,
):
    """Every behaviour of a provider. Set `spec`, and `options` or `model` if the usual ones will not do."""
