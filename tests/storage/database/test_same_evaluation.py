"""An evaluation comes out the same, wherever its trials are kept."""

import json
import re
from pathlib import Path

import pytest

from sandbox import Sandbox
from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.domain.exchange import Request
from sandbox.domain.scorecard import Evaluation
from sandbox.storage.configuration import Configuration
from tests.examples import FEEDBACK
from tests.storage.database.server import schema_address

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00)?")
_SECONDS = re.compile(r'"latency_seconds": ?[0-9.e-]+')


def answer(request: Request) -> str:
    """To one case in three nothing that can be read, however often it is asked to mend that."""
    n = len(request.messages[1].content) % 3
    return "I would rather not." if n == 0 else json.dumps(FEEDBACK | {"question": f"What are {n} parts?"})


def evaluate(home: Path, records: str) -> tuple[Evaluation, str]:
    """The evaluation of a suite, and the report on it, read back from these records."""
    configuration = Configuration(records=records)
    provider = ScriptedProvider(answer)
    with Sandbox(home, configuration=configuration, plugins=[], providers={"test": provider}) as sandbox:
        made = sandbox.evaluate("feedback", models=["test/a", "test/b"], repeats=2, limit=6)
        report = sandbox.report(made.id, format_name="json").read_text(encoding="utf-8")
        again = sandbox.evaluate("feedback", models=["test/a", "test/b"], repeats=2, limit=6)
        with sandbox.records() as store:
            kept = store.evaluation(made.id)

    assert again.results == kept.results
    return kept, report


@pytest.fixture
def both(tmp_path: Path) -> list[tuple[Evaluation, str]]:
    """The same suite on a file and on a server."""
    return [
        evaluate(tmp_path / "file", ".sandbox/records.db"),
        evaluate(tmp_path / "server", schema_address(tmp_path)),
    ]


def test_scorecards_and_reports_are_the_same(both: list[tuple[Evaluation, str]]) -> None:
    """To the last figure and word, but for the time that it took."""
    (in_file, file_report), (on_server, server_report) = both

    assert in_file.id == on_server.id
    assert bare(in_file.model_dump_json()) == bare(on_server.model_dump_json())
    assert bare(file_report) == bare(server_report)
    assert [result.scorecard.done for result in in_file.results] == [12, 12]
    assert in_file.results[0].scorecard.unparsed > 0


def bare(text: str) -> str:
    """A text without moments."""
    return _SECONDS.sub("(seconds)", _MOMENT.sub("(moment)", text))
