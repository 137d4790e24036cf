"""The kit for report formats: an honest one passes, and each lie is found by the behaviour meant."""

import json
import re
import socket
from contextlib import suppress
from dataclasses import replace
from html import escape
from itertools import count

import pytest

from sandbox.contracts.report import ReportFormat
from sandbox.domain.summary import Summary
from sandbox.testing.conformance import BrokenPromiseError, Mark, run_conformance
from sandbox.testing.report_conformance import ReportConformance


def _lines(summary: Summary) -> list[str]:
    return [summary.evaluation.label, *summary.unknowns] + [
        f"{result.scorecard.target.model}: {result.verdict.recommendation}, "
        f"{metric.check} {metric.in_words}"
        for result in summary.evaluation.results
        for metric in result.scorecard.metrics
    ]


def _page(summary: Summary) -> str:
    return "<!doctype html>" + "".join(f"<p>{escape(line)}</p>\n" for line in _lines(summary))


HONEST = ReportFormat(name="page", summary="Every figure, on a page.", extension="html", render=_page)


class TestAnHonestFormat(ReportConformance):
    """It keeps every promise."""

    spec = HONEST


def _bytes(summary: Summary) -> str:
    return _page(summary).encode()  # type: ignore[return-value]  # that is the mistake


def _silent(summary: Summary) -> str:
    return re.sub(r"kit_\w+", "a check", _page(summary))


def _nameless(summary: Summary) -> str:
    return _page(summary).replace("kit/sample", "a model")


def _kind_to_all(summary: Summary) -> str:
    return re.sub(r": (adopt|hold|reject),", ": done,", _page(summary))


def _hopeful(summary: Summary) -> str:
    return re.sub("no evidence: [^<]*", "0%", _page(summary))


def _trusting(summary: Summary) -> str:
    return "".join(f"<p>{line}</p>\n" for line in _lines(summary))


def _attribute(summary: Summary) -> str:
    line = summary.evaluation.label.replace('"', "").replace("<", "").replace(">", "")
    return _page(summary) + f'<a href="javascript:{line}">more</a>'


_numbers = count(1)


def _numbered(summary: Summary) -> str:
    return _page(summary) + f"<p>Report number {next(_numbers)}</p>"


def _needing_results(summary: Summary) -> str:
    return _page(summary) + summary.evaluation.results[0].verdict.recommendation


def _changing(summary: Summary) -> str:
    summary.evaluation.__dict__["label"] = "seen"
    return _page(summary)


def _asking(summary: Summary) -> str:
    with suppress(Exception):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    return _page(summary)


def _empty(summary: Summary) -> str:
    return " "


@pytest.mark.parametrize(
    ("render", "behaviour", "words"),
    [
        (_bytes, "it_gives_text", "gave bytes and not a text"),
        (_empty, "it_gives_text", "an empty text"),
        (_silent, "it_names_every_check_and_target", "The check 'kit_kind_words' is not to be found"),
        (_nameless, "it_names_every_check_and_target", "'kit/sample-1' is not to be found"),
        (_kind_to_all, "every_verdict_can_be_told_from_another", "cannot tell 'adopt' from 'hold'"),
        (_hopeful, "it_says_where_there_is_no_evidence", "None is not 0 percent"),
        (_trusting, "no_markup_gets_in", "the attribute onerror of <img>"),
        (_attribute, "no_markup_gets_in", "the attribute href of <a>"),
        (_numbered, "the_same_summary_gives_the_same_text", "gave two texts"),
        (_changing, "it_changes_nothing", "changed the summary"),
        (_asking, "it_asks_no_network", "tried to reach 192.0.2.1"),
    ],
)
def test_a_format_that_breaks_a_promise_is_found_out(render, behaviour: str, words: str) -> None:
    """By the behaviour that is about this promise, in words that help its author."""
    suite = type("Suite", (ReportConformance,), {"spec": replace(HONEST, render=render)})

    with pytest.raises(BrokenPromiseError, match=re.escape(words)):
        getattr(suite(), f"test_{behaviour}")()


def test_a_format_that_cannot_show_nothing_is_found_out() -> None:
    """It raises, which is told as it is."""
    suite = type("Suite", (ReportConformance,), {"spec": replace(HONEST, render=_needing_results)})

    with pytest.raises(IndexError):
        suite().test_an_evaluation_without_results_can_be_shown()


@pytest.mark.parametrize(
    ("extension", "render", "words"),
    [
        ("csv", lambda summary: "\n".join(_lines(summary)), "cells"),
        ("csv", lambda summary: f'label\n"{summary.evaluation.label.replace(chr(34), "")}"\n', "a formula"),
        ("json", lambda summary: '{"label": "' + summary.evaluation.label + '"}', "no JSON any more"),
        ("xml", lambda summary: f"<label>{summary.evaluation.label}</label>", "no XML any more"),
        ("xml", lambda summary: f"<label>{escape(summary.evaluation.label)}</label>", "no XML any more"),
        ("md", lambda summary: f"# {summary.evaluation.label}", "Escape <"),
    ],
)
def test_markup_is_looked_for_in_each_kind_of_file(extension: str, render, words: str) -> None:
    """Each has signs of its own."""
    spec = replace(HONEST, extension=extension, render=render)
    suite = type("Suite", (ReportConformance,), {"spec": spec})

    with pytest.raises(BrokenPromiseError, match=words):
        suite().test_no_markup_gets_in()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "My page"}, "small letters"),
        ({"extension": ".html"}, "without the dot"),
        ({"summary": ""}, "whom"),
    ],
)
def test_a_format_that_does_not_say_what_it_is_is_found_out(changes: dict[str, str], words: str) -> None:
    """It is chosen by its name, and its file has to have an ending."""
    suite = type("Suite", (ReportConformance,), {"spec": replace(HONEST, **changes)})

    with pytest.raises(BrokenPromiseError, match=words):
        suite().test_it_says_what_it_is()


def test_what_the_kit_cannot_read_is_not_declared() -> None:
    """Nobody is told that markup was looked for where it was not."""
    spec = replace(HONEST, extension="tex", render=lambda summary: json.dumps(_lines(summary)))
    marks = {
        result.behaviour: result.mark
        for result in run_conformance(type("Suite", (ReportConformance,), {"spec": spec}))
    }

    assert {name for name, mark in marks.items() if mark is not Mark.KEPT} == {"no_markup_gets_in"}
    assert marks["no_markup_gets_in"] is Mark.NOT_DECLARED
