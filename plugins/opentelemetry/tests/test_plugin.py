"""The plugin as `sandbox` finds it."""

import os
import subprocess
import sys

from sandbox_opentelemetry import plugin as plugin_module

from sandbox.contracts.loading import PluginState, installed_plugins, plugin_from_module
from sandbox.contracts.registry import build_registry
from sandbox.testing.installed.small_conformance import ObserverConformance

_ONE_EVENT = """
import sys
from sandbox.domain.event import ModelAsked
from sandbox_opentelemetry.plugin import sandbox_observers
(observer,) = sandbox_observers()
observer.observe(ModelAsked(model="m", attempt=1))
print("opentelemetry" in sys.modules)
"""


class TestObserver(ObserverConformance):
    """`sandbox plugins --check opentelemetry` tries the same."""

    observer = plugin_module.sandbox_observers()[0]


def test_sandbox_finds_the_observer() -> None:
    """It is named as an entry point and keeps the contract."""
    (plugin,) = (each for each in installed_plugins() if each.name == "opentelemetry")

    assert plugin.state is PluginState.LOADED, plugin.reason
    assert plugin.distribution == "lesson-sandbox-opentelemetry"
    assert "opentelemetry" in build_registry([plugin]).observers


def test_each_sandbox_has_spans_of_its_own() -> None:
    """What one is told never stands in the trace of another."""
    plugin = plugin_from_module("opentelemetry", plugin_module)

    first, second = (build_registry([plugin]).observers["opentelemetry"] for _ in range(2))

    assert first.observe != second.observe
    first.close()


def test_importing_the_plugin_imports_nothing_heavy() -> None:
    """It is imported for `--help`, too, where nobody should wait."""
    code = (
        "import sys, sandbox_opentelemetry.plugin; "
        "print({'opentelemetry', 'pydantic'} & sys.modules.keys() or 'nothing')"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout.strip() == "nothing"


def test_nothing_is_imported_for_events_that_nobody_hears() -> None:
    """Without an SDK, OpenTelemetry does nothing, and need not be there to do it."""
    done = subprocess.run(
        [sys.executable, "-c", _ONE_EVENT], capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout.strip() == "False"


def test_a_provider_that_the_environment_names_hears_events() -> None:
    """OpenTelemetry itself looks for it when it is imported."""
    named = {**os.environ, "OTEL_PYTHON_TRACER_PROVIDER": "default_tracer_provider"}

    done = subprocess.run(
        [sys.executable, "-c", _ONE_EVENT], capture_output=True, encoding="utf-8", check=True, env=named
    )

    assert done.stdout.strip() == "True"
