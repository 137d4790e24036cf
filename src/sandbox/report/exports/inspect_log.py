"""A target's results as the head of an Inspect log: what was evaluated, and what came of it."""

import hashlib

from sandbox.domain.scorecard import Metric, Scorecard, TargetResult
from sandbox.report.exports.inspect_sample import JsonObject, inspect_error, inspect_settings, inspect_usage
from sandbox.report.exports.material import Material
from sandbox.version import VERSION

_UNKNOWN = float("nan")
_LOG_VERSION = 2
"""Of the format: `EvalLog.version` in inspect-ai 0.3."""


def inspect_start(material: Material, result: TargetResult) -> JsonObject:
    """What was known when the evaluation began: version, `EvalSpec` and `EvalPlan` of Inspect."""
    evaluation, target = material.evaluation, result.scorecard.target
    return {
        "version": _LOG_VERSION,
        "eval": {
            "eval_id": inspect_id(material, result),
            "run_id": evaluation.id,
            "created": evaluation.started_at.isoformat(timespec="seconds"),
            "task": evaluation.suite,
            "task_id": inspect_id(material, result),
            "task_version": evaluation.suite_version,
            "task_description": evaluation.summary or None,
            "task_args": target.model_dump(mode="json", include={"prompt", "prompt_version"}),
            "tags": [evaluation.label] if evaluation.label else None,
            "dataset": {
                "name": evaluation.suite,
                "samples": evaluation.cases,
                "sample_ids": material.case_ids(target),
            },
            "model": target.model,
            "model_generate_config": inspect_settings(target.settings),
            "config": {"epochs": evaluation.repeats},
            "packages": {"lesson-sandbox": VERSION},
            "metadata": _metadata(material, result),
            "scorers": [{"name": metric.check} for metric in result.scorecard.metrics],
        },
        "plan": {"name": target.prompt, "steps": [{"solver": target.prompt}]},
    }


def inspect_head(material: Material, result: TargetResult) -> JsonObject:
    """The whole head: everything of `EvalLog` of Inspect but the samples, in the order it asks for."""
    evaluation, scorecard = material.evaluation, result.scorecard
    start = inspect_start(material, result)
    finished = evaluation.finished_at.isoformat() if evaluation.finished_at else ""
    head: JsonObject = {
        "version": start["version"],
        "status": "error" if scorecard.stopped else "success",
        "eval": start["eval"],
        "plan": start["plan"],
        "results": {
            "total_samples": scorecard.planned,
            "completed_samples": scorecard.done - scorecard.failed,
            "scores": [_score(metric, scorecard) for metric in scorecard.metrics],
        },
        "stats": {
            "started_at": evaluation.started_at.isoformat(),
            "completed_at": finished,
            "model_usage": {scorecard.target.model: inspect_usage(scorecard.usage, scorecard.cost_usd)},
        },
    }
    if scorecard.stopped:
        head["error"] = inspect_error(scorecard.stopped)
    return head


def inspect_id(material: Material, result: TargetResult) -> str:
    """The name of a log that no other evaluation or target has."""
    whole = f"{material.evaluation.id}\n{result.scorecard.target.model_dump_json()}"
    return hashlib.sha256(whole.encode()).hexdigest()[:22]


def _metadata(material: Material, result: TargetResult) -> JsonObject:
    """What Inspect has no place for: the verdict first of all."""
    evaluation, scorecard = material.evaluation, result.scorecard
    return {
        "evaluation": evaluation.id,
        "label": evaluation.label,
        "verdict": result.verdict.recommendation.value,
        "verdict_reasons": [reason.model_dump(mode="json") for reason in result.verdict.reasons],
        "suite_digest": evaluation.suite_digest,
        "suite_cases": evaluation.suite_cases,
        "target": scorecard.target.model_dump(mode="json"),
        "trials": {
            name: getattr(scorecard, name)
            for name in ("planned", "answered", "unparsed", "refused", "failed", "repaired")
        },
        "latency_seconds": scorecard.latency_seconds,
    }


def _score(metric: Metric, scorecard: Scorecard) -> JsonObject:
    """One check's figures; the first is the rate that reports show. No evidence is not a number."""
    interval = metric.interval
    figures: dict[str, float] = {
        "rate": _UNKNOWN if metric.rate is None else metric.rate,
        "interval_low": interval.low if interval else _UNKNOWN,
        "interval_high": interval.high if interval else _UNKNOWN,
    }
    names = ("n", "n_trials", "passed", "warned", "failed", "errors", "not_applicable")
    figures |= {name: getattr(metric, name) for name in names}
    return {
        "name": metric.check,
        "scorer": metric.check,
        "scored_samples": metric.n_trials,
        "unscored_samples": scorecard.done - metric.n_trials,
        "metrics": {name: {"name": name, "value": value} for name, value in figures.items()},
        "metadata": {"in_words": metric.in_words, "reason": metric.reason},
    }
