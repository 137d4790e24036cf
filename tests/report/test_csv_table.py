"""The figures as a table."""

import csv
from io import StringIO

import pytest

from sandbox.domain.summary import Summary
from sandbox.report.csv_table import to_csv_table


def _read(summary: Summary) -> list[dict[str, str]]:
    text = to_csv_table(summary).encode().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


@pytest.fixture
def rows(summary: Summary) -> list[dict[str, str]]:
    """The rows as a spreadsheet reads them."""
    return _read(summary)


def test_figures_come_back_as_they_were(rows: list[dict[str, str]], summary: Summary) -> None:
    """Reading the table gives every metric back, exactly."""
    metrics = [metric for result in summary.evaluation.results for metric in result.scorecard.metrics]

    assert len(rows) == len(metrics) == 12
    for row, metric in zip(rows, metrics, strict=True):
        assert row["check"] == metric.check
        for name in ("n", "n_trials", "passed", "warned", "failed", "errors", "not_applicable"):
            assert int(row[name]) == getattr(metric, name)
        assert (float(row["rate"]) if row["rate"] else None) == metric.rate
        assert (row["interval_low"] != "") == (metric.interval is not None)


def test_no_evidence_is_an_empty_cell_with_a_reason(rows: list[dict[str, str]]) -> None:
    """A spreadsheet's mean must not take it for zero."""
    silent = [row for row in rows if row["check"] == "reading_fits_grade"]

    assert {(row["rate"], row["reason"]) for row in silent} == {("", "It applies to none of the cases.")}


def test_an_unknown_cost_is_an_empty_cell(rows: list[dict[str, str]]) -> None:
    """Unknown is empty; free is 0."""
    assert {(row["model"], row["cost_usd"]) for row in rows} == {
        ("openai/gpt-sample", ""),
        ("llamacpp/small-sample", "0.0"),
    }


def test_no_text_becomes_a_formula(summary: Summary) -> None:
    """A label that begins like a formula is shown, not computed."""
    evaluation = summary.evaluation.model_copy(update={"label": "=1+1"})
    (first, *_) = _read(summary.model_copy(update={"evaluation": evaluation}))

    assert first["label"] == "'=1+1"


def test_excel_is_told_the_encoding(summary: Summary) -> None:
    """Without a byte order mark it shows “é” as two other letters."""
    assert to_csv_table(summary).startswith("\ufeffevaluation,")
