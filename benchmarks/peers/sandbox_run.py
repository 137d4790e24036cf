"""`sandbox` over the cases that every peer gets: from the start of the process to the verdict."""

import argparse
import sys
from importlib.metadata import entry_points
from pathlib import Path

import lessons

from sandbox import Sandbox
from sandbox.contracts.loading import Plugin, plugin_from_module

SETTINGS = """\
[providers.{provider}]
base_url = "{base_url}"
api_key_env = "OPENAI_API_KEY"
max_concurrency = {concurrency}
"""


def main() -> None:
    """Run once; a second time goes on."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--concurrency", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--client", default="openai_http")
    known = parser.parse_args()
    home: Path = known.out / "home"
    if not home.exists():
        settings = SETTINGS.format(
            provider=known.client, base_url=known.base_url, concurrency=known.concurrency
        )
        lessons.write_project(home, known.cases, settings)
    with Sandbox(home, plugins=[*_providers(), plugin_from_module("lessons", lessons)]) as sandbox:
        evaluation = sandbox.evaluate(lessons.KIND, models=[f"{known.client}/mock-1"])
        (result,) = evaluation.results
        about = result.scorecard.metric("about_the_case")
        assert about is not None
        (known.out / "score.txt").write_text(
            f"{result.scorecard.done} {about.passed} {evaluation.id}\n", encoding="utf-8"
        )
    sys.exit(0 if about.passed == known.cases else 1)


def _providers() -> list[Plugin]:
    found = [each for each in entry_points(group="sandbox") if each.name == "openai_http"]
    return [plugin_from_module(each.name, each.load()) for each in found]


if __name__ == "__main__":
    main()
