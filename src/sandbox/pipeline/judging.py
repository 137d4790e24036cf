"""Judge: an answer is put before a panel of models, and their votes become findings."""

import asyncio
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sandbox.domain.finding import Evidence, Finding, Outcome
from sandbox.domain.judging import Criterion, Judge, Opinion, Vote, opinion_type
from sandbox.domain.tokens import estimated_tokens
from sandbox.domain.trial import Case, Trial, TrialStatus
from sandbox.errors import InvalidInputsError, StoppedError
from sandbox.pipeline.trying import Bench, Tried, run_trial

_LONGEST_GIVEN = 20_000
"""So much of what the writer was given is shown to a judge."""
_INVENTED = "It quoted words that do not stand in the answer."
_NOT_LETTERS = re.compile(r"[\W_]+")


class _Question(NamedTuple):
    """One vote that is to be had: a judge, a model, and which time."""

    judge: Judge
    bench: Bench
    repeat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The judges of an evaluation, and the models that answer for them.

    Each vote is a trial of its own: guarded, budgeted, retried and recorded like any other.
    """

    judges: tuple[Judge, ...]
    benches: tuple[Bench, ...]
    """One for each model, with the prompt that asks it to judge."""
    repeats: int = 1
    digest: str = field(init=False)
    """SHA-256 over all that votes depend on besides answers and cases."""

    def __post_init__(self) -> None:
        parts = [self.repeats, *(judge.digest for judge in self.judges)]
        parts += [_model_digest(bench) + bench.ways for bench in self.benches]
        object.__setattr__(self, "digest", hashlib.sha256(json.dumps(parts).encode()).hexdigest())

    @property
    def names(self) -> tuple[str, ...]:
        """The judges' names."""
        return tuple(judge.name for judge in self.judges)

    @property
    def votes_of_each_model(self) -> int:
        """How many votes each model has on an answer."""
        return len(self.judges) * self.repeats

    @property
    def words_tokens(self) -> int:
        """About how many tokens the longest judge's own words take."""
        return max(estimated_tokens(judge.model_dump_json()) for judge in self.judges)

    async def judge(self, trial: Trial, case: Case, roster: tuple[str, ...]) -> Trial:
        """The trial with a vote of each model for each judge, and a finding of each judge.

        Votes that the trial has already are not asked for again. If one could not be had now, the trial's
        digest of checks is emptied, so that it is looked at again another time.
        """
        if trial.status is not TrialStatus.ANSWERED:
            problem = f"There was no answer to look at: {trial.problem}"
            lost = [_error(judge, problem) for judge in self.judges]
            return trial.model_copy(update={"findings": (*trial.findings, *lost), "votes": ()})
        judges = [judge for judge in self.judges if judge.criteria_for(case.statements)]
        known = {vote.fingerprint: vote for vote in trial.votes if vote.is_final}
        questions = [
            _Question(judge, bench, repeat)
            for judge in judges
            for bench in self.benches
            for repeat in range(1, self.repeats + 1)
        ]
        votes = await asyncio.gather(*(_vote(each, trial, case, roster, known) for each in questions))
        findings = [
            _finding(judge, [vote for vote in votes if vote.judge == judge.name])
            if judge in judges
            else _not_applicable(judge)
            for judge in self.judges
        ]
        update: dict[str, object] = {"findings": (*trial.findings, *findings), "votes": tuple(votes)}
        if not all(vote.is_final for vote in votes):
            update["checks_digest"] = ""
        return trial.model_copy(update=update)


async def _vote(
    question: _Question, trial: Trial, case: Case, roster: tuple[str, ...], known: Mapping[str, Vote]
) -> Vote:
    judge, repeat = question.judge, question.repeat
    criteria = judge.criteria_for(case.statements)
    kind = opinion_type(criteria, tuple(band.score for band in judge.bands))
    bench = replace(question.bench, artifact_type=kind)
    asked = Case(id=case.id, inputs=_inputs(judge, criteria, trial, case), roster=roster)
    vote = Vote(
        judge=judge.name,
        judge_digest=judge.digest,
        model=bench.target.model,
        repeat=repeat,
        fingerprint=_fingerprint(judge, bench, asked, repeat),
    )
    if vote.fingerprint in known:
        return known[vote.fingerprint]
    try:
        tried = await run_trial(bench, asked, repeat=repeat)
    except StoppedError as cause:
        return vote.model_copy(update={"problem": str(cause), "is_final": False})
    except InvalidInputsError as cause:
        return vote.model_copy(update={"problem": f"It cannot be put before a judge: {cause}"})
    return _counted(vote, tried, _whole_text(trial))


def _inputs(
    judge: Judge, criteria: Sequence[Criterion], trial: Trial, case: Case
) -> dict[str, str | tuple[str, ...]]:
    given = "\n".join(
        f"{name}: {'; '.join(value) if isinstance(value, tuple) else value}"
        for name, value in case.inputs.items()
    )
    return {
        "question": judge.title,
        "steps": judge.steps,
        "criteria": tuple(f"{each.name}: {each.question}" for each in criteria),
        "bands": tuple(f"{band.score}, {band.label}: {band.means}" for band in judge.bands),
        "examples": tuple(
            f"Score {example.score}: {example.why} The answer was: {example.answer}"
            for example in judge.examples
        ),
        "given": given[:_LONGEST_GIVEN],
        "answer": _whole_text(trial),
    }


def _whole_text(trial: Trial) -> str:
    """The answer in plain text, with no line broken."""
    return trial.text if trial.artifact is None else trial.artifact.text(width=None)


def _fingerprint(judge: Judge, bench: Bench, asked: Case, repeat: int) -> str:
    parts = [judge.digest, _model_digest(bench), repeat, asked.model_dump(mode="json", include={"inputs"})]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _model_digest(bench: Bench) -> str:
    """What names the model and how it is asked."""
    return bench.digest + bench.target.settings.model_dump_json()


def _counted(vote: Vote, tried: Tried, answer: str) -> Vote:
    """The vote with what came of asking; an opinion that quotes what is not there does not count."""
    trial = tried.trial
    update: dict[str, object] = {
        "calls": trial.calls,
        "usage": trial.usage,
        "cost_usd": trial.completion.cost_usd if trial.completion else None,
    }
    if trial.artifact is None:
        update |= {"problem": trial.problem, "is_final": trial.status is not TrialStatus.FAILED}
    else:
        opinion = Opinion.model_validate(trial.artifact.model_dump())
        said = _letters(answer)
        is_invented = any(_letters(each.quote) not in said for each in opinion.criteria.values())
        update |= {"opinion": opinion, "problem": _INVENTED if is_invented else ""}
    return vote.model_copy(update=update)


def _letters(text: str) -> str:
    """Letters and digits alone: models change quotation marks, spaces and capitals as they copy."""
    return _NOT_LETTERS.sub("", text).casefold()


def _finding(judge: Judge, votes: Sequence[Vote]) -> Finding:
    """What the votes come to: the middle score, the lower one of two; most of them have to count."""
    opinions = sorted(
        (vote.opinion for vote in votes if vote.opinion is not None and not vote.problem),
        key=lambda opinion: opinion.score,
    )
    if 2 * len(opinions) <= len(votes):
        problem = next((vote.problem for vote in votes if vote.problem), "Nobody was asked.")
        return _error(judge, f"{len(opinions)} of {len(votes)} opinions count. {problem}")
    middle = opinions[(len(opinions) - 1) // 2]
    band = judge.band(middle.score)
    if band is None:  # opinions with such a score do not count
        return _error(judge, "The score is none.")
    best = max(each.score for each in judge.bands)
    scores = ", ".join(str(opinion.score) for opinion in opinions)
    spread = f" The opinions gave {scores}." if len(opinions) > 1 else ""
    lost = len(votes) - len(opinions)
    uncounted = f" {lost} of {len(votes)} opinions do not count." if lost else ""
    return Finding(
        check=judge.name,
        version=judge.version,
        outcome=band.outcome,
        reason=f"{band.label} ({middle.score} of {best}): {middle.reason}{spread}{uncounted}",
        evidence=tuple(_evidence(middle, is_pass=band.outcome is Outcome.PASS)),
    )


def _evidence(opinion: Opinion, *, is_pass: bool) -> list[Evidence]:
    """The words behind a score: for a low one, those of the criteria that are not met."""
    return [
        Evidence(quote=said.quote, where=f"{name.replace('_', ' ')}: {said.reason}")
        for name, said in opinion.criteria.items()
        if said.quote.strip() and said.is_met == is_pass
    ]


def _error(judge: Judge, reason: str) -> Finding:
    return Finding(check=judge.name, version=judge.version, outcome=Outcome.ERROR, reason=reason)


def _not_applicable(judge: Judge) -> Finding:
    reason = "The case says nothing that has to be true of the answer."
    return Finding(check=judge.name, version=judge.version, outcome=Outcome.NOT_APPLICABLE, reason=reason)
