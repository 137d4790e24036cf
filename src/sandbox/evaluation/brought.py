"""Answers that were made elsewhere, in a chat window or a product under review, scored like our own."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import ValidationError

from sandbox.contracts.check import Check
from sandbox.contracts.guard import GuardSpec
from sandbox.contracts.store import Store, TrialEntry
from sandbox.domain.artifact import Artifact
from sandbox.domain.exchange import Completion, Message, Role
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.trial import Case, Target, Trial, TrialStatus
from sandbox.domain.trial_summary import TrialSummary
from sandbox.errors import InputError, UnknownNameError
from sandbox.evaluation.evaluating import begin_evaluation, finish_evaluation
from sandbox.evaluation.scoring import Tally
from sandbox.evaluation.suite import LoadedSuite
from sandbox.pipeline.check_processes.check_workers import CheckWorkers
from sandbox.pipeline.guarding import guard_outgoing
from sandbox.pipeline.inspecting import checks_digest
from sandbox.pipeline.prompting import read_inputs
from sandbox.pipeline.trying import look_at
from sandbox.storage.answer_file import Answer

ELSEWHERE = "elsewhere"
_SAVED_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """What answers are held against."""

    loaded: LoadedSuite
    artifact_type: type[Artifact]
    guards: tuple[GuardSpec, ...]
    checks: tuple[Check, ...]
    workers: CheckWorkers

    def target(self, model: str) -> Target:
        """The target that stands for a product that we do not ask ourselves."""
        return Target(
            prompt=self.loaded.prompt.card.name,
            prompt_version="unknown",
            prompt_digest="",
            model=f"{ELSEWHERE}/{model or 'unnamed'}",
        )


async def score_answers(
    scorer: Scorer, answers: Callable[[], Iterable[Answer]], *, label: str, store: Store
) -> Evaluation:
    """The evaluation of answers made elsewhere, a target for each model that they name.

    `answers` is called twice: once to see which models and cases there are, once to score.

    Raises:
        InputError: there is no answer, or one is for a case that the suite does not have.
    """
    cases = {case.id: case for case in scorer.loaded.cases}
    seen: Counter[tuple[str, str]] = Counter()
    digest = hashlib.sha256(label.encode())
    for answer in answers():
        if answer.case_id not in cases:
            raise UnknownNameError("case", answer.case_id, cases)
        seen[answer.model, answer.case_id] += 1
        digest.update(answer.model_dump_json().encode())
    if not seen:
        raise InputError("There is no answer to score in what you gave.")
    models = list(dict.fromkeys(model for model, _ in seen))
    repeats = max(seen.values())
    evaluation = begin_evaluation(
        scorer.loaded,
        [scorer.target(model) for model in models],
        cases=len(cases),
        repeats=repeats,
        label=f"{label or 'answers'} {digest.hexdigest()[:8]}",  # other answers are another evaluation
        store=store,
    )
    store.save_evaluation(evaluation)
    names = [check.name for check in scorer.checks]
    tallies = {
        model: Tally(scorer.target(model), names, planned=len(cases) * repeats, repeats=repeats)
        for model in models
    }
    repeat_of: Counter[tuple[str, str]] = Counter()
    entries: list[TrialEntry] = []
    for position, answer in enumerate(answers()):
        repeat_of[answer.model, answer.case_id] += 1
        trial = await _scored(
            scorer, cases[answer.case_id], answer, repeat_of[answer.model, answer.case_id]
        )
        entries.append(TrialEntry(evaluation_id=evaluation.id, position=position, trial=trial))
        tallies[answer.model].add(TrialSummary.of(trial))
        if len(entries) == _SAVED_AT_ONCE:
            store.save_trials(entries)
            entries.clear()
    store.save_trials(entries)
    scorecards = [tallies[model].scorecard() for model in models]
    return finish_evaluation(evaluation, scorecards, scorer.loaded.suite.gate, store, scorer.checks)


async def _scored(scorer: Scorer, case: Case, answer: Answer, repeat: int) -> Trial:
    """The trial of one answer. Personal data is taken out of it before it is kept."""
    inputs = read_inputs(scorer.loaded.prompt.card, case.inputs)
    message = Message(role=Role.ASSISTANT, content=answer.text)
    guarded = guard_outgoing(scorer.guards, (message,), inputs, case.roster)
    safe_case = case.without_names(guarded.inputs)
    text = "" if guarded.is_refused else guarded.messages[0].content
    status = TrialStatus.REFUSED if guarded.is_refused else TrialStatus.ANSWERED
    problem = guarded.refusal
    if not guarded.is_refused and not text.strip():
        status, problem = TrialStatus.UNPARSED, "The answer is empty."
    target = scorer.target(answer.model)
    identity = f"{target.model}\n{case.id}\n{repeat}\n{scorer.loaded.digest}\n{answer.text}"
    trial = Trial(
        fingerprint=hashlib.sha256(identity.encode()).hexdigest(),
        target=target,
        case_id=case.id,
        student=case.student,
        repeat=repeat,
        status=status,
        problem=problem,
        completion=Completion(text=text, model_served=answer.model or "unnamed"),
        artifact=_artifact(scorer.artifact_type, text),
        checks_digest=checks_digest(scorer.checks, case),
        started_at=datetime.now(UTC),
    )
    return await look_at(scorer.checks, scorer.workers, trial, safe_case, guarded.findings)


def _artifact(kind: type[Artifact], text: str) -> Artifact | None:
    """The structured artifact, if the answer is one; most answers made elsewhere are plain text."""
    try:
        return kind.parse(text)
    except ValidationError:
        return None
