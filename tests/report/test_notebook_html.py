"""How trials and figures look in a notebook."""

import pytest

from sandbox.domain.scorecard import Evaluation, Metric, percent
from sandbox.domain.summary import Summary


def _metric(**fields: object) -> Metric:
    counts = dict.fromkeys(("n", "n_trials", "passed", "warned", "failed", "errors", "not_applicable"), 0)
    return Metric.model_validate({"check": "tone_is_kind", **counts, **fields})


def test_a_trial_shows_status_answer_and_findings(summary: Summary) -> None:
    """Findings stand in a table, each with symbol, reason and first evidence."""
    html = summary.targets[0].answers[0]._repr_html_()

    assert "case fox-story-1: answered" in html
    assert "What does the fox hear before it moves?" in html
    assert "<caption>Findings</caption>" in html
    assert "<td>✗ failed</td>" in html
    assert "(next steps 1 › quote)" in html
    assert "<script" not in html


def test_an_unread_trial_shows_its_problem_and_text(summary: Summary) -> None:
    """What came instead of an answer can be looked at."""
    html = summary.targets[0].unread[0]._repr_html_()

    assert "The answer is no JSON" in html
    assert "<pre>Sure! Here is your feedback: &lt;script&gt;" in html


def test_an_evaluation_shows_verdicts_and_figures(evaluation: Evaluation) -> None:
    """Each target has its verdict, its reasons and its table."""
    html = evaluation._repr_html_()

    assert "reject: feedback 1.2.0 on openai/gpt-sample" in html
    assert "adopt: feedback 1.2.0 on llamacpp/small-sample" in html
    assert html.count("<caption>") == 2
    for result in evaluation.results:
        for metric in result.scorecard.metrics:
            assert f"<td>{metric.in_words}</td>" in html


def test_hostile_names_are_escaped(evaluation: Evaluation) -> None:
    """No name becomes markup."""
    html = evaluation.model_copy(update={"suite": "<script>"})._repr_html_()

    assert "<script" not in html


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"n": 8, "n_trials": 8, "passed": 6, "warned": 1, "failed": 1, "rate": 0.875}
            | {"interval": {"low": 0.529, "high": 0.978}},
            "7 of 8, 88% (53–98%)",
        ),
        ({"n": 8, "n_trials": 24, "passed": 22, "rate": 0.9}, "22 of 24 answers to 8 cases, 90%"),
        ({"n": 1, "n_trials": 1, "errors": 1, "rate": 0.0}, "0 of 1, 0%"),
        ({"reason": "No case was tried."}, "no evidence: No case was tried."),
        ({}, "no evidence"),
    ],
)
def test_a_metric_in_words(fields: dict[str, object], words: str) -> None:
    """A rate comes with its n and interval, and no evidence is no rate."""
    assert _metric(**fields).in_words == words


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "0%"), (0.001, "1%"), (0.5, "50%"), (0.999, "99%"), (1.0, "100%")]
)
def test_only_everything_is_everything(share: float, words: str) -> None:
    """999 of 1,000 is not rounded to all of them."""
    assert percent(share) == words
