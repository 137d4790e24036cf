"""An evaluation in the terminal: the verdict on each target with its reasons, and its scorecard."""

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sandbox.cli.symbols import RECOMMENDATIONS
from sandbox.domain.scorecard import Evaluation, Scorecard, TargetResult

_STYLES = ("green", "yellow", "red", "magenta")
"""Of passes, warnings, failures and errors."""


def show_evaluation(evaluation: Evaluation, console: Console) -> None:
    """Print the evaluation; it fits 80 columns."""
    for result in evaluation.results:
        console.print(_target(result))
    cases = f"the first {evaluation.cases}" if evaluation.cases < evaluation.suite_cases else "all"
    console.print(
        f"Suite {evaluation.suite} {evaluation.suite_version}: {cases} of {evaluation.suite_cases} cases,"
        f" {evaluation.repeats} time{'s' if evaluation.repeats > 1 else ''} each."
        f" Evaluation {evaluation.id}.",
        style="dim",
    )


def _target(result: TargetResult) -> RenderableType:
    scorecard, verdict = result.scorecard, result.verdict
    reasons = Table(box=None, show_header=False, padding=(0, 1))
    for reason in verdict.reasons:
        sign = RECOMMENDATIONS[reason.recommendation]
        reasons.add_row(Text(sign.plain.split()[0], sign.style), Text(reason.text))
    heading = Text.assemble(RECOMMENDATIONS[verdict.recommendation], f"  {scorecard.target.label}")
    scores: list[RenderableType] = []
    if scorecard.answered:
        scores = [Padding(_scores(scorecard), (1, 0, 0, 1)), *_uncalibrated(scorecard)]
    return Group(
        Text(),
        heading,
        *scores,
        Padding(Text(_effort(scorecard)), (0, 0, 1, 2)),
        Text("Why", "bold"),
        reasons,
        Text(),
    )


def _uncalibrated(scorecard: Scorecard) -> list[RenderableType]:
    """Which checks no decision may rest on, if there are any."""
    names = [metric.check for metric in scorecard.metrics if not metric.standing.may_gate]
    if not names:
        return []
    return [Padding(Text(f"Uncalibrated, so they may only warn: {', '.join(names)}.", "dim"), (1, 0, 0, 2))]


def _scores(scorecard: Scorecard) -> Table:
    table = Table(box=None, padding=(0, 1), header_style="bold")
    for name in ("check", "pass", "warn", "fail", "error", "n", "rate (likely)"):
        table.add_column(name, justify="left" if name == "check" else "right", no_wrap=True)
    for metric in scorecard.metrics:
        counts = (metric.passed, metric.warned, metric.failed, metric.errors)
        cells = [_count(count, style) for count, style in zip(counts, _STYLES, strict=True)]
        rate = metric.rate_in_words.partition(":")[0]
        table.add_row(metric.check, *cells, _count(metric.n_trials, ""), rate)
    return table


def _count(count: int, style: str) -> Text:
    return Text(str(count), style) if count else Text("·", "dim")


def _effort(scorecard: Scorecard) -> str:
    parts = [f"{scorecard.answered} of {scorecard.planned} answered"]
    counts = {
        "not readable": scorecard.unparsed,
        "stopped before sending": scorecard.refused,
        "not answered": scorecard.failed,
        "asked for again": scorecard.repaired,
    }
    parts += [f"{count} {word}" for word, count in counts.items() if count]
    tokens = scorecard.usage.input_tokens + scorecard.usage.output_tokens
    cost = "cost unknown" if scorecard.cost_usd is None else f"${scorecard.cost_usd:,.2f}"
    parts += [f"{tokens:,} tokens", cost] + ["on this machine"] * scorecard.target.is_local
    if scorecard.latency_seconds is not None:
        parts.append(f"{scorecard.latency_seconds:.1f} s an answer")
    return " · ".join(parts)
