"""Reports, byte for byte: what a change does to them stands in the diff of these files.

To write them anew: python -m tests.golden.test_reports
"""

import json
import shutil
import tempfile
from pathlib import Path

import pytest

from sandbox.app import Sandbox
from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.domain.exchange import Request
from sandbox.errors import ErrorKind, ProviderError
from tests.examples import FEEDBACK

FOLDER = Path(__file__).parent / "reports"
CASSETTE = FOLDER / "feedback.jsonl"
FORMATS = ("html", "markdown", "json", "csv", "junit")


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_replay_gives_the_recorded_report(format_name: str, tmp_path: Path) -> None:
    """With no key, no network and no provider; the version is the only thing that may differ."""
    with Sandbox(tmp_path) as sandbox:
        evaluation = sandbox.evaluate("feedback", replay=CASSETTE, limit=8)
        path = sandbox.report(evaluation, format_name=format_name)
    golden = FOLDER / f"feedback{path.suffix}"

    assert path.read_bytes() == golden.read_bytes()


def _script(request: Request) -> str | ProviderError:
    """Good answers, one that promises too much, one that cannot be read, and one that is never given."""
    asked = request.messages[1].content
    if "garden" in asked:
        return ProviderError(ErrorKind.CONTENT_FILTER, "The service would not answer.")
    if "puddle" in asked:
        return "I would rather not say that in JSON."
    number = sum(map(ord, asked)) % 3
    return json.dumps(
        FEEDBACK | {"question": ["What is it?", "Is 3/8 + 2/8 = 5/8?", "Why, do you think?"][number]}
    )


def _write_anew() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    provider = ScriptedProvider(_script)
    with tempfile.TemporaryDirectory() as home, Sandbox(home, providers={"test": provider}) as sandbox:
        evaluation = sandbox.evaluate("feedback", models=["test/tutor"], limit=8, record=CASSETTE)
        for format_name in FORMATS:
            path = sandbox.report(evaluation, format_name=format_name)
            shutil.copy(path, FOLDER / f"feedback{path.suffix}")


if __name__ == "__main__":
    _write_anew()
