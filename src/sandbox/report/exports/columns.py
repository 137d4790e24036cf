"""The columns that every table of trials has: a name, a kind, and how a trial fills it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sandbox.domain.exchange import Completion, Settings, Usage
from sandbox.domain.finding import Finding, Outcome
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.trial import Trial

Kind = Literal["text", "integer", "number", "truth", "time"]
Value = str | int | float | bool | datetime | None

_WORST_FIRST = (Outcome.FAIL, Outcome.ERROR, Outcome.WARN, Outcome.PASS, Outcome.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table with a row for each trial; None is an empty cell."""

    name: str
    kind: Kind
    read: Callable[[Evaluation, Trial], Value]


def worst_findings(trial: Trial) -> dict[str, Finding]:
    """What each check and guard said of a trial; of several findings of one, the worst."""
    worst: dict[str, Finding] = {}
    for finding in sorted(trial.findings, key=lambda each: _WORST_FIRST.index(each.outcome)):
        worst.setdefault(finding.check, finding)
    return {finding.check: worst[finding.check] for finding in trial.findings}


def _of_evaluation(name: str, field: str) -> Column:
    return Column(name, "text", lambda evaluation, _: getattr(evaluation, field))


def _of_trial(name: str, kind: Kind, field: str) -> Column:
    return Column(name, kind, lambda _, trial: getattr(trial, field))


def _of_target(name: str, kind: Kind, field: str) -> Column:
    return Column(name, kind, lambda _, trial: getattr(trial.target, field))


def _of_setting(name: str, kind: Kind) -> Column:
    return Column(f"setting_{name}", kind, lambda _, trial: getattr(trial.target.settings, name))


def _of_answer(name: str, kind: Kind, read: Callable[[Completion], Value]) -> Column:
    return Column(name, kind, lambda _, trial: read(trial.completion) if trial.completion else None)


def _of_usage(name: str) -> Column:
    return _of_answer(name, "integer", lambda answer: int(getattr(answer.usage, name)))


_SETTINGS: dict[str, Kind] = {
    "max_output_tokens": "integer",
    "temperature": "number",
    "top_p": "number",
    "seed": "integer",
}

COLUMNS = (
    _of_evaluation("evaluation", "id"),
    _of_evaluation("suite", "suite"),
    _of_evaluation("suite_version", "suite_version"),
    _of_evaluation("label", "label"),
    _of_target("prompt", "text", "prompt"),
    _of_target("prompt_version", "text", "prompt_version"),
    _of_target("prompt_digest", "text", "prompt_digest"),
    _of_target("model", "text", "model"),
    _of_target("model_identity", "text", "model_identity"),
    _of_target("is_local", "truth", "is_local"),
    *(_of_setting(name, _SETTINGS.get(name, "text")) for name in Settings.model_fields),
    _of_trial("case", "text", "case_id"),
    _of_trial("student", "text", "student"),
    _of_trial("repeat", "integer", "repeat"),
    Column("status", "text", lambda _, trial: trial.status.value),
    _of_trial("problem", "text", "problem"),
    Column("error_kind", "text", lambda _, trial: trial.error_kind.value if trial.error_kind else None),
    Column("started_at", "time", lambda _, trial: trial.started_at.astimezone(UTC)),
    _of_trial("calls", "integer", "calls"),
    _of_trial("repairs", "integer", "repairs"),
    _of_answer("model_served", "text", lambda answer: answer.model_served),
    _of_answer("finish_reason", "text", lambda answer: answer.finish_reason.value),
    _of_answer("refusal", "text", lambda answer: answer.refusal),
    _of_answer("request_id", "text", lambda answer: answer.request_id),
    _of_answer("latency_seconds", "number", lambda answer: answer.latency_seconds),
    _of_answer("cost_usd", "number", lambda answer: answer.cost_usd),
    *(_of_usage(name) for name in Usage.model_fields if name != "is_estimated"),
    _of_answer("is_usage_estimated", "truth", lambda answer: answer.usage.is_estimated),
    _of_trial("text", "text", "text"),
    _of_trial("fingerprint", "text", "fingerprint"),
    _of_trial("checks_digest", "text", "checks_digest"),
)
