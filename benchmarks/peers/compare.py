"""Runs `sandbox` beside its peers with a kit that knows them: the same server, cases and machine.

    python benchmarks/peers/compare.py KIT speed --work WORK --peers raw,raw-aiohttp,sandbox-http ...

Everything after KIT, the folder of the kit, is the kit's own: see its README.
"""

import sqlite3
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import Any

HERE = Path(__file__).resolve().parent


def kit_module(name: str, kit: Path) -> Any:
    """A module of the kit; its names are those that the kit's modules import each other by."""
    if str(kit) not in sys.path:
        sys.path.insert(0, str(kit))
    sys.modules.pop(name, None)
    spec = spec_from_file_location(name, kit / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def add_peers(peers: Any) -> None:
    """Make `sandbox` known to the kit, once for each of its two roads to a server."""

    class OnSdk(peers.Peer):
        name, module, resumes, client = "sandbox", "sandbox", True, "openai"

        def command(self, run: SimpleNamespace) -> list[str]:
            script = [sys.executable, str(HERE / "sandbox_run.py"), "--base-url", run.base_url]
            size = ["--cases", str(run.cases), "--concurrency", str(run.concurrency)]
            return [*script, *size, "--out", run.out, "--client", self.client]

        def help(self, _work: str) -> list[str]:
            return [sys.executable, "-m", "sandbox.cli.main", "--help"]

        def importing(self, _work: str) -> list[str]:
            return [sys.executable, "-c", "from sandbox import Sandbox"]

        def collect(self, run: SimpleNamespace) -> tuple[int, int]:
            query = "SELECT count(*) FROM trials WHERE status = 'answered'"
            with sqlite3.connect(Path(run.out, "home", ".sandbox", "records.db")) as records:
                (stored,) = records.execute(query).fetchone()
            done, passed, _ = Path(run.out, "score.txt").read_text(encoding="utf-8").split()
            return min(stored, int(done)), int(passed)

    class OnAiohttp(OnSdk):
        name, client = "sandbox-http", "openai_http"

    for peer in (OnSdk, OnAiohttp):
        peers.PEERS[peer.name] = peer()


def main() -> None:
    """Run the kit, which starts this script again where nothing but loopback can be reached."""
    kit = Path(sys.argv[1]).resolve()
    peers = kit_module("peers", kit)
    add_peers(peers)
    driver = kit_module("compare", kit)
    driver.isolate()
    del sys.argv[1]
    driver.main()


if __name__ == "__main__":
    main()
