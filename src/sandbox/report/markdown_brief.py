"""The report in short, as Markdown."""

from collections.abc import Iterator

from sandbox.domain.document import Block, Bullets, Document, Heading, Paragraph, Table
from sandbox.domain.rendering import to_markdown
from sandbox.domain.scorecard import Metric
from sandbox.domain.summary import Example, Summary
from sandbox.domain.trial import OUTCOME_WORDS
from sandbox.report import layout, wording


def to_markdown_brief(summary: Summary) -> str:
    """The report in short: verdicts, figures, one example of each failure, and what is not known."""
    return to_markdown(brief(summary))


def brief(summary: Summary) -> Document:
    """The report in short, with no format chosen yet."""
    evaluation = summary.evaluation
    return Document(
        f"Evidence report: {evaluation.suite}",
        (
            *_verdicts(summary),
            *_tested(summary),
            *_figures(summary),
            *_failures(summary),
            *_unread(summary),
            Heading("What this cannot tell"),
            Bullets(summary.unknowns),
            Heading("Small print"),
            Paragraph(wording.ai_label_of(evaluation)),
            Paragraph(evaluation.id, label="Evaluation"),
            Paragraph(evaluation.suite_digest, label="Fingerprint of the suite"),
            Paragraph(f"sandbox {summary.product_version}", label="Made by"),
        ),
    )


def _verdicts(summary: Summary) -> Iterator[Block]:
    yield Heading("What the evidence advises")
    yield Paragraph("The evidence advises; people decide.")
    titles = {note.name: note.title for note in summary.checks}
    for part in layout.target_parts(summary):
        advice = wording.ADVICE[part.result.verdict.recommendation]
        yield Heading(f"{advice.symbol} {advice.word}: {part.name}", level=2)
        yield Paragraph(advice.meaning)
        yield Bullets(
            tuple(
                (f"{titles.get(reason.check, reason.check)}: " if reason.check else "")
                + wording.reason_in_words(reason)
                for reason in part.result.verdict.reasons
            )
        )


def _tested(summary: Summary) -> Iterator[Block]:
    evaluation = summary.evaluation
    yield Heading("What was tested")
    cases = f"{evaluation.cases} of {wording.counted(evaluation.suite_cases, 'case')}"
    times = "once" if evaluation.repeats == 1 else f"{evaluation.repeats} times"
    suite = f"{evaluation.suite} {evaluation.suite_version}"
    period = wording.period_in_words(evaluation)
    yield Paragraph(f"{suite}: {cases}, each {times}, {period}", label="Suite")
    if evaluation.label:
        yield Paragraph(evaluation.label, label="Label")
    names = layout.target_names(evaluation)
    yield Table(("Target", *names), tuple((fact, *words) for fact, words in layout.target_facts(summary)))


def _figures(summary: Summary) -> Iterator[Block]:
    yield Heading("How often each check passed")
    rows = layout.check_rows(summary)
    yield Table(
        ("Check", "What is known of the check", *layout.target_names(summary.evaluation)),
        tuple((row.note.title, row.standing, *map(_figure, row.metrics)) for row in rows),
    )


def _figure(metric: Metric | None) -> str:
    if metric is None:
        return "not asked"
    details = wording.details_in_words(metric)
    return metric.in_words + (f"; {details}" if details else "")


def _failures(summary: Summary) -> Iterator[Block]:
    yield Heading("What failed, and how to mend it")
    failing = layout.failing_checks(summary)
    if not failing:
        yield Paragraph("No check failed or warned on any answer that could be read.")
    for check in failing:
        yield Heading(check.note.title, level=2)
        for target in check.by_target:
            yield Paragraph(target.words, label=target.name)
            yield Bullets(tuple(map(_example, target.examples[:1])))
        if check.note.mend and check.is_prompt_at_fault:
            yield Paragraph(check.note.mend, label="How to mend the prompt")


def _example(example: Example) -> str:
    quotes = "".join(f" “{wording.shortened(piece.quote, 200)}”" for piece in example.finding.evidence[:1])
    outcome = OUTCOME_WORDS[example.finding.outcome]
    return f"{outcome}, case {example.trial.case_id}: {example.finding.reason}{quotes}"


def _unread(summary: Summary) -> Iterator[Block]:
    for part in layout.target_parts(summary):
        if part.examples.unread:
            yield Heading(f"Answers that could not be read, or were never given: {part.name}")
            yield Bullets(
                tuple(
                    f"{wording.UNREAD[trial.status]}, case {trial.case_id}: {trial.problem}"
                    for trial in part.examples.unread
                )
            )
