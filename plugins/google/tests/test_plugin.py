"""The plugin as `sandbox` finds it."""

import subprocess
import sys

from sandbox_google.provider import GoogleProvider

from sandbox.contracts.loading import PluginState, installed_plugins
from sandbox.contracts.provider import StreamingProvider
from sandbox.contracts.registry import build_registry


def test_sandbox_finds_the_provider() -> None:
    """It is named as an entry point and keeps the contract."""
    (plugin,) = (each for each in installed_plugins() if each.name == "google")

    assert plugin.state is PluginState.LOADED, plugin.reason
    assert plugin.distribution == "lesson-sandbox-google"
    spec = build_registry([plugin]).provider("google")
    provider = spec.build({})
    assert isinstance(provider, GoogleProvider)
    assert isinstance(provider, StreamingProvider)
    assert "GEMINI_API_KEY" in spec.setup
    assert [provider.describe(model).name for model in spec.models] == list(spec.models)


def test_importing_the_plugin_imports_nothing_heavy() -> None:
    """Commands that ask no model do not pay for the SDK; building the provider does not, either."""
    code = (
        "import sys, os, sandbox_google.plugin as plugin\n"
        "(spec,) = plugin.sandbox_providers()\n"
        "print('pydantic' in sys.modules, end=' ')\n"
        "os.environ['GEMINI_API_KEY'] = 'invented'\n"
        "spec.build({}).describe('gemini-3.8-flash')\n"
        "print('google.genai' in sys.modules, 'httpx2' in sys.modules)"
    )

    outcome = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, encoding="utf-8", check=True
    )

    assert outcome.stdout.split() == ["False", "False", "False"]
