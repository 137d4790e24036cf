"""The report formats, brought through the same hook as a stranger's."""

from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.report import ReportFormat
from sandbox.report.csv_table import to_csv_table
from sandbox.report.html_page import to_html_page
from sandbox.report.json_record import to_json_record
from sandbox.report.junit_xml import to_junit_xml
from sandbox.report.markdown_brief import to_markdown_brief


@hookimpl
def sandbox_report_formats() -> list[ReportFormat]:
    """HTML, Markdown, JSON, CSV and JUnit XML."""
    return [
        ReportFormat(
            name="html",
            summary="one page for teachers and principals, on screen or paper",
            extension="html",
            render=to_html_page,
        ),
        ReportFormat(
            name="markdown",
            summary="the report in short, for a pull request or a wiki",
            extension="md",
            render=to_markdown_brief,
        ),
        ReportFormat(
            name="json", summary="everything, for other programs", extension="json", render=to_json_record
        ),
        ReportFormat(
            name="csv", summary="every figure, for a spreadsheet", extension="csv", render=to_csv_table
        ),
        ReportFormat(
            name="junit", summary="the verdicts, for a build server", extension="xml", render=to_junit_xml
        ),
    ]
