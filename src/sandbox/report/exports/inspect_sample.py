"""A trial as a sample of an Inspect log."""

from collections.abc import Mapping, Sequence

from sandbox.domain.exchange import Completion, FinishReason, Settings, Usage
from sandbox.domain.finding import Finding, Outcome
from sandbox.domain.trial import Trial, TrialStatus
from sandbox.report.exports.columns import worst_findings

JsonObject = dict[str, object]

SCORES = {
    Outcome.PASS: "C",
    Outcome.WARN: "P",
    Outcome.FAIL: "I",
    Outcome.ERROR: "N",
    Outcome.NOT_APPLICABLE: float("nan"),
}
"""Correct, partial, incorrect, no answer; not a number is what Inspect leaves out of every count."""

_STOP_REASONS = {FinishReason.LENGTH: "max_tokens"}
"""Where Inspect has another word for it."""
_SHORT = 1000
"""Characters of a text in a list of samples."""


def inspect_sample(trial: Trial, *, answer_key: Sequence[str], checks: Sequence[str]) -> JsonObject:
    """The whole trial, as `EvalSample` of Inspect; what these checks say stands before what guards say."""
    mark = trial.fingerprint[:16]
    asked: list[JsonObject] = [
        {
            "id": f"{mark}-{number}",
            "role": message.role.value,
            "content": message.content,
            "source": "input",
        }
        for number, message in enumerate(trial.messages)
    ]
    answer, model = trial.completion, trial.target.model
    sample: JsonObject = {
        "id": trial.case_id,
        "epoch": trial.repeat,
        "input": asked,
        "target": list(answer_key) or "",
        "messages": asked,
        "output": {"model": model, "choices": [], "completion": ""},
        "scores": _scores(trial, checks),
        "metadata": _metadata(trial),
        "model_usage": {},
        "started_at": trial.started_at.isoformat(),
        "uuid": trial.fingerprint,
    }
    if answer is not None:
        said: JsonObject = {
            "id": f"{mark}-answer",
            "role": "assistant",
            "content": answer.text,
            "source": "generate",
            "model": answer.model_served,
        }
        sample["messages"] = [*asked, said]
        sample["output"] = _output(answer, said)
        sample["model_usage"] = {model: inspect_usage(answer.usage, answer.cost_usd)}
        sample["turn_count"] = 1
    if trial.calls:
        sample["events"] = [_event(trial, asked, sample["output"])]
    if trial.status is TrialStatus.FAILED:
        sample["error"] = inspect_error(trial.problem)
    return sample


def inspect_summary(sample: Mapping[str, object]) -> JsonObject:
    """The sample with its texts cut short, as `EvalSampleSummary` of Inspect: what lists are made of."""
    kept = ("id", "epoch", "input", "target", "metadata", "scores", "model_usage", "started_at", "uuid")
    summary = {name: _cut(sample[name]) for name in kept}
    summary["metadata"] = {
        name: value for name, value in _group(summary["metadata"]).items() if name != "artifact"
    }
    for score in _group(summary["scores"]).values():
        _group(score)["metadata"] = {"outcome": _group(_group(score)["metadata"])["outcome"]}
    messages = sample["messages"]
    error = sample.get("error")
    return summary | {
        "completed": True,
        "message_count": len(messages) if isinstance(messages, list) else 0,
        "turn_count": sample.get("turn_count"),
        "error": _cut(_group(error)["message"]) if error else None,
    }


def inspect_usage(usage: Usage, cost_usd: float | None) -> JsonObject:
    """Tokens as `ModelUsage` of Inspect, which counts those read before beside the others."""
    return {
        "input_tokens": usage.input_tokens - usage.cached_input_tokens,
        "input_tokens_cache_read": usage.cached_input_tokens,
        "output_tokens": usage.output_tokens,
        "total_tokens": usage.input_tokens + usage.output_tokens,
        "reasoning_tokens": usage.reasoning_tokens,
        "total_cost": cost_usd,
    }


def inspect_settings(settings: Settings) -> JsonObject:
    """Settings as `GenerateConfig` of Inspect."""
    given = settings.model_dump(mode="json")
    return {"max_tokens": given.pop("max_output_tokens"), **given}


def inspect_error(problem: str) -> JsonObject:
    """A problem as `EvalError` of Inspect; where in the code it arose is nobody's business."""
    return {"message": problem, "traceback": problem, "traceback_ansi": problem}


def _event(trial: Trial, asked: list[JsonObject], output: object) -> JsonObject:
    """The call that was made, as `ModelEvent` of Inspect, which takes tables of messages from it."""
    return {
        "event": "model",
        "uuid": f"{trial.fingerprint[:16]}-call",
        "timestamp": trial.started_at.isoformat(),
        "working_start": 0,
        "model": trial.target.model,
        "input": asked,
        "tools": [],
        "tool_choice": "none",
        "config": inspect_settings(trial.target.settings),
        "output": output,
        "retries": trial.calls - 1,
        "error": trial.problem if trial.status is TrialStatus.FAILED else None,
    }


def _output(answer: Completion, said: JsonObject) -> JsonObject:
    reason = _STOP_REASONS.get(answer.finish_reason, answer.finish_reason.value)
    return {
        "model": answer.model_served,
        "choices": [{"message": said, "stop_reason": reason}],
        "completion": answer.text,
        "usage": inspect_usage(answer.usage, answer.cost_usd),
        "time": answer.latency_seconds,
        "error": answer.refusal,
        "response_id": answer.request_id,
        "metadata": {"is_usage_estimated": answer.usage.is_estimated},
    }


def _scores(trial: Trial, checks: Sequence[str]) -> JsonObject:
    found = worst_findings(trial)
    return {name: _score(found[name]) for name in sorted(found, key=lambda name: name not in checks)}


def _score(finding: Finding) -> JsonObject:
    return {
        "value": SCORES[finding.outcome],
        "explanation": finding.reason,
        "reason": "not_applicable" if finding.outcome is Outcome.NOT_APPLICABLE else None,
        "metadata": finding.model_dump(mode="json", include={"outcome", "version", "evidence"}),
    }


def _metadata(trial: Trial) -> JsonObject:
    names = {
        "student",
        "status",
        "problem",
        "error_kind",
        "calls",
        "repairs",
        "fingerprint",
        "checks_digest",
    }
    artifact = trial.artifact.model_dump(mode="json") if trial.artifact else None
    return trial.model_dump(mode="json", include=names) | {"artifact": artifact}


def _group(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _cut(value: object) -> object:
    """A copy with every text cut short."""
    match value:
        case str() if len(value) > _SHORT:
            return value[: _SHORT - 1] + "…"
        case dict():
            return {name: _cut(part) for name, part in value.items()}
        case list():
            return [_cut(part) for part in value]
        case _:
            return value
