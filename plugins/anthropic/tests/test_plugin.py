"""The plugin as `sandbox` finds it."""

import subprocess
import sys
from typing import get_args

from anthropic.types import Model
from sandbox_anthropic.plugin import sandbox_providers
from sandbox_anthropic.provider import AnthropicProvider

from sandbox.contracts.loading import PluginState, installed_plugins
from sandbox.contracts.registry import build_registry


def test_sandbox_finds_the_provider() -> None:
    """It is named as an entry point and keeps the contract."""
    (plugin,) = (each for each in installed_plugins() if each.name == "anthropic")

    assert plugin.state is PluginState.LOADED, plugin.reason
    assert plugin.distribution == "lesson-sandbox-anthropic"
    spec = build_registry([plugin]).provider("anthropic")
    assert isinstance(spec.build({}), AnthropicProvider)
    assert "ANTHROPIC_API_KEY" in spec.setup


def test_every_listed_model_is_one_that_the_sdk_knows() -> None:
    """No name is invented."""
    (spec,) = sandbox_providers()
    known, _ = get_args(Model)

    assert spec.models
    assert set(spec.models) <= set(get_args(known))


def test_importing_the_plugin_imports_nothing_heavy() -> None:
    """It is imported for `--help`, too, where nobody should wait for the SDK."""
    code = (
        "import sys, sandbox_anthropic.plugin; "
        "print({'anthropic', 'httpx2', 'pydantic'} & sys.modules.keys() or 'nothing')"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout.strip() == "nothing"


def test_describing_a_model_does_not_import_the_sdk() -> None:
    """Whoever lists models asks none, and does not wait for two seconds."""
    code = (
        "import sys; from sandbox_anthropic.provider import build_anthropic; "
        "build_anthropic({}).describe('m'); print('anthropic' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout.strip() == "False"
