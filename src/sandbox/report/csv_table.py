"""The figures as a table, a row for each check on each target."""

import csv
from collections.abc import Iterator
from io import StringIO

from sandbox.domain.scorecard import Metric, TargetResult
from sandbox.domain.summary import CheckNote, Summary
from sandbox.report.spreadsheet_cell import Cell, harmless


def to_csv_table(summary: Summary) -> str:
    """Every figure of the report; a rate that is not known is an empty cell with its reason.

    It begins with a byte order mark, without which Excel takes “é” for two other letters.
    """
    notes = {note.name: note for note in summary.checks}
    rows = [
        _row(summary, result, metric, notes[metric.check])
        for result in summary.evaluation.results
        for metric in result.scorecard.metrics
    ]
    text = StringIO("\ufeff")
    text.seek(1)
    if rows:
        writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: harmless(cell) for name, cell in row.items()} for row in rows)
    return text.getvalue()


def _row(summary: Summary, result: TargetResult, metric: Metric, note: CheckNote) -> dict[str, Cell]:
    evaluation, scorecard, target = summary.evaluation, result.scorecard, result.scorecard.target
    return {
        "evaluation": evaluation.id,
        "suite": evaluation.suite,
        "suite_version": evaluation.suite_version,
        "label": evaluation.label,
        "cases": evaluation.cases,
        "suite_cases": evaluation.suite_cases,
        "repeats": evaluation.repeats,
        "prompt": target.prompt,
        "prompt_version": target.prompt_version,
        "model": target.model,
        **{f"setting_{name}": value for name, value in target.settings},
        "verdict": result.verdict.recommendation.value,
        "planned": scorecard.planned,
        "answered": scorecard.answered,
        "unparsed": scorecard.unparsed,
        "refused": scorecard.refused,
        "unanswered": scorecard.failed,
        "repaired": scorecard.repaired,
        "input_tokens": scorecard.usage.input_tokens,
        "output_tokens": scorecard.usage.output_tokens,
        "cost_usd": scorecard.cost_usd,
        "latency_seconds": scorecard.latency_seconds,
        "check": metric.check,
        "check_version": note.version,
        "title": note.title,
        **{name: value for name, value in metric if name not in {"check", "interval"}},
        **dict(_interval(metric)),
    }


def _interval(metric: Metric) -> Iterator[tuple[str, float | None]]:
    for name in ("low", "high", "level"):
        yield f"interval_{name}", getattr(metric.interval, name, None)
