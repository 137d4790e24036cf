"""One trial, whole: render, guard, call, parse, check."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from sandbox.contracts.check import Check, Subject
from sandbox.contracts.guard import GuardSpec
from sandbox.contracts.provider import Provider
from sandbox.domain.artifact import Artifact
from sandbox.domain.exchange import Completion, JsonSchema, ModelCard, Request, Role, StructuredMode
from sandbox.domain.finding import Finding
from sandbox.domain.trial import Case, Target, Trial, TrialStatus
from sandbox.errors import ProviderError
from sandbox.pipeline.calling import CallPolicy, call_model
from sandbox.pipeline.guarding import Guarded, guard_outgoing
from sandbox.pipeline.inspecting import checks_digest, inspect_answer, no_answer
from sandbox.pipeline.parsing import parse_answer
from sandbox.pipeline.prompting import PromptRenderer

Recall = Callable[[str], Trial | None]
"""Finds a stored trial by its fingerprint."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Everything that the trials of one target share."""

    target: Target
    renderer: PromptRenderer
    artifact_type: type[Artifact]
    provider: Provider
    card: ModelCard
    guards: tuple[GuardSpec, ...]
    checks: tuple[Check, ...]
    policy: CallPolicy = field(default_factory=CallPolicy)
    label: str = ""
    """Trials under another label are other trials, so that a target can be tried anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A trial, and what a guard took out of it, which stays in memory."""

    trial: Trial
    replaced: dict[str, str] = field(repr=False)
    is_recalled: bool = False


async def run_trial(bench: Bench, case: Case, *, repeat: int = 1, recall: Recall = lambda _: None) -> Tried:
    """Try a case on a target, or recall the trial if it was made before and came to an end.

    Raises:
        InputError: the case does not fit the prompt, or the prompt does not render.
    """
    rendered = bench.renderer.render(case.inputs)
    guarded = guard_outgoing(bench.guards, rendered.messages, rendered.inputs, case.roster)
    request = _request(bench, guarded, repeat)
    safe_case = case.model_copy(update={"inputs": dict(guarded.inputs), "roster": ()})
    trial = Trial(
        fingerprint=_fingerprint(bench, case, request),
        target=bench.target,
        case_id=case.id,
        repeat=repeat,
        status=TrialStatus.REFUSED,
        problem=guarded.refusal,
        messages=() if guarded.is_refused else request.messages,
        checks_digest=checks_digest(bench.checks, case),
        started_at=datetime.now(UTC),
    )
    earlier = recall(trial.fingerprint)
    if earlier is not None and earlier.status is not TrialStatus.FAILED:
        return Tried(
            trial=_looked_at_again(bench, earlier, trial, safe_case, guarded),
            replaced=dict(guarded.replaced),
            is_recalled=True,
        )
    if not guarded.is_refused:
        trial = await _asked(bench, request, trial, safe_case)
    trial = look_at(bench.checks, trial, safe_case, guarded.findings)
    return Tried(trial=trial, replaced=dict(guarded.replaced))


def look_at(checks: Sequence[Check], trial: Trial, case: Case, before: tuple[Finding, ...]) -> Trial:
    """The trial with the guards' findings `before`, and then those of the checks."""
    if trial.status is TrialStatus.ANSWERED:
        artifact = trial.artifact
        text = artifact.text(width=None) if artifact is not None else trial.text
        subject = Subject(text=text, artifact=artifact, case=case, audience=case.audience)
        found = inspect_answer(checks, subject)
    else:
        found = no_answer(checks, trial.problem)
    return trial.model_copy(update={"findings": before + found})


def _request(bench: Bench, guarded: Guarded, repeat: int) -> Request:
    mode = bench.card.structured[0]
    schema, _ = _schema(bench.artifact_type)
    messages = guarded.messages
    if mode in {StructuredMode.PROMPT, StructuredMode.JSON_OBJECT}:
        extra = bench.renderer.structured_instructions(schema)
        messages = tuple(
            message.model_copy(update={"content": f"{message.content}\n\n{extra}"})
            if message.role is Role.SYSTEM
            else message
            for message in messages
        )
    settings = bench.target.settings
    if settings.seed is not None:
        settings = settings.model_copy(update={"seed": settings.seed + repeat - 1})
    return Request(
        model=bench.card.name,
        messages=messages,
        settings=settings,
        output_schema=schema,
        output_name=bench.artifact_type.type_name,
        structured=mode,
        timeout_seconds=bench.policy.timeout_seconds,
        repeat=repeat,
    )


def _fingerprint(bench: Bench, case: Case, request: Request) -> str:
    """SHA-256 over everything that the answer depends on: what is asked, of whom, and which time."""
    _, schema_digest = _schema(bench.artifact_type)
    asked = request.model_dump_json(exclude={"timeout_seconds", "output_schema"})
    of_whom = (bench.target.model, bench.target.model_identity, bench.target.prompt_digest)
    whole = json.dumps([asked, schema_digest, of_whom, case.id, bench.label])
    return hashlib.sha256(whole.encode()).hexdigest()


@cache
def _schema(artifact_type: type[Artifact]) -> tuple[JsonSchema, str]:
    """The schema of an artifact and its digest; making it takes milliseconds, so it is made once."""
    schema = artifact_type.schema_for_model()
    return schema, hashlib.sha256(json.dumps(schema, sort_keys=True).encode()).hexdigest()


async def _asked(bench: Bench, request: Request, trial: Trial, case: Case) -> Trial:
    """The trial with what came of asking the model."""
    called = await call_model(bench.provider, request, bench.policy)
    if called.completion is None:
        return trial.model_copy(update=_failure(called.error) | {"calls": called.calls})
    completion = _priced(called.completion, bench.card)
    language = str(case.inputs.get("language", "en"))
    artifact, problem = parse_answer(completion, bench.artifact_type, language=language)
    status = TrialStatus.ANSWERED if artifact is not None else TrialStatus.UNPARSED
    return trial.model_copy(
        update={
            "status": status,
            "problem": problem,
            "completion": completion,
            "artifact": artifact,
            "calls": called.calls,
        }
    )


def _failure(error: ProviderError | None) -> dict[str, object]:
    return {
        "status": TrialStatus.FAILED,
        "problem": str(error),
        "error_kind": error.kind if error else None,
    }


def _priced(completion: Completion, card: ModelCard) -> Completion:
    if completion.cost_usd is not None or card.price is None:
        return completion
    return completion.model_copy(update={"cost_usd": card.price.cost_usd(completion.usage)})


def _looked_at_again(bench: Bench, earlier: Trial, now: Trial, case: Case, guarded: Guarded) -> Trial:
    """The earlier trial, with findings of today's checks on today's expectations."""
    if earlier.checks_digest == now.checks_digest:
        return earlier
    earlier = earlier.model_copy(update={"checks_digest": now.checks_digest})
    return look_at(bench.checks, earlier, case, guarded.findings)
