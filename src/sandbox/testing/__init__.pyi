from .asserting import assert_passes
from .check_conformance import CheckCase, CheckConformance
from .conformance import run_conformance
from .distributions import BROKEN_PLUGINS, install_plugin
from .guard_conformance import GuardCase, GuardConformance
from .network import NetworkForbiddenError, forbid_network, no_network
from .providers.conformance import ProviderConformance
from .providers.rehearsal_server import RehearsalServer
from .report_conformance import ReportConformance
from .scripted_provider import ScriptedProvider
from .stores.conformance import StoreConformance
from .transport import HTTPCore2Mocker, chat_completion, openai_server_mock

__all__ = [
    "BROKEN_PLUGINS",
    "CheckCase",
    "CheckConformance",
    "GuardCase",
    "GuardConformance",
    "HTTPCore2Mocker",
    "NetworkForbiddenError",
    "ProviderConformance",
    "RehearsalServer",
    "ReportConformance",
    "ScriptedProvider",
    "StoreConformance",
    "assert_passes",
    "chat_completion",
    "forbid_network",
    "install_plugin",
    "no_network",
    "openai_server_mock",
    "run_conformance",
]
