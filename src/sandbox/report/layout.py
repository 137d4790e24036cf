"""How a summary is laid out: its targets by name, its checks in a table, its failures check by check."""

from dataclasses import dataclass

from sandbox.domain.finding import Outcome
from sandbox.domain.scorecard import Evaluation, Metric, Reason, Recommendation, TargetResult
from sandbox.domain.summary import CheckExamples, CheckNote, Example, Summary, TargetExamples
from sandbox.report import wording


@dataclass(frozen=True, slots=True)
class TargetPart:
    """A target with its name in this report, its figures and what to show of it."""

    name: str
    result: TargetResult
    examples: TargetExamples

    @property
    def grounds(self) -> tuple[Reason, ...]:
        """The reasons behind the verdict."""
        return tuple(reason for reason in self.result.verdict.reasons if reason not in self.merits)

    @property
    def merits(self) -> tuple[Reason, ...]:
        """What speaks for a target that is not to be adopted."""
        verdict, adopt = self.result.verdict, Recommendation.ADOPT
        if verdict.recommendation is adopt:
            return ()
        return tuple(reason for reason in verdict.reasons if reason.recommendation is adopt)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check with its metric for each target; None where it was not asked."""

    note: CheckNote
    metrics: tuple[Metric | None, ...]

    @property
    def standing(self) -> str:
        """Whether a decision may rest on the check, and what was measured of it; as it was when asked."""
        asked = next(metric for metric in self.metrics if metric is not None)
        words = asked.standing.in_words
        return f"{words[:1].upper()}{words[1:]}. {asked.measured}".rstrip()


@dataclass(frozen=True, slots=True)
class TargetFailing:
    """What a check found on one target: the target's name, what it comes to in words, and examples."""

    name: str
    words: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class FailingCheck:
    """A check that did not pass everywhere."""

    note: CheckNote
    by_target: tuple[TargetFailing, ...]

    @property
    def is_prompt_at_fault(self) -> bool:
        """Whether an answer fell short, and not only the check itself."""
        return any(
            example.finding.outcome is not Outcome.ERROR
            for target in self.by_target
            for example in target.examples
        )


@dataclass(frozen=True, slots=True)
class Band:
    """How much passed, in a symbol and words; the name picks a colour."""

    name: str
    symbol: str
    words: str


def target_names(evaluation: Evaluation) -> tuple[str, ...]:
    """The targets' labels, numbered where two are alike, as when only their settings differ."""
    labels = [result.scorecard.target.label for result in evaluation.results]
    return tuple(
        f"{label} ({labels[: place + 1].count(label)})" if labels.count(label) > 1 else label
        for place, label in enumerate(labels)
    )


def target_parts(summary: Summary) -> tuple[TargetPart, ...]:
    """The targets by name, in the order of the evaluation."""
    evaluation = summary.evaluation
    parts = zip(target_names(evaluation), evaluation.results, summary.targets, strict=True)
    return tuple(TargetPart(name, result, examples) for name, result, examples in parts)


def target_facts(summary: Summary) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What there is to know of each target: a fact's name, and its words for each of them."""
    scorecards = [result.scorecard for result in summary.evaluation.results]
    targets = [scorecard.target for scorecard in scorecards]
    return (
        ("Prompt", tuple(f"{target.prompt} {target.prompt_version}" for target in targets)),
        ("Model", tuple(target.model for target in targets)),
        ("Where it runs", tuple(wording.place_of_model(target) for target in targets)),
        ("Settings", tuple(wording.settings_in_words(target.settings) for target in targets)),
        ("Answers", tuple(wording.answers_in_words(scorecard) for scorecard in scorecards)),
        ("Stopped early", tuple(scorecard.stopped or "no" for scorecard in scorecards)),
        (
            "Tokens (pieces of words)",
            tuple(wording.tokens_in_words(scorecard.usage) for scorecard in scorecards),
        ),
        ("Cost", tuple(wording.cost_in_words(scorecard.cost_usd) for scorecard in scorecards)),
        ("Time an answer took", tuple(wording.time_in_words(scorecard) for scorecard in scorecards)),
    )


def check_rows(summary: Summary) -> tuple[CheckRow, ...]:
    """The checks that were asked, the lowest rate first and those without evidence last."""
    rows = [
        CheckRow(note, tuple(result.scorecard.metric(note.name) for result in summary.evaluation.results))
        for note in summary.checks
    ]
    asked = [row for row in rows if any(metric is not None for metric in row.metrics)]
    return tuple(sorted(asked, key=_lowest_rate))


def failing_checks(summary: Summary) -> tuple[FailingCheck, ...]:
    """The checks that found something, in the order of `check_rows`; those without a rate last."""
    parts = target_parts(summary)
    order = [row.note for row in check_rows(summary)]
    failing = [
        FailingCheck(
            note,
            tuple(
                TargetFailing(part.name, _found_in_words(part, found), found.examples)
                for part in parts
                for found in part.examples.failing
                if found.check == note.name
            ),
        )
        for note in [*order, *(note for note in summary.checks if note not in order)]
    ]
    return tuple(check for check in failing if check.by_target)


def band(metric: Metric | None) -> Band:
    """How much passed, in words that the colour of a cell only repeats."""
    if metric is None or metric.rate is None:
        return Band("none", "–", "Not asked" if metric is None else "No evidence")
    if metric.rate == 1:
        return Band("all", "✓", "All passed")
    if not metric.failed:
        return Band("some", "?", "None failed, not all checked")
    if metric.rate >= 0.9:
        return Band("most", "◕", "Most passed")
    if metric.rate >= 0.5:
        return Band("some", "◑", "Some passed")
    return Band("few", "✗", "Few passed" if metric.rate else "None passed")


def _found_in_words(part: TargetPart, found: CheckExamples) -> str:
    """How often it did not pass, of how many; crashes are what is neither a failure nor a warning."""
    metric = part.result.scorecard.metric(found.check)
    if metric is None:
        return f"found in {wording.counted(found.total, 'answer')}"
    counts = (
        (metric.failed, "failed"),
        (metric.warned, "passed with a warning"),
        (found.total - metric.failed - metric.warned, "could not be checked"),
    )
    said = wording.listed(f"{count} {words}" for count, words in counts if count > 0)
    shown = len(found.examples)
    return f"{said}, of {metric.n_trials}" + (f" ({shown} shown)" if shown < found.total else "")


def _lowest_rate(row: CheckRow) -> float:
    rates = [metric.rate for metric in row.metrics if metric is not None and metric.rate is not None]
    return min(rates, default=2)
