"""Installed distributions that bring plugins, laid out in a folder: sound ones and broken ones."""

import importlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sandbox.contracts.hookspecs import ENTRY_POINT_GROUP
from sandbox.contracts.loading import PluginState


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenPlugin:
    """A plugin that something is wrong with, and what should be made of it."""

    name: str
    code: str
    state: PluginState
    reason: str
    """A part of the reason that people are told."""
    target: str = ""
    """What its entry point names, if that is not its module."""

    def install(self, folder: Path) -> str:
        """Install it; gives the name of its module."""
        return install_plugin(folder, self.name, self.code, target=self.target)


def install_plugin(
    folder: Path, name: str, code: str, *, distribution: str = "", version: str = "1.0", target: str = ""
) -> str:
    """Lay out a distribution that brings one plugin, in a folder that stands in `sys.path`.

    `target` is what the entry point names, if that is not the module with this code. Gives the name of the
    module, which begins with `installed_`, so that a test can take it out of `sys.modules` again.
    """
    distribution = distribution or f"sandbox-{name}"
    plain = re.sub(r"[^A-Za-z0-9.]+", "_", distribution)
    module = "installed_" + re.sub(r"\W", "_", plain).lower()
    info = f"{plain}-{version}.dist-info"
    files = {
        f"{module}.py": code,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: sandbox\nRoot-Is-Purelib: true\nTag: "
        "py3-none-any\n",
        f"{info}/entry_points.txt": f"[{ENTRY_POINT_GROUP}]\n{name} = {target or module}\n",
    }
    record = "".join(_recorded(path, text) for path, text in files.items())
    for path, text in (files | {f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}).items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
    importlib.invalidate_caches()  # two files of one moment look the same to Python's own cache
    return module


def _recorded(path: str, text: str) -> str:
    digest = urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"{path},sha256={digest},{len(text.encode())}\n"


def sound_plugin(check: str) -> str:
    """The code of a plugin that brings one check of this name, and nothing is wrong with."""
    return _IMPORTS + f"@hookimpl\ndef sandbox_checks():\n    return [make_check({check!r})]\n"


def plugin_with_provider(name: str) -> str:
    """The code of a plugin that brings a provider of this name, which is found but cannot be asked."""
    return f"""
from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.provider import ProviderSpec

@hookimpl
def sandbox_providers():
    return [ProviderSpec(name={name!r}, summary="by " + __name__, build=lambda options: None)]
"""


_IMPORTS = """
from sandbox.contracts.check import Check, passed
from sandbox.contracts.hookspecs import hookimpl

def make_check(name):
    words = dict.fromkeys(("title", "why", "how", "mend", "source"), "-")
    return Check(name=name, version="1.0.0", run=lambda subject: passed("It does."), **words)

"""
_REJECTED, _IMPORT_ERROR = PluginState.REJECTED, PluginState.IMPORT_ERROR


def _bringing(given: str) -> str:
    return _IMPORTS + f"@hookimpl\ndef sandbox_checks():\n    return {given}\n"


def _zoo(*plugins: BrokenPlugin) -> Mapping[str, BrokenPlugin]:
    return {plugin.name: plugin for plugin in plugins}


BROKEN_PLUGINS: Mapping[str, BrokenPlugin] = _zoo(
    BrokenPlugin(
        name="raises_at_import",
        code="raise ValueError('first line\\nsecond line')",
        state=_IMPORT_ERROR,
        reason="ValueError: first line second line",
    ),
    BrokenPlugin(
        name="exits_at_import", code="import sys\nsys.exit(3)", state=_IMPORT_ERROR, reason="SystemExit: 3"
    ),
    BrokenPlugin(
        name="lacks_a_dependency",
        code="import a_library_that_nobody_has",
        state=_IMPORT_ERROR,
        reason="a_library_that_nobody_has",
    ),
    BrokenPlugin(
        name="syntax_error", code="def sandbox_checks(:\n", state=_IMPORT_ERROR, reason="SyntaxError"
    ),
    BrokenPlugin(
        name="entry_point_to_nowhere",
        code="",
        target="installed_by_nobody",
        state=_IMPORT_ERROR,
        reason="No module named 'installed_by_nobody'",
    ),
    BrokenPlugin(
        name="entry_point_to_a_missing_name",
        code="",
        target="installed_sandbox_entry_point_to_a_missing_name:plugin",
        state=_IMPORT_ERROR,
        reason="plugin",
    ),
    BrokenPlugin(
        name="entry_point_to_no_module",
        code="plugin = 3",
        target="installed_sandbox_entry_point_to_no_module:plugin",
        state=_REJECTED,
        reason="names no module",
    ),
    BrokenPlugin(
        name="needs_a_later_api",
        code=f"SANDBOX_PLUGIN_API = 2\n{sound_plugin('needs_a_later_api')}",
        state=_REJECTED,
        reason="needs plugin API 2",
    ),
    BrokenPlugin(
        name="misspelt_hook",
        code=_IMPORTS + "@hookimpl\ndef sandbox_cheks():\n    return []\n",
        state=_REJECTED,
        reason="sandbox_cheks is no hook",
    ),
    BrokenPlugin(
        name="unmarked_hook",
        code=_IMPORTS + "def sandbox_checks():\n    return []\n",
        state=_REJECTED,
        reason="sandbox_checks has no @hookimpl",
    ),
    BrokenPlugin(
        name="hook_with_an_argument",
        code=_IMPORTS + "@hookimpl\ndef sandbox_checks(registry):\n    return []\n",
        state=_REJECTED,
        reason="registry",
    ),
    BrokenPlugin(
        name="raises_after_another_hook",
        code=sound_plugin("raises_after_another_hook")
        + "\n@hookimpl\ndef sandbox_commands():\n    raise RuntimeError('no way on')\n",
        state=_REJECTED,
        reason="RuntimeError: no way on",
    ),
    BrokenPlugin(
        name="raises_half_way",
        code=_IMPORTS + "@hookimpl\ndef sandbox_checks():\n"
        "    yield make_check('raises_half_way')\n    raise RuntimeError('half-way')\n",
        state=_REJECTED,
        reason="RuntimeError: half-way",
    ),
    BrokenPlugin(
        name="exits_in_a_hook",
        code=_IMPORTS + "@hookimpl\ndef sandbox_checks():\n    raise SystemExit(4)\n",
        state=_REJECTED,
        reason="SystemExit: 4",
    ),
    BrokenPlugin(
        name="gives_no_list",
        code=_bringing("make_check('gives_no_list')"),
        state=_REJECTED,
        reason="should return a list, but returned Check",
    ),
    BrokenPlugin(
        name="gives_nothing",
        code=_bringing("None"),
        state=_REJECTED,
        reason="should return a list, but returned NoneType",
    ),
    BrokenPlugin(
        name="gives_the_wrong_type",
        code=_bringing("[make_check('fine'), 'a check']"),
        state=_REJECTED,
        reason="gave a str where a check belongs",
    ),
    BrokenPlugin(
        name="gives_one_name_twice",
        code=_bringing("[make_check('same'), make_check('same')]"),
        state=_REJECTED,
        reason="the check 'same' twice",
    ),
    BrokenPlugin(
        name="name_with_a_space",
        code=_bringing("[make_check('two words')]"),
        state=_REJECTED,
        reason="'two words' is no name",
    ),
    BrokenPlugin(
        name="name_with_capitals",
        code=_bringing("[make_check('Kind')]"),
        state=_REJECTED,
        reason="'Kind' is no name",
    ),
    BrokenPlugin(
        name="name_with_a_slash",
        code=_bringing("[make_check('a/b')]"),
        state=_REJECTED,
        reason="'a/b' is no name",
    ),
    BrokenPlugin(
        name="name_that_is_a_number",
        code=_bringing("[make_check(3)]"),
        state=_REJECTED,
        reason="3 is no name",
    ),
)
"""Plugins with which one thing each is wrong, by name. All of them can be loaded together."""

CLASHING_PLUGINS: Mapping[str, BrokenPlugin] = _zoo(
    *(
        BrokenPlugin(
            name=name,
            code=plugin_with_provider("claimed_twice"),
            state=PluginState.CLASH,
            reason="sandbox-clashing_one and sandbox-clashing_two both bring the provider 'claimed_twice'",
        )
        for name in ("clashing_one", "clashing_two")
    )
)
"""Two plugins that bring a provider of the same name; alone, each is sound."""

HANGING_PLUGIN = BrokenPlugin(
    name="hangs_at_import",
    code="import time\ntime.sleep(3600)\n",
    state=PluginState.BLOCKED,
    reason="it is denied",
)
"""A plugin that never ends being imported. Deny it, or import it in another process that you can end."""
