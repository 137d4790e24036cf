"""The plugin as `sandbox` finds it."""

import subprocess
import sys

from sandbox_llamacpp.provider import LlamaCppProvider

from sandbox.contracts.loading import PluginState, installed_plugins
from sandbox.contracts.registry import build_registry


def test_sandbox_finds_the_provider() -> None:
    """It is named as an entry point and keeps the contract."""
    (plugin,) = (each for each in installed_plugins() if each.name == "llamacpp")

    assert plugin.state is PluginState.LOADED, plugin.reason
    assert plugin.distribution == "lesson-sandbox-llamacpp"
    spec = build_registry([plugin]).provider("llamacpp")
    assert isinstance(spec.build({}), LlamaCppProvider)
    assert "sandbox models fetch llamacpp/smollm2-135m-instruct" in spec.setup
    assert spec.library is not None
    assert [model.name for model in spec.library({}).models()] == ["smollm2-135m-instruct"]


def test_every_listed_model_can_be_described() -> None:
    """Listing names does not need the weights."""
    (plugin,) = (each for each in installed_plugins() if each.name == "llamacpp")
    spec = build_registry([plugin]).provider("llamacpp")
    provider = spec.build({})

    assert [provider.describe(model).name for model in spec.models] == ["smollm2-135m-instruct"]


def test_importing_the_plugin_imports_nothing_heavy() -> None:
    """Commands that ask no model do not pay for it."""
    code = (
        "import sandbox_llamacpp.plugin, sys; "
        "print({'xllamacpp', 'pydantic', 'psutil', 'huggingface_hub', 'platformdirs'} & set(sys.modules))"
    )

    outcome = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )

    assert outcome.stdout.strip() == "set()"
