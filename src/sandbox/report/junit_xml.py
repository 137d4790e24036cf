"""The verdicts as JUnit XML, so that a build server shows them."""

from collections import defaultdict
from datetime import UTC
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sandbox.domain.scorecard import Reason, Recommendation
from sandbox.domain.summary import Summary
from sandbox.report.layout import TargetPart, target_parts
from sandbox.report.xml_text import xml_text

_WHOLE = "answers"
"""The test case of what concerns no single check."""
_COUNTED = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}


def to_junit_xml(summary: Summary) -> str:
    """A test suite for each target, and a test case for each check and for the answers as a whole.

    What speaks for rejecting is a failure; what is not shown, and so speaks for holding, is an error.
    """
    root = Element("testsuites", name=xml_text(summary.evaluation.suite))
    for part in target_parts(summary):
        suite = SubElement(root, "testsuite", name=xml_text(part.name))
        began = summary.evaluation.started_at.astimezone(UTC)
        suite.set("timestamp", f"{began:%Y-%m-%dT%H:%M:%S}")  # the schema knows no time zones
        _add_cases(suite, part, summary.evaluation.suite)
    for element in (root, *root):
        for attribute, tag in _COUNTED.items():
            element.set(attribute, str(len(element.findall(f".//{tag}"))))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _add_cases(suite: Element, part: TargetPart, suite_name: str) -> None:
    scorecard = part.result.scorecard
    reasons: defaultdict[str, list[Reason]] = defaultdict(list)
    for reason in part.result.verdict.reasons:
        reasons[reason.check or _WHOLE].append(reason)
    for name in dict.fromkeys([_WHOLE, *(metric.check for metric in scorecard.metrics), *reasons]):
        case = SubElement(suite, "testcase", name=xml_text(name), classname=xml_text(suite_name))
        metric = scorecard.metric(name)
        if metric is not None:
            SubElement(case, "system-out").text = xml_text(metric.in_words)
        _add_outcome(case, reasons[name])
        if metric is not None and metric.rate is None and not reasons[name]:
            case.insert(0, Element("skipped", message=xml_text(metric.reason)))


def _add_outcome(case: Element, reasons: list[Reason]) -> None:
    """A failure or an error for the reasons that do not speak for adopting; the worst decides which."""
    against = [reason for reason in reasons if reason.recommendation is not Recommendation.ADOPT]
    if not against:
        return
    is_rejected = any(reason.recommendation is Recommendation.REJECT for reason in against)
    text = xml_text("\n".join(reason.text for reason in against))
    outcome = Element("failure" if is_rejected else "error", message=text.partition("\n")[0])
    outcome.text = text
    case.insert(0, outcome)
