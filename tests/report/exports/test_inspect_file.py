"""Inspect logs, as far as can be seen without Inspect: `tests/interop` reads them with Inspect itself."""

import json
import math
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sandbox.domain.finding import Outcome
from sandbox.domain.trial import TrialStatus
from sandbox.report.exports.exporting import ExportFormat, export_trials
from sandbox.report.exports.inspect_file import write_inspect
from sandbox.report.exports.inspect_sample import SCORES
from sandbox.report.exports.material import Material


@pytest.fixture
def logs(material: Material, tmp_path: Path) -> list[dict[str, Any]]:
    """Both logs as JSON."""
    paths, _ = write_inspect(material, tmp_path / "log.json")
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def test_a_folder_gets_a_log_for_each_target(material: Material, tmp_path: Path) -> None:
    """Their names are as Inspect gives them: time, task, model, id."""
    paths, n = export_trials(material, tmp_path / "logs", format_name=ExportFormat.INSPECT)

    assert n == 16
    assert sorted(tmp_path.glob("logs/*")) == sorted(paths)
    assert [path.name[:-28] for path in paths] == [
        "2026-03-05T12-00-00+00-00_feedback_openai-gpt-sample",
        "2026-03-05T12-00-00+00-00_feedback_llamacpp-small-sample",
    ]


def test_a_zip_holds_what_the_json_holds(
    material: Material, logs: list[dict[str, Any]], tmp_path: Path
) -> None:
    """The head, each sample in a member of its own, and a summary of each."""
    paths, _ = write_inspect(material, tmp_path / "log.eval")

    assert [path.name for path in paths] == ["log-1.eval", "log-2.eval"]
    for path, log in zip(paths, logs, strict=True):
        with zipfile.ZipFile(path) as archive:
            members = {name: json.loads(archive.read(name)) for name in archive.namelist()}
        samples = log.pop("samples")
        assert repr(members.pop("header.json")) == repr(log)  # nan is not equal to itself
        assert members.pop("_journal/start.json")["eval"] == log["eval"]
        summaries = members.pop("summaries.json")
        assert [each["uuid"] for each in summaries] == [each["uuid"] for each in samples]
        assert list(members) == [f"samples/{each['id']}_epoch_{each['epoch']}.json" for each in samples]
        assert repr(list(members.values())) == repr(samples)


def test_the_only_target_is_written_to_the_path_itself(material: Material, tmp_path: Path) -> None:
    """No number is put before the ending."""
    alone = material.evaluation.model_copy(update={"results": material.evaluation.results[:1]})
    paths, n = write_inspect(Material(evaluation=alone, store=material.store), tmp_path / "log.eval")

    assert (paths, n) == ([tmp_path / "log.eval"], 8)


def test_every_outcome_can_be_told_from_the_score(material: Material, logs: list[dict[str, Any]]) -> None:
    """And what does not apply is what Inspect leaves out of every count."""
    for result, log in zip(material.evaluation.results, logs, strict=True):
        trials = list(material.trials(result.scorecard.target))
        for sample, trial in zip(log["samples"], trials, strict=True):
            found = {
                name: (score["value"], score["explanation"]) for name, score in sample["scores"].items()
            }
            told = {finding.check: (SCORES[finding.outcome], finding.reason) for finding in trial.findings}
            assert repr(sorted(found.items())) == repr(sorted(told.items()))
    assert repr(SCORES[Outcome.NOT_APPLICABLE]) == "nan"
    assert len({repr(value) for value in SCORES.values()}) == len(Outcome)


def test_figures_and_the_verdict_are_in_the_head(material: Material, logs: list[dict[str, Any]]) -> None:
    """A rate without evidence is no number, and never 0."""
    for result, log in zip(material.evaluation.results, logs, strict=True):
        assert log["eval"]["metadata"]["verdict"] == result.verdict.recommendation
        for metric, score in zip(result.scorecard.metrics, log["results"]["scores"], strict=True):
            rate = score["metrics"]["rate"]["value"]
            assert math.isnan(rate) if metric.rate is None else rate == metric.rate
            assert score["metrics"]["failed"]["value"] == metric.failed


def test_only_what_got_no_answer_is_an_error(material: Material, logs: list[dict[str, Any]]) -> None:
    """An answer that cannot be read is an answer, and what a guard refused was never asked."""
    trials = material.trials(material.targets[0])
    for sample, trial in zip(logs[0]["samples"], trials, strict=True):
        assert ("error" in sample) == (trial.status is TrialStatus.FAILED)
        assert sample["metadata"]["status"] == trial.status
        assert sample["metadata"]["problem"] == trial.problem


def test_an_answer_key_is_the_target(logs: list[dict[str, Any]]) -> None:
    """A case without one has an empty target."""
    assert logs[0]["samples"][0]["target"] == ["5/8", "five eighths"]
    assert logs[0]["samples"][1]["target"] == ""


def test_a_target_that_stopped_is_an_error_with_the_reason(material: Material, tmp_path: Path) -> None:
    """So that nobody takes the log for a whole one."""
    result = material.evaluation.results[0]
    stopped = result.scorecard.model_copy(update={"stopped": "The key is wrong."})
    evaluation = material.evaluation.model_copy(
        update={"results": (result.model_copy(update={"scorecard": stopped}),)}
    )
    write_inspect(Material(evaluation=evaluation, store=material.store), tmp_path / "log.json")
    log = json.loads((tmp_path / "log.json").read_text(encoding="utf-8"))

    assert (log["status"], log["error"]["message"]) == ("error", "The key is wrong.")


def test_summaries_are_short(material: Material, tmp_path: Path) -> None:
    """One answer in the evaluation has thousands of characters."""
    path = write_inspect(material, tmp_path / "log.eval")[0][0]
    with zipfile.ZipFile(path) as archive:
        summaries = json.loads(archive.read("summaries.json"))

    assert max(len(json.dumps(each["scores"])) for each in summaries) < 8000
    assert all("artifact" not in each["metadata"] for each in summaries)
