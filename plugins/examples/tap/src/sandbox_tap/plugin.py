"""What this plugin brings: the report format `tap`, for programs that read the Test Anything Protocol."""

from sandbox import hookimpl
from sandbox.contracts.report import ReportFormat
from sandbox.domain.summary import Summary


def render(summary: Summary) -> str:
    """A line for each target, `ok` only if its verdict is to adopt, with the reasons below it."""
    results = summary.evaluation.results
    lines = ["TAP version 14", f"1..{len(results)}"]
    for number, result in enumerate(results, start=1):
        verdict = result.verdict.recommendation.value
        sign = "ok" if verdict == "adopt" else "not ok"
        lines.append(f"{sign} {number} - {_plain(result.scorecard.target.label)}: {verdict}")
        lines += [f"# {_plain(reason.text)}" for reason in result.verdict.reasons]
        lines += [f"# {metric.check}: {_plain(metric.in_words)}" for metric in result.scorecard.metrics]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """The text on one line, with nothing that the protocol takes for a directive."""
    return " ".join(text.split()).replace("#", "no.")


FORMAT = ReportFormat(
    name="tap", summary="Test Anything Protocol, version 14", extension="tap", render=render
)


@hookimpl
def sandbox_report_formats():
    """The one report format."""
    return [FORMAT]
