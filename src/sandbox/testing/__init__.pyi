from .check_conformance import CheckCase, CheckConformance
from .conformance import run_conformance
from .distributions import BROKEN_PLUGINS, install_plugin
from .guard_conformance import GuardCase, GuardConformance
from .network import NetworkForbiddenError, forbid_network, no_network
from .provider_conformance import ProviderConformance
from .rehearsal_server import RehearsalServer
from .report_conformance import ReportConformance
from .scripted_provider import ScriptedProvider
from .store_conformance import StoreConformance
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
    "chat_completion",
    "forbid_network",
    "install_plugin",
    "no_network",
    "openai_server_mock",
    "run_conformance",
]
