"""The report of every kind of evaluation, also of those that are easily forgotten."""

from sandbox_tap.plugin import FORMAT

from sandbox.testing import ReportConformance


class TestTap(ReportConformance):
    """`sandbox plugins --check tap` tries the same."""

    spec = FORMAT
