"""The report formats, brought through the same hook as a stranger's."""

from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.late import late
from sandbox.contracts.report import ReportFormat


@hookimpl
def sandbox_report_formats() -> list[ReportFormat]:
    """HTML, Markdown, JSON, CSV and JUnit XML."""
    return [
        ReportFormat(
            name="html",
            summary="one page for teachers and principals, on screen or paper",
            extension="html",
            render=late("sandbox.report.html_page:to_html_page"),
        ),
        ReportFormat(
            name="markdown",
            summary="the report in short, for a pull request or a wiki",
            extension="md",
            render=late("sandbox.report.markdown_brief:to_markdown_brief"),
        ),
        ReportFormat(
            name="json",
            summary="everything, for other programs",
            extension="json",
            render=late("sandbox.report.json_record:to_json_record"),
        ),
        ReportFormat(
            name="csv",
            summary="every figure, for a spreadsheet",
            extension="csv",
            render=late("sandbox.report.csv_table:to_csv_table"),
        ),
        ReportFormat(
            name="junit",
            summary="the verdicts, for a build server",
            extension="xml",
            render=late("sandbox.report.junit_xml:to_junit_xml"),
        ),
    ]
