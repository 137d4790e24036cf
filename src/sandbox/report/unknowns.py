"""What an evaluation cannot tell, a sentence each, as its facts have it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sandbox.contracts.check import Check
from sandbox.domain.scorecard import Evaluation, Metric, Scorecard, percent
from sandbox.domain.standing import Standing
from sandbox.report.layout import target_names
from sandbox.report.wording import counted, listed

_ROUGH_BELOW = 0.95
"""If even the best result may in truth be lower than this, the figures are called rough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """What the trials of one target leave open."""

    answers: int
    """Answers that a model gave, readable or not."""
    unpriced: int
    """Those of them whose cost nobody told."""
    silent: Mapping[str, str]
    """Checks that had nothing to say of some answer, each with the first reason it gave."""


def find_unknowns(
    evaluation: Evaluation, gaps: Sequence[Gaps], checks: Mapping[str, Check]
) -> tuple[str, ...]:
    """What this evaluation cannot tell; `gaps` stand in the order of its results."""
    asked = dict.fromkeys(
        metric.check for result in evaluation.results for metric in result.scorecard.metrics
    )
    return (
        *_on_cases(evaluation),
        *_on_checks(tuple(asked)),
        *_on_standings(evaluation),
        *(
            sentence
            for name, result, gap in zip(target_names(evaluation), evaluation.results, gaps, strict=True)
            for sentence in (*_on_answers(name, result.scorecard), *_on_cost(name, result.scorecard, gap))
        ),
        *_on_services(evaluation),
        *_on_silence(gaps, checks),
        *_on_limits(asked, checks),
    )


def _on_cases(evaluation: Evaluation) -> Iterator[str]:
    if not evaluation.results:
        yield "No target was tried, so there is nothing to tell."
    if evaluation.finished_at is None:
        yield "The evaluation did not come to its end; what is missing may change every figure."
    untried = evaluation.suite_cases - evaluation.cases
    if untried > 0:
        yield (
            f"Only {evaluation.cases} of the suite's {counted(evaluation.suite_cases, 'case')} were tried; "
            f"how the other {untried} would go is unknown."
        )
    best = max(_metrics(evaluation), key=_lowest_likely, default=None)
    if best is not None and _lowest_likely(best) < _ROUGH_BELOW:
        yield (
            f"With {counted(evaluation.cases, 'case')} every figure is rough: even the best result, "
            f"{best.in_words}, leaves open that only {percent(_lowest_likely(best))} "
            "of such cases would pass."
        )
    if evaluation.repeats == 1 and evaluation.results:
        yield (
            f"Each of the {counted(evaluation.cases, 'case')} was asked once, so nothing is known of how "
            "much the answers vary from one time to the next."
        )


def _on_checks(asked: Sequence[str]) -> Iterator[str]:
    if asked:
        checks = "The one check" if len(asked) == 1 else f"The {len(asked)} checks"
        yield (
            f"{checks} went by fixed rules: rules see words, numbers and lengths, but not whether an "
            "answer is sound teaching and right for your students."
        )


def _on_standings(evaluation: Evaluation) -> Iterator[str]:
    """How many checks were never held against people's labels, and which nothing is known of."""
    standings: defaultdict[Standing, dict[str, None]] = defaultdict(dict)
    for result in evaluation.results:
        for metric in result.scorecard.metrics:
            standings[metric.standing][metric.check] = None
    if proved := standings[Standing.CONSTRUCTION]:
        yield (
            f"{counted(len(proved), 'check')} of those asked found defects that were planted on purpose; "
            "nobody has measured how often teachers agree with what was found, so read the examples too."
        )
    if unknown := standings[Standing.UNCALIBRATED]:
        yield (
            f"Uncalibrated, so that they may warn but no decision may rest on them: {listed(unknown)}. "
            "Read the examples and judge for yourself."
        )


def _on_answers(name: str, scorecard: Scorecard) -> Iterator[str]:
    if scorecard.done < scorecard.planned:
        why = f" ({scorecard.stopped})" if scorecard.stopped else ""
        yield (
            f"{name}: {scorecard.planned - scorecard.done} of {scorecard.planned} planned answers were "
            f"not tried{why}."
        )
    missing = scorecard.done - scorecard.answered
    if missing:
        yield (
            f"{name}: {missing} of {scorecard.done} tries came to no answer that could be read; they "
            "count as not passed, and what a good answer would have shown is unknown."
        )
    for metric in scorecard.metrics:
        if metric.errors > missing:
            yield (
                f"{name}: the check '{metric.check}' broke on {metric.errors - missing} of "
                f"{counted(metric.n_trials, 'answer')}; those count as not passed."
            )


def _on_services(evaluation: Evaluation) -> Iterator[str]:
    targets = [result.scorecard.target for result in evaluation.results]
    remote = dict.fromkeys(target.model for target in targets if not target.is_local)
    if remote:
        yield (
            f"A service runs {listed(remote)} and may change it under the same name; "
            f"the figures hold for {evaluation.started_at:%B %Y}."
        )


def _on_cost(name: str, scorecard: Scorecard, gap: Gaps) -> Iterator[str]:
    if gap.unpriced:
        yield (
            f"{name}: what it costs is unknown, because {gap.unpriced} of "
            f"{counted(gap.answers, 'answer')} came without a price."
        )
    if scorecard.usage.is_estimated:
        yield f"{name}: the numbers of tokens are estimates."


def _on_silence(gaps: Sequence[Gaps], checks: Mapping[str, Check]) -> Iterator[str]:
    """Checks that abstained, together where they gave the same reason, such as the language."""
    titles_by_reason: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for gap in gaps:
        for name, reason in gap.silent.items():
            titles_by_reason[reason][_title(name, checks)] = None
    for reason, titles in titles_by_reason.items():
        yield f"On some answers nothing was said by {listed(titles)}: {reason}"


def _on_limits(asked: Iterable[str], checks: Mapping[str, Check]) -> Iterator[str]:
    for name in asked:
        if name in checks and checks[name].limits:
            yield f"{_title(name, checks)} does not see everything. {checks[name].limits}"


def _title(name: str, checks: Mapping[str, Check]) -> str:
    return f"“{checks[name].title}”" if name in checks else f"'{name}'"


def _metrics(evaluation: Evaluation) -> Iterator[Metric]:
    for result in evaluation.results:
        yield from (metric for metric in result.scorecard.metrics if metric.interval is not None)


def _lowest_likely(metric: Metric) -> float:
    return metric.interval.low if metric.interval is not None else 0
