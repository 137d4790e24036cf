"""The plugin as `sandbox` finds it."""

import subprocess
import sys

from sandbox_openai_http.provider import OpenAIHttpProvider

from sandbox.contracts.loading import PluginState, installed_plugins
from sandbox.contracts.registry import build_registry


def test_sandbox_finds_the_provider() -> None:
    """It is named as an entry point and keeps the contract."""
    (plugin,) = (each for each in installed_plugins() if each.name == "openai_http")

    assert plugin.state is PluginState.LOADED, plugin.reason
    assert plugin.distribution == "lesson-sandbox-openai-http"
    spec = build_registry([plugin]).provider("openai_http")
    assert isinstance(spec.build({}), OpenAIHttpProvider)


def test_importing_the_plugin_imports_nothing_heavy() -> None:
    """It is imported for `--help`, too, where nobody should wait."""
    code = (
        "import sys, sandbox_openai_http.plugin; "
        "print({'aiohttp', 'pydantic', 'yarl'} & sys.modules.keys() or 'nothing')"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout.strip() == "nothing"


def test_describing_a_model_imports_no_http_library() -> None:
    """Whoever lists models asks none."""
    code = (
        "import sys; from sandbox_openai_http.provider import build_openai_http; "
        "build_openai_http({}).describe('m'); print('aiohttp' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout.strip() == "False"


def test_no_sdk_is_needed() -> None:
    """That is the point of it: asking a server imports neither OpenAI's SDK nor its HTTP library."""
    code = (
        "import sys, sandbox_openai_http.connecting, sandbox_openai_http.provider; "
        "print({'openai', 'httpx2'} & sys.modules.keys() or 'none')"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert done.stdout.strip() == "none"
