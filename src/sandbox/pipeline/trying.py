"""One trial, whole: render, prepare, guard, call, parse, check."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from sandbox.contracts.check import Check, Subject
from sandbox.contracts.guard import GuardSpec
from sandbox.contracts.preparer import RequestPreparer
from sandbox.contracts.provider import Provider
from sandbox.domain.artifact import Artifact
from sandbox.domain.event import TrialFinished, TrialStarted
from sandbox.domain.exchange import JsonSchema, ModelCard, Request, Role, Settings, StructuredMode
from sandbox.domain.finding import Finding
from sandbox.domain.trial import Case, Target, Trial, TrialStatus
from sandbox.pipeline.answering import Reading, answer_request
from sandbox.pipeline.calling import CallPolicy, call_model
from sandbox.pipeline.guarding import Guarded, guard_outgoing
from sandbox.pipeline.inspecting import checks_digest, inspect_answer, no_answer
from sandbox.pipeline.preparing import prepare_request
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
    preparers: tuple[RequestPreparer, ...] = ()
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
    tell, target = bench.policy.tell, bench.target.label
    tell(TrialStarted(target=target, case_id=case.id, repeat=repeat))
    tried = await _tried(bench, case, repeat, recall)
    trial = tried.trial
    tell(
        TrialFinished(
            target=target,
            case_id=case.id,
            repeat=repeat,
            status=trial.status,
            calls=trial.calls,
            input_tokens=trial.usage.input_tokens,
            output_tokens=trial.usage.output_tokens,
            cost_usd=trial.completion.cost_usd if trial.completion else None,
            is_recalled=tried.is_recalled,
        )
    )
    return tried


async def _tried(bench: Bench, case: Case, repeat: int, recall: Recall) -> Tried:
    rendered = bench.renderer.render(case.inputs)
    wish = Request(model=bench.card.name, messages=rendered.messages, settings=bench.target.settings)
    prepared = prepare_request(bench.preparers, wish, bench.card)
    guarded = guard_outgoing(bench.guards, prepared.request.messages, rendered.inputs, case.roster)
    request = _request(bench, guarded, prepared.request.settings, repeat)
    safe_case = case.model_copy(update={"inputs": dict(guarded.inputs), "roster": ()})
    refusal = prepared.refusal or guarded.refusal
    trial = Trial(
        fingerprint=_fingerprint(bench, case, request),
        target=bench.target,
        case_id=case.id,
        repeat=repeat,
        status=TrialStatus.REFUSED,
        problem=refusal,
        messages=() if refusal else request.messages,
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
    if not refusal:
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


def _request(bench: Bench, guarded: Guarded, settings: Settings, repeat: int) -> Request:
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
    mending = (bench.policy.max_repairs, bench.renderer.mending)
    whole = json.dumps([asked, schema_digest, of_whom, mending, case.id, bench.label])
    return hashlib.sha256(whole.encode()).hexdigest()


@cache
def _schema(artifact_type: type[Artifact]) -> tuple[JsonSchema, str]:
    """The schema of an artifact and its digest; making it takes milliseconds, so it is made once."""
    schema = artifact_type.schema_for_model()
    return schema, hashlib.sha256(json.dumps(schema, sort_keys=True).encode()).hexdigest()


async def _asked(bench: Bench, request: Request, trial: Trial, case: Case) -> Trial:
    """The trial with what came of asking the model."""
    reading = Reading(
        artifact_type=bench.artifact_type,
        language=str(case.inputs.get("language", "en")),
        card=bench.card,
        policy=bench.policy,
        words_to_mend=bench.renderer.words_to_mend,
    )
    answered = await answer_request(
        lambda request: call_model(bench.provider, request, bench.policy), request, reading
    )
    if answered.error is not None:
        return trial.model_copy(
            update={
                "status": TrialStatus.FAILED,
                "problem": str(answered.error),
                "error_kind": answered.error.kind,
                "calls": answered.calls,
            }
        )
    artifact = answered.parsed.artifact
    return trial.model_copy(
        update={
            "status": TrialStatus.ANSWERED if artifact is not None else TrialStatus.UNPARSED,
            "problem": answered.parsed.problem,
            "messages": answered.messages,
            "completion": answered.completion,
            "artifact": artifact,
            "calls": answered.calls,
            "repairs": answered.repairs,
        }
    )


def _looked_at_again(bench: Bench, earlier: Trial, now: Trial, case: Case, guarded: Guarded) -> Trial:
    """The earlier trial, with findings of today's checks on today's expectations."""
    if earlier.checks_digest == now.checks_digest:
        return earlier
    earlier = earlier.model_copy(update={"checks_digest": now.checks_digest})
    return look_at(bench.checks, earlier, case, guarded.findings)
