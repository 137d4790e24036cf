"""What many trials come to: metrics, scorecard, verdict, evaluation."""

from datetime import datetime
from enum import StrEnum
from html import escape

from pydantic import Field

from sandbox.domain.exchange import Usage
from sandbox.domain.record import Record
from sandbox.domain.rendering import notebook_html, table_html
from sandbox.domain.standing import Standing
from sandbox.domain.trial import Target


class Interval(Record):
    """A confidence interval for a rate, from 0 to 1."""

    low: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)
    level: float = 0.95


class Metric(Record):
    """How often one check passed. Errors are in `n`; cases that it does not apply to are not."""

    check: str
    n: int = Field(ge=0)
    """Cases that count: every case but those to which the check does not apply."""
    n_trials: int = Field(ge=0)
    passed: int = Field(ge=0)
    warned: int = Field(ge=0)
    failed: int = Field(ge=0)
    errors: int = Field(ge=0)
    not_applicable: int = Field(ge=0)
    rate: float | None = Field(default=None, ge=0, le=1)
    """Share of passes and warnings, each case weighing the same; None if there is no case that counts."""
    interval: Interval | None = None
    reason: str = ""
    """Why there is no rate."""
    standing: Standing = Standing.UNCALIBRATED
    """Whether a decision may rest on the check."""
    measured: str = ""
    """What was measured of the check, in words; or why it counts as uncalibrated."""

    @property
    def count_in_words(self) -> str:
        """How many passed, with or without a warning, of how many: "7 of 8"."""
        repeated = f" answers to {self.n} cases" if self.n_trials != self.n else ""
        return f"{self.passed + self.warned} of {self.n_trials}{repeated}"

    @property
    def rate_in_words(self) -> str:
        """The rate with its interval, "88% (53–98%)", or "no evidence" with the reason."""
        if self.rate is None:
            return "no evidence" + (f": {self.reason}" if self.reason else "")
        if self.interval is None:
            return percent(self.rate)
        low, high = percent(self.interval.low), percent(self.interval.high)
        return f"{percent(self.rate)} ({low.removesuffix('%')}–{high})"

    @property
    def in_words(self) -> str:
        """Count, rate and interval: "7 of 8, 88% (53–98%)"."""
        return self.rate_in_words if self.rate is None else f"{self.count_in_words}, {self.rate_in_words}"


def percent(share: float) -> str:
    """A share from 0 to 1 in percent; only nothing is 0%, and only everything is 100%."""
    rounded = round(share * 100)
    if 0 < share < 1:
        rounded = min(max(rounded, 1), 99)
    return f"{rounded}%"


class Scorecard(Record):
    """What the trials of one target come to."""

    target: Target
    planned: int = Field(ge=0)
    """Trials that were to be made."""
    answered: int = Field(ge=0)
    unparsed: int = Field(ge=0)
    refused: int = Field(ge=0)
    failed: int = Field(ge=0)
    repaired: int = Field(default=0, ge=0)
    """Trials whose model was asked again, because its first answer could not be read."""
    metrics: tuple[Metric, ...] = ()
    usage: Usage = Usage()
    cost_usd: float | None = None
    """None means unknown: at least one answer has no price."""
    latency_seconds: float | None = None
    """Mean seconds that one answer took."""
    stopped: str = ""
    """Why the evaluation of this target stopped before its end; empty if it did not."""

    @property
    def done(self) -> int:
        """Trials that were made."""
        return self.answered + self.unparsed + self.refused + self.failed

    def metric(self, check: str) -> Metric | None:
        """The metric of a check, if it was asked."""
        return next((metric for metric in self.metrics if metric.check == check), None)

    def _repr_html_(self) -> str:
        caption = (
            f"{self.target.label}: {self.planned} answers planned, {self.answered} read, "
            f"{self.unparsed} not readable, {self.refused} refused, {self.failed} failed"
        )
        columns = (
            "Check",
            "Known of it",
            "Passed",
            "With a warning",
            "Failed",
            "Not checked",
            "Does not apply",
        )
        rows = [
            (
                metric.check,
                metric.standing.in_words,
                metric.in_words,
                *map(str, (metric.warned, metric.failed, metric.errors, metric.not_applicable)),
            )
            for metric in self.metrics
        ]
        return notebook_html("scorecard", table_html(caption, columns, rows))


class Recommendation(StrEnum):
    """What the evidence advises; people decide."""

    ADOPT = "adopt"
    HOLD = "hold"
    REJECT = "reject"


class Reason(Record):
    """One ground of a verdict, with its figures in words."""

    recommendation: Recommendation
    """What this ground alone would advise."""
    text: str
    check: str = ""


class Verdict(Record):
    """What a gate makes of a scorecard."""

    recommendation: Recommendation
    reasons: tuple[Reason, ...] = Field(min_length=1)


class TargetResult(Record):
    """A target's scorecard with the verdict on it."""

    scorecard: Scorecard
    verdict: Verdict


class Evaluation(Record):
    """One execution of a suite over its targets; its trials are kept in the record store."""

    id: str
    suite: str
    suite_version: str
    suite_digest: str
    summary: str = ""
    label: str = ""
    cases: int = Field(ge=0)
    suite_cases: int = Field(ge=0)
    """Cases that the whole suite has; more than `cases` if only the first ones were tried."""
    repeats: int = Field(default=1, ge=1)
    started_at: datetime
    finished_at: datetime | None = None
    results: tuple[TargetResult, ...] = ()

    @property
    def recommendation(self) -> Recommendation:
        """The least favourable of the targets' verdicts; hold if there is none."""
        found = {result.verdict.recommendation for result in self.results}
        for worst in (Recommendation.REJECT, Recommendation.HOLD):
            if worst in found:
                return worst
        return Recommendation.ADOPT if found else Recommendation.HOLD

    def _repr_html_(self) -> str:
        tested = f"{self.suite} {self.suite_version}, {self.cases} of {self.suite_cases} cases"
        parts = [f"<p><strong>{escape(tested)}</strong></p>"]
        for result in self.results:
            advice = f"{result.verdict.recommendation}: {result.scorecard.target.label}"
            reasons = "".join(f"<li>{escape(reason.text)}</li>" for reason in result.verdict.reasons)
            parts.append(f"<p><strong>{escape(advice)}</strong></p><ul>{reasons}</ul>")
            parts.append(result.scorecard._repr_html_())
        return notebook_html("evaluation", "".join(parts))
