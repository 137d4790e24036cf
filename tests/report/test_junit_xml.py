"""The verdicts for a build server."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from sandbox.domain.summary import Summary
from sandbox.report.junit_xml import to_junit_xml


@pytest.fixture
def suites(summary: Summary) -> list[Element]:
    """The test suites as a build server reads them."""
    return list(fromstring(to_junit_xml(summary)))


def _case(suite: Element, name: str) -> Element:
    return next(case for case in suite if case.get("name") == name)


def test_there_is_a_suite_for_each_target(suites: list[Element]) -> None:
    """Counts agree with what stands below them."""
    assert [suite.get("name") for suite in suites] == [
        "feedback 1.2.0 on openai/gpt-sample",
        "feedback 1.2.0 on llamacpp/small-sample",
    ]
    assert [dict(suite.attrib, name="", timestamp="") for suite in suites] == [
        {"name": "", "timestamp": "", "tests": "7", "failures": "1", "errors": "2", "skipped": "0"},
        {"name": "", "timestamp": "", "tests": "7", "failures": "0", "errors": "0", "skipped": "1"},
    ]


def test_the_whole_has_counts_too_and_times_have_no_zone(summary: Summary) -> None:
    """Some build servers read the totals only, and the schema knows no time zones."""
    root = fromstring(to_junit_xml(summary))

    assert {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "14",
        "failures": "1",
        "errors": "2",
        "skipped": "1",
    }
    assert {suite.get("timestamp") for suite in root} == {"2026-03-05T12:00:00"}


def test_what_rejects_is_a_failure_and_what_holds_an_error(suites: list[Element]) -> None:
    """The gate's reasons decide, not the rates."""
    failure = _case(suites[0], "quotes_are_real").find("failure")
    error = _case(suites[0], "answers").find("error")

    assert failure is not None
    assert failure.get("message") == "quotes_are_real: 4 of 8 answers failed; none may."
    assert error is not None
    assert error.text == "The model could not be asked in 1 of 8 trials."
    assert [child.tag for child in _case(suites[0], "steps_are_few")] == ["system-out"]


def test_a_check_without_evidence_is_skipped_never_passed(suites: list[Element]) -> None:
    """It is an error where the gate asks for it, and skipped where it does not."""
    assert _case(suites[0], "reading_fits_grade")[0].tag == "error"
    assert _case(suites[1], "reading_fits_grade")[0].tag == "skipped"
    assert _case(suites[1], "reading_fits_grade")[0].get("message") == "It applies to none of the cases."


def test_characters_that_xml_forbids_do_not_break_it(summary: Summary) -> None:
    """Models write control characters; the file still parses."""
    evaluation = summary.evaluation.model_copy(update={"suite": "bell \x07 & <b>"})
    root = fromstring(to_junit_xml(summary.model_copy(update={"evaluation": evaluation})))

    assert root.get("name") == "bell � & <b>"
