"""A trial as the values of its row, and back."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from sandbox.domain.artifact import Artifact
from sandbox.domain.exchange import Completion, Role, Usage
from sandbox.domain.finding import Outcome
from sandbox.domain.trial import Target, Trial, TrialStatus
from sandbox.domain.trial_summary import TrialSummary
from sandbox.errors import InputError
from sandbox.storage.database.packing import pack
from sandbox.storage.database.schema import TRIALS

_TRIAL = TypeAdapter(Trial)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BESIDES: Mapping[str, Any] = {"fingerprint": True, "target": True}
"""What stands beside the packed trial: it does not pack well, or is shared."""
_BESIDES_WITH_SYSTEM: Mapping[str, Any] = {**_BESIDES, "messages": {0: {"content"}}}
_ANSWER_COLUMNS = (
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "reasoning_tokens",
    "is_estimated",
    "cost_usd",
    "latency_seconds",
)
_NO_ANSWER = dict.fromkeys(_ANSWER_COLUMNS)
_OUTCOMES = {outcome[0]: outcome for outcome in Outcome}
"""By their first letters, which stand in the rows."""
_STATUSES = {status.value: status for status in TrialStatus}
_OWN_COLUMNS = ("fingerprint", "case_id", "repeat", "status", "checks_digest", "calls", "repairs")
SUMMARY_COLUMNS = tuple(TRIALS.c[name] for name in (*_OWN_COLUMNS, *_ANSWER_COLUMNS, "outcomes"))
"""What `read_summary` needs, in its order."""


class SharedText(NamedTuple):
    """A text that many trials have alike, and the number that stands for it in their rows."""

    key: int
    packed: bytes


@lru_cache(maxsize=256)
def shared_text(text: str) -> SharedText:
    """The text with its number: the first eight bytes of its SHA-256."""
    encoded = text.encode()
    key = int.from_bytes(hashlib.sha256(encoded).digest()[:8], "big", signed=True)
    return SharedText(key, pack(encoded))


@lru_cache(maxsize=256)
def shared_target(target: Target) -> SharedText:
    """The target, as many trials share it. A field that is added later, with a default, changes nothing."""
    return shared_text(target.model_dump_json(exclude_defaults=True))


@lru_cache(maxsize=256)
def _shared_checks(names: tuple[str, ...]) -> SharedText:
    return shared_text(json.dumps(names))


def fingerprint_bytes(fingerprint: str) -> bytes:
    """The fingerprint as it is kept.

    Raises:
        InputError: it is not written in hexadecimal digits.
    """
    try:
        return bytes.fromhex(fingerprint)
    except ValueError:
        raise InputError(f"'{fingerprint}' is no fingerprint: write 64 hexadecimal digits.") from None


def microseconds(moment: datetime) -> int:
    """The moment as it is kept, in microseconds since 1970; moments of all time zones sort together."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


class TrialRow(NamedTuple):
    """A trial's row, and the texts that have to be there with it."""

    fingerprint: bytes
    target: int
    values: dict[str, object]
    shared: tuple[SharedText, ...]


def trial_row(trial: Trial) -> TrialRow:
    """The values of a trial's row."""
    target = shared_target(trial.target)
    checks = _shared_checks(tuple([finding.check for finding in trial.findings]))
    shared: tuple[SharedText, ...] = (target, checks)
    besides, system = _BESIDES, None
    if trial.messages and trial.messages[0].role is Role.SYSTEM:
        text = shared_text(trial.messages[0].content)
        shared, besides, system = (target, checks, text), _BESIDES_WITH_SYSTEM, text.key
    fingerprint = fingerprint_bytes(trial.fingerprint)
    values: dict[str, object] = {
        "fingerprint": fingerprint,
        "target": target.key,
        "checks": checks.key,
        "system": system,
        "case_id": trial.case_id,
        "student": trial.student,
        "repeat": trial.repeat,
        "status": trial.status.value,
        "started_at": microseconds(trial.started_at),
        "checks_digest": trial.checks_digest,
        "calls": trial.calls,
        "repairs": trial.repairs,
        "outcomes": "".join([finding.outcome[0] for finding in trial.findings]),
        "artifact_type": trial.artifact.type_name if trial.artifact is not None else None,
        "packed": pack(_TRIAL.dump_json(trial, exclude_defaults=True, exclude=besides)),
        **_answer_values(trial.completion),
    }
    return TrialRow(fingerprint, target.key, values, shared)


def _answer_values(completion: Completion | None) -> Mapping[str, object]:
    if completion is None:
        return _NO_ANSWER
    usage = completion.usage
    return {
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cached_input_tokens": usage.cached_input_tokens,
        "reasoning_tokens": usage.reasoning_tokens,
        "is_estimated": usage.is_estimated,
        "cost_usd": completion.cost_usd,
        "latency_seconds": completion.latency_seconds,
    }


def read_trial(
    row: Any,
    body: bytes,
    target: Target,
    system: str | None,
    artifact_types: Mapping[str, type[Artifact]],
) -> Trial:
    """The trial of a row, its body unpacked."""
    data = json.loads(body)
    data["fingerprint"], data["target"] = row.fingerprint.hex(), target
    if system is not None:
        data["messages"][0]["content"] = system
    found = data.pop("artifact", None)
    trial = Trial.model_validate(data)
    kind = artifact_types.get(row.artifact_type or "")
    if found is None or kind is None:  # the plugin that brought this kind may be gone
        return trial
    return trial.model_copy(update={"artifact": kind.model_validate(found)})


def read_summary(values: Sequence[Any], checks: str) -> TrialSummary:
    """The summary of a trial; `values` are those of SUMMARY_COLUMNS, `checks` the shared text."""
    fingerprint, case_id, repeat, status, checks_digest, calls, repairs, *answer, outcomes = values
    input_tokens, output_tokens, cached, reasoning, is_estimated, cost_usd, latency_seconds = answer
    usage = None
    if input_tokens is not None:
        usage = Usage(
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            cached_input_tokens=cached,
            reasoning_tokens=reasoning,
            is_estimated=is_estimated,
        )
    return TrialSummary(
        fingerprint=fingerprint.hex(),
        case_id=case_id,
        repeat=repeat,
        status=_STATUSES[status],
        checks_digest=checks_digest,
        calls=calls,
        repairs=repairs,
        usage=usage,
        cost_usd=cost_usd,
        latency_seconds=latency_seconds,
        outcomes=_outcomes(checks, outcomes),
    )


@lru_cache(maxsize=4096)
def _outcomes(checks: str, letters: str) -> Mapping[str, Outcome]:
    """What each check said; many trials share it, so it cannot be changed."""
    said = zip(json.loads(checks), letters, strict=True)
    return MappingProxyType({name: _OUTCOMES[letter] for name, letter in said})
