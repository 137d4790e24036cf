"""One trial, whole: render, prepare, guard, call, parse, check."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from typing import Protocol

from sandbox.contracts.check import Check, Subject
from sandbox.contracts.guard import GuardSpec
from sandbox.contracts.preparer import RequestPreparer
from sandbox.domain.artifact import Artifact
from sandbox.domain.event import CheckFinished, TrialFinished, TrialStarted
from sandbox.domain.exchange import JsonSchema, Request, Role, Settings, StructuredMode
from sandbox.domain.finding import Finding
from sandbox.domain.trial import Case, Target, Trial, TrialStatus
from sandbox.pipeline.answering import Call, Reading, answer_request
from sandbox.pipeline.calling import Line, Tell, call_model
from sandbox.pipeline.check_processes.check_workers import CheckWorkers
from sandbox.pipeline.guarding import Guarded, guard_outgoing
from sandbox.pipeline.inspecting import checks_digest, no_answer
from sandbox.pipeline.preparing import prepare_request
from sandbox.pipeline.prompting import PromptRenderer
from sandbox.pipeline.taping import Tape


class Judging(Protocol):
    """A panel of models that looks at answers by criteria and score bands."""

    @property
    def names(self) -> tuple[str, ...]:
        """The judges' names."""
        ...

    @property
    def digest(self) -> str:
        """SHA-256 over all that votes depend on besides answers and cases."""
        ...

    @property
    def benches(self) -> "tuple[Bench, ...]":
        """One for each model that judges."""
        ...

    @property
    def votes_of_each_model(self) -> int:
        """How many votes each model has on an answer."""
        ...

    @property
    def words_tokens(self) -> int:
        """About how many tokens the longest judge's own words take."""
        ...

    async def judge(self, trial: Trial, case: Case, roster: tuple[str, ...]) -> Trial:
        """The trial with votes, and with findings of each judge behind those that it has."""
        ...


Recall = Callable[[str], Trial | None]
"""Finds a stored trial by its fingerprint."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bench:
    """Everything that the trials of one target share."""

    target: Target
    renderer: PromptRenderer
    artifact_type: type[Artifact]
    line: Line
    tape: Tape | None = None
    """Where answers are recorded, or replayed from."""
    guards: tuple[GuardSpec, ...]
    preparers: tuple[RequestPreparer, ...] = ()
    checks: tuple[Check, ...]
    workers: CheckWorkers = field(default_factory=CheckWorkers)
    """Who looks with checks that may take their time; whoever gives none has only quick ones."""
    panel: Judging | None = None
    label: str = ""
    """Trials under another label are other trials, so that a target can be tried anew."""
    digest: str = field(init=False)
    """SHA-256 over what the answers to all cases depend on."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all checks and judges that are asked."""
        names = tuple(check.name for check in self.checks)
        return names + self.panel.names if self.panel else names

    def checks_digest(self, case: Case) -> str:
        """What findings depend on beside the answer."""
        return checks_digest(self.checks, case, self.panel.digest if self.panel else "")

    @property
    def ways(self) -> str:
        """What requests depend on besides this and the cases: who may change them before they are sent."""
        guards = [(guard.name, guard.version) for guard in self.guards]
        preparers = [(preparer.name, preparer.version) for preparer in self.preparers]
        return json.dumps([self.digest, guards, preparers])

    def __post_init__(self) -> None:
        _, schema_digest = _schema(self.artifact_type)
        target, line = self.target, self.line
        parts = [target.model, target.model_identity, target.prompt_digest, schema_digest]
        parts += [self.artifact_type.type_name, line.card.name, line.card.structured[0]]
        parts += [str(line.policy.max_repairs), self.renderer.mending, self.label]
        object.__setattr__(self, "digest", hashlib.sha256(json.dumps(parts).encode()).hexdigest())


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
        StoppedError: the model is not asked any more.
    """
    rendered = bench.renderer.render(case.inputs)
    card, settings = bench.line.card, bench.target.settings
    wish = Request(model=card.name, messages=rendered.messages, settings=settings)
    prepared = prepare_request(bench.preparers, wish, card)
    guarded = guard_outgoing(bench.guards, prepared.request.messages, rendered.inputs, case.roster)
    request = _request(bench, guarded, prepared.request.settings, repeat)
    safe_case = case.without_names(guarded.inputs)
    refusal = prepared.refusal or guarded.refusal
    trial = Trial(
        fingerprint=_fingerprint(bench, case, request),
        target=bench.target,
        case_id=case.id,
        student=case.student,
        repeat=repeat,
        status=TrialStatus.REFUSED,
        problem=refusal,
        messages=() if refusal else request.messages,
        checks_digest=bench.checks_digest(case),
        started_at=datetime.now(UTC),
    )
    tell = bench.line.policy.tell
    if tell and bench.line.policy.wants(TrialStarted):
        tell(
            TrialStarted(target=trial.target.label, case_id=case.id, repeat=repeat, trial=trial.fingerprint)
        )
    earlier = recall(trial.fingerprint)
    is_recalled = earlier is not None and earlier.status is not TrialStatus.FAILED
    if earlier is not None and is_recalled:
        trial = await _looked_at_again(bench, earlier, trial, safe_case, case.roster, guarded)
    else:
        trial = await _made(bench, request, trial, case, safe_case)
        trial = await _looked_at(bench, trial, safe_case, case.roster, guarded)
    if tell:
        if bench.line.policy.wants(CheckFinished):
            _tell_of_findings(tell, trial)
        _tell_of_end(tell, trial, is_recalled=is_recalled)
    return Tried(trial=trial, replaced=dict(guarded.replaced), is_recalled=is_recalled)


def _tell_of_findings(tell: Tell, trial: Trial) -> None:
    for finding in trial.findings:
        tell(
            CheckFinished(
                check=finding.check,
                version=finding.version,
                outcome=finding.outcome,
                trial=trial.fingerprint,
            )
        )


def _tell_of_end(tell: Tell, trial: Trial, *, is_recalled: bool) -> None:
    tell(
        TrialFinished(
            target=trial.target.label,
            case_id=trial.case_id,
            repeat=trial.repeat,
            status=trial.status,
            calls=trial.calls,
            input_tokens=trial.usage.input_tokens,
            output_tokens=trial.usage.output_tokens,
            cost_usd=trial.completion.cost_usd if trial.completion else None,
            is_recalled=is_recalled,
            trial=trial.fingerprint,
        )
    )


async def look_at(
    checks: Sequence[Check], workers: CheckWorkers, trial: Trial, case: Case, before: tuple[Finding, ...]
) -> Trial:
    """The trial with the guards' findings `before`, and then those of the checks."""
    if trial.status is TrialStatus.ANSWERED:
        answer = trial.artifact if trial.artifact is not None else trial.text
        found = await workers.inspect(checks, Subject(answer, case))
    else:
        found = no_answer(checks, trial.problem)
    return trial.model_copy(update={"findings": before + found})


def _request(bench: Bench, guarded: Guarded, settings: Settings, repeat: int) -> Request:
    card = bench.line.card
    mode = card.structured[0]
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
        model=card.name,
        messages=messages,
        settings=settings,
        output_schema=schema,
        output_name=bench.artifact_type.type_name,
        structured=mode,
        timeout_seconds=bench.line.policy.timeout_seconds,
        repeat=repeat,
    )


def _fingerprint(bench: Bench, case: Case, request: Request) -> str:
    """SHA-256 over everything that the answer depends on: what is asked, of whom, and which time."""
    messages = [(message.role, message.content) for message in request.messages]
    whole = (bench.digest, case.id, request.repeat, request.settings.model_dump_json(), messages)
    return hashlib.sha256(json.dumps(whole).encode()).hexdigest()


@cache
def _schema(artifact_type: type[Artifact]) -> tuple[JsonSchema, str]:
    """The schema of an artifact and its digest; making it takes milliseconds, so it is made once."""
    schema = artifact_type.schema_for_model()
    return schema, hashlib.sha256(json.dumps(schema, sort_keys=True).encode()).hexdigest()


async def _made(bench: Bench, request: Request, trial: Trial, case: Case, safe_case: Case) -> Trial:
    """The trial with what came of it: now, or when it was recorded."""
    ask = partial(call_model, bench.line, trial=trial.fingerprint)
    if bench.tape is None:
        return trial if trial.problem else await _asked(bench, request, trial, safe_case, ask)
    taped = bench.tape.trial(bench.target.model, case, ask)
    if trial.problem:
        taped.refuse(request)
    else:
        trial = await _asked(bench, request, trial, safe_case, taped.call)
    return trial.model_copy(update={"started_at": taped.started_at or trial.started_at})


async def _asked(bench: Bench, request: Request, trial: Trial, case: Case, call: Call) -> Trial:
    """The trial with what came of asking the model."""
    reading = Reading(
        artifact_type=bench.artifact_type,
        language=str(case.inputs.get("language", "en")),
        card=bench.line.card,
        policy=bench.line.policy,
        words_to_mend=bench.renderer.words_to_mend,
        trial=trial.fingerprint,
    )
    answered = await answer_request(call, request, reading)
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


async def _looked_at(
    bench: Bench, trial: Trial, case: Case, roster: tuple[str, ...], guarded: Guarded
) -> Trial:
    """The trial with findings of guards, checks and judges."""
    trial = await look_at(bench.checks, bench.workers, trial, case, guarded.findings)
    return trial if bench.panel is None else await bench.panel.judge(trial, case, roster)


async def _looked_at_again(
    bench: Bench, earlier: Trial, now: Trial, case: Case, roster: tuple[str, ...], guarded: Guarded
) -> Trial:
    """The earlier trial, with findings of today's checks on today's expectations."""
    if (earlier.checks_digest, earlier.student) == (now.checks_digest, now.student):
        return earlier
    earlier = earlier.model_copy(update={"checks_digest": now.checks_digest, "student": now.student})
    return await _looked_at(bench, earlier, case, roster, guarded)
