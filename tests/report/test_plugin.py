"""What holds for every report format."""

import re

import pytest

from sandbox.contracts.loading import PluginState, plugin_from_module
from sandbox.contracts.report import ReportFormat
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.summary import Summary
from sandbox.report import plugin

FORMATS = plugin.sandbox_report_formats()


def test_the_plugin_keeps_its_contract() -> None:
    """It comes in through the same door as a stranger's."""
    loaded = plugin_from_module("report", plugin)

    assert loaded.state is PluginState.LOADED
    assert loaded.hooks == ("sandbox_report_formats",)


def test_the_five_formats_are_there() -> None:
    """Each has its own name and file."""
    assert {(one.name, one.extension) for one in FORMATS} == {
        ("html", "html"),
        ("markdown", "md"),
        ("json", "json"),
        ("csv", "csv"),
        ("junit", "xml"),
    }


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_every_n_stands_in_every_format(
    one: ReportFormat, summary: Summary, evaluation: Evaluation
) -> None:
    """A rate without its n is no figure."""
    report = re.sub("<[^>]+>", "", one.render(summary)) if one.name == "html" else one.render(summary)

    for result in evaluation.results:
        for metric in result.scorecard.metrics:
            wanted = {
                "json": f'"n": {metric.n}',
                "csv": f",{metric.n},{metric.n_trials},{metric.passed},",
            }
            assert wanted.get(one.name, metric.count_in_words if metric.n else metric.reason) in report


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_a_report_is_the_same_each_time(one: ReportFormat, summary: Summary) -> None:
    """Two reports of one evaluation can be compared."""
    assert one.render(summary) == one.render(summary)


@pytest.mark.parametrize("name", ["html", "markdown", "junit"])
def test_no_format_lets_markup_through(name: str, summary: Summary) -> None:
    """What a model wrote is never taken for markup."""
    render = next(one.render for one in FORMATS if one.name == name)

    assert not re.search(r"(?<!\\)<script", render(summary))
