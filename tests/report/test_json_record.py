"""The report for other programs."""

import json

from sandbox.domain.artifact import Artifact
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.summary import Summary
from sandbox.report.json_record import to_json_record


def test_nothing_is_lost(summary: Summary, feedback: Artifact) -> None:
    """The evaluation comes back as it was, and the answers with all their fields."""
    record = json.loads(to_json_record(summary))

    assert Evaluation.model_validate(record["evaluation"]) == summary.evaluation
    assert record["targets"][0]["answers"][0]["artifact"] == feedback.model_dump(mode="json")
    assert record["unknowns"] == list(summary.unknowns)
