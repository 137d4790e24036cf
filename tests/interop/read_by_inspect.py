"""Reads exported logs with Inspect's own functions, and holds them against the same trials as JSON lines.

Run by `.ci/run` in an environment that has inspect-ai and not sandbox:
    python read_by_inspect.py FOLDER_OF_LOGS TRIALS.jsonl
"""

import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from inspect_ai.log import EvalLog, list_eval_logs, read_eval_log, read_eval_log_samples
from inspect_ai.log._file import read_eval_log_sample_summaries

OUTCOMES = {"C": "pass", "P": "warn", "I": "fail", "N": "error"}


def main(folder: Path, jsonl: Path) -> None:
    """Every log agrees with the trials, as a whole and sample by sample; every trial is in a log."""
    trials = [json.loads(line) for line in jsonl.read_text(encoding="utf-8").splitlines()]
    infos = list_eval_logs(str(folder))
    assert infos, "Inspect lists no log here"
    seen = 0
    for info in infos:
        head = read_eval_log(info, header_only=True)
        of_target = [trial for trial in trials if is_of(trial, head)]
        see_head(head, of_target)
        samples = list(read_eval_log_samples(info, all_samples_required=False))
        summaries = read_eval_log_sample_summaries(info)
        whole = read_eval_log(info)
        assert len(samples) == len(summaries) == len(whole.samples or []) == len(of_target)
        by_uuid = {trial["fingerprint"]: trial for trial in of_target}
        for sample in samples:
            see_sample(sample, by_uuid[sample.uuid], head.eval.model)
        assert {(each.id, each.epoch) for each in summaries} == {(each.id, each.epoch) for each in samples}
        seen += len(samples)
    assert seen == len(trials), f"{seen} samples for {len(trials)} trials"
    sys.stdout.write(f"Inspect reads {len(infos)} logs with {seen} samples as they were exported.\n")


def is_of(trial: dict[str, Any], head: EvalLog) -> bool:
    """Whether a trial is of this log's target."""
    return bool(trial["target"] == (head.metadata or {})["target"])


def see_head(head: EvalLog, trials: list[dict[str, Any]]) -> None:
    """Tokens, counts and rates are those of the trials."""
    assert head.version == 2
    assert head.metadata["verdict"] in {"adopt", "hold", "reject"}
    answers = [trial["completion"] for trial in trials if trial["completion"]]
    usage = head.stats.model_usage[head.eval.model]
    assert usage.output_tokens == sum(each["usage"]["output_tokens"] for each in answers)
    whole = sum(each["usage"]["input_tokens"] for each in answers)
    assert usage.input_tokens + (usage.input_tokens_cache_read or 0) == whole
    assert head.results is not None
    assert head.results.scores, "no check is in the results"
    for score in head.results.scores:
        said = Counter(
            finding["outcome"]
            for trial in trials
            for finding in trial["findings"]
            if finding["check"] == score.name
        )
        metrics = {name: metric.value for name, metric in score.metrics.items()}
        assert (metrics["passed"], metrics["warned"], metrics["failed"]) == (
            said["pass"],
            said["warn"],
            said["fail"],
        ), score.name
        assert math.isnan(metrics["rate"]) == (metrics["n"] == 0)
        if metrics["n"]:
            assert metrics["interval_low"] <= metrics["rate"] <= metrics["interval_high"]


def see_sample(sample: Any, trial: dict[str, Any], model: str) -> None:
    """A sample holds what its trial holds."""
    answer = trial["completion"]
    assert (sample.id, sample.epoch) == (trial["case_id"], trial["repeat"])
    assert [(each.role, each.text) for each in sample.input] == [
        (each["role"], each["content"]) for each in trial["messages"]
    ]
    assert sample.output.completion == (answer["text"] if answer else "")
    assert (sample.error is not None) == (trial["status"] == "failed")
    if answer:
        assert sample.model_usage[model].output_tokens == answer["usage"]["output_tokens"]
        assert sample.output.time == answer["latency_seconds"]
        assert sample.messages[-1].text == answer["text"]
    assert sample.metadata["artifact"] == trial["artifact"]
    said = {finding["check"]: finding for finding in trial["findings"]}
    assert set(sample.scores) == set(said)
    for name, score in sample.scores.items():
        is_silent = isinstance(score.value, float) and math.isnan(score.value)
        outcome = "not_applicable" if is_silent else OUTCOMES[score.value]
        assert outcome == said[name]["outcome"] == score.metadata["outcome"]
        assert score.explanation == said[name]["reason"]
        assert score.metadata["evidence"] == said[name]["evidence"]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
