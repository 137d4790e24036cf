"""The report in short."""

import pytest

from sandbox.domain.document import Heading
from sandbox.domain.summary import Summary
from sandbox.report.markdown_brief import brief, to_markdown_brief


@pytest.fixture
def markdown(summary: Summary) -> str:
    """The brief of the sample evaluation."""
    return to_markdown_brief(summary)


def test_the_verdicts_come_first(summary: Summary) -> None:
    """What the evidence advises stands before anything else."""
    headings = [block.text for block in brief(summary).blocks if isinstance(block, Heading)]

    assert headings[:3] == [
        "What the evidence advises",
        "✗ Reject: feedback 1.2.0 on openai/gpt-sample",
        "✓ Adopt: feedback 1.2.0 on llamacpp/small-sample",
    ]


def test_no_evidence_is_said_with_its_reason(markdown: str) -> None:
    """A check that applied to nothing has no rate, and surely not 0%."""
    (row,) = [line for line in markdown.splitlines() if line.startswith("| Students of this grade")]

    assert row.count("no evidence: It applies to none of the cases.") == 2
    assert "0%" not in row


def test_markup_in_answers_is_escaped(markdown: str) -> None:
    """Stars, bars and tags of an answer change nothing in the table or the page."""
    assert "\\<script\\>" in markdown
    assert "\\*stars\\* \\|" in markdown


def test_what_is_unknown_is_told(markdown: str, summary: Summary) -> None:
    """Every gap has its line."""
    section = markdown.split("## What this cannot tell", 1)[1].split("## ", 1)[0]

    assert section.count("\n- ") == len(summary.unknowns)


def test_failures_say_how_to_mend(markdown: str) -> None:
    """One example of each, with the way out."""
    assert "**feedback 1.2.0 on openai/gpt-sample:** 4 failed, of 8 (3 shown)" in markdown
    assert "**How to mend the prompt:** Ask for words copied exactly" in markdown
