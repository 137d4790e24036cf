"""Trials become a summary: they pass by once, and only the examples are kept."""

from bisect import insort
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sandbox.contracts.check import Check
from sandbox.domain.finding import Finding, Outcome
from sandbox.domain.scorecard import Evaluation, Scorecard
from sandbox.domain.summary import CheckExamples, CheckNote, Example, Summary, TargetExamples
from sandbox.domain.trial import Target, Trial, TrialStatus
from sandbox.report.unknowns import Gaps, find_unknowns

WHOLE_ANSWERS = 2
"""How many answers of each target are shown whole."""

_WORST_FIRST = (Outcome.FAIL, Outcome.WARN, Outcome.ERROR)
"""An error is the check's own fault, and tells a reader least."""

Kept = TypeVar("Kept", Example, Trial)


def build_summary(
    evaluation: Evaluation,
    trials: Callable[[Target], Iterable[Trial]],
    checks: Mapping[str, Check],
    *,
    product_version: str,
    examples: int = 3,
) -> Summary:
    """Sum an evaluation up for a report.

    `trials` gives the trials of one target; each is looked at once and let go, save at most `examples` for
    each check and for each kind of unread answer, and two whole answers. Their order does not matter.
    """
    collected = [_collected(trials(result.scorecard.target), examples) for result in evaluation.results]
    targets = tuple(
        collection.target_examples(result.scorecard)
        for result, collection in zip(evaluation.results, collected, strict=True)
    )
    return Summary(
        evaluation=evaluation,
        targets=targets,
        checks=_notes(evaluation, targets, checks),
        unknowns=find_unknowns(evaluation, [collection.gaps() for collection in collected], checks),
        product_version=product_version,
    )


@dataclass(slots=True)
class _First(Generic[Kept]):
    """The first few of many by a rank, and how many there were."""

    size: int
    rank: Callable[[Kept], tuple[int | str, ...]]
    kept: list[Kept] = field(default_factory=list)
    total: int = 0

    def offer(self, item: Kept) -> None:
        self.total += 1
        insort(self.kept, item, key=self.rank)
        del self.kept[self.size :]


@dataclass(slots=True)
class _Collection:
    """What is kept of the trials of one target."""

    examples: int
    answers: _First[Trial]
    unread: dict[TrialStatus, _First[Trial]]
    failing: dict[str, _First[Example]] = field(default_factory=dict)
    silent: dict[str, str] = field(default_factory=dict)
    completions: int = 0
    unpriced: int = 0

    def add(self, trial: Trial) -> None:
        if trial.completion is not None:
            self.completions += 1
            self.unpriced += trial.completion.cost_usd is None
        if (
            trial.status is not TrialStatus.ANSWERED
        ):  # every check says no more than that there is no answer
            self.unread[trial.status].offer(trial)
            return
        self.answers.offer(trial)
        for finding in trial.findings:
            self._add_finding(finding, trial)

    def _add_finding(self, finding: Finding, trial: Trial) -> None:
        if finding.outcome is Outcome.NOT_APPLICABLE:
            self.silent.setdefault(finding.check, finding.reason)
        elif finding.outcome is not Outcome.PASS:
            if finding.check not in self.failing:
                self.failing[finding.check] = _First(self.examples, _example_rank)
            self.failing[finding.check].offer(Example(finding=finding, trial=trial))

    def target_examples(self, scorecard: Scorecard) -> TargetExamples:
        def rank(item: tuple[str, _First[Example]]) -> tuple[float, int, str]:
            name, found = item
            metric = scorecard.metric(name)
            rate = metric.rate if metric is not None and metric.rate is not None else 1.0
            return rate, -found.total, name

        return TargetExamples(
            failing=tuple(
                CheckExamples(check=name, total=found.total, examples=tuple(found.kept))
                for name, found in sorted(self.failing.items(), key=rank)
            ),
            unread=tuple(trial for found in self.unread.values() for trial in found.kept),
            answers=tuple(self.answers.kept),
        )

    def gaps(self) -> Gaps:
        return Gaps(answers=self.completions, unpriced=self.unpriced, silent=self.silent)


def _collected(trials: Iterable[Trial], examples: int) -> _Collection:
    collection = _Collection(
        examples=examples,
        answers=_First(WHOLE_ANSWERS, _trial_rank),
        unread={
            status: _First(examples, _trial_rank)
            for status in (TrialStatus.UNPARSED, TrialStatus.REFUSED, TrialStatus.FAILED)
        },
    )
    for trial in trials:
        collection.add(trial)
    return collection


def _trial_rank(trial: Trial) -> tuple[int | str, ...]:
    """First repeats first, so that the examples come from different cases."""
    return trial.repeat, trial.case_id


def _example_rank(example: Example) -> tuple[int | str, ...]:
    return _WORST_FIRST.index(example.finding.outcome), *_trial_rank(example.trial)


def _notes(
    evaluation: Evaluation, targets: tuple[TargetExamples, ...], checks: Mapping[str, Check]
) -> tuple[CheckNote, ...]:
    """A note on every check that was asked or found something, in that order."""
    versions: dict[str, str] = {}
    for result in evaluation.results:
        for metric in result.scorecard.metrics:
            versions.setdefault(metric.check, "")
    for target in targets:
        for failing in target.failing:
            versions[failing.check] = failing.examples[0].finding.version if failing.examples else ""
    return tuple(_note(name, version, checks.get(name)) for name, version in versions.items())


def _note(name: str, version: str, check: Check | None) -> CheckNote:
    if check is None:  # a guard, or a check whose plugin is gone since
        return CheckNote(
            name=name,
            version=version,
            title=name.replace("_", " ").capitalize(),
            why="",
            mend="",
            source="",
        )
    return CheckNote(
        name=name,
        version=check.version,
        title=check.title,
        why=check.why,
        mend=check.mend,
        source=check.source,
    )
