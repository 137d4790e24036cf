"""Plugins: what loading them costs beside their own imports, and how quick the help is with all of ours."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import entry_points
from pathlib import Path

from sandbox.contracts.hookspecs import ENTRY_POINT_GROUP
from sandbox.testing.distributions import install_plugin, plugin_with_provider

RUNS = 15
PLUGINS = tuple(f"benchmark_{number}" for number in range(10))
LOADING = """
import sys
from time import perf_counter
from sandbox.contracts.loading import PluginState, installed_plugins
from sandbox.domain.plugin_policy import PluginPolicy

start = perf_counter()
found = installed_plugins(PluginPolicy(allow=frozenset(sys.argv[1:])))
taken = perf_counter() - start
loaded = [plugin for plugin in found if plugin.state is PluginState.LOADED]
assert len(loaded) == len(sys.argv) - 1, found
print(taken - sum(plugin.import_seconds for plugin in loaded))
"""


def overhead_seconds(site: str) -> float:
    """What one fresh process needs to find and look at ten plugins, without their own imports."""
    done = subprocess.run(
        [sys.executable, "-c", LOADING, *PLUGINS],
        env=os.environ | {"PYTHONPATH": site},
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout)


def help_seconds() -> float:
    """Wall seconds of `sandbox --help`, as a whole process."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "sandbox.cli.main", "--help"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def show(name: str, taken: list[float], goal: str) -> None:
    """Print a row: minimum, median, maximum."""
    values = [1000 * each for each in (min(taken), statistics.median(taken), max(taken))]
    print(f"{name:44}" + "".join(f"{value:8.1f}" for value in values) + f"   {goal}")


def main() -> None:
    """Measure both; each process runs once before it counts, so that its bytecode is there."""
    print(f"{'':44}{'min':>8}{'median':>8}{'max':>8}   (ms, n={RUNS})")
    with tempfile.TemporaryDirectory() as site:
        for name in PLUGINS:
            install_plugin(Path(site), name, plugin_with_provider(name))
        overhead_seconds(site)
        taken = [overhead_seconds(site) for _ in range(RUNS)]
    show("loading ten plugins, beside their own imports", taken, "goal: median below 30")
    installed = sorted({entry.name for entry in entry_points(group=ENTRY_POINT_GROUP)})
    help_seconds()
    show("sandbox --help", [help_seconds() for _ in range(RUNS)], "goal: median below 400")
    print(f"Installed for the help: {', '.join(installed) or 'no plugin'}.")


if __name__ == "__main__":
    main()
