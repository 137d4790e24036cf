"""A check as people read it: why it matters, how it works, how to mend, and what was measured of it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from sandbox.contracts.check import Check
from sandbox.domain.document import Block, Document, Heading, Paragraph
from sandbox.domain.rendering import to_markdown
from sandbox.domain.standing import Standing
from sandbox.evaluation.measured import card_of, measured
from sandbox.report.card_words import card_blocks

_UNCALIBRATED = "It may warn, but no decision may rest on it."
_INDEX = "README"


def looks_at(check: Check) -> str:
    """The artifacts that a check looks at, in words."""
    return ", ".join(check.artifacts) or "everything"


def check_document(check: Check) -> Document:
    """Everything there is to say of a check."""
    parts = {
        "Looks at": looks_at(check),
        "Why it matters": check.why,
        "How it works": check.how,
        "How to mend the prompt": check.mend,
        "Where the rule comes from": check.source,
        "What it cannot see": check.limits or "Nothing is known.",
    }
    blocks: list[Block] = []
    for heading, text in parts.items():
        blocks += [Heading(heading), Paragraph(text)]
    return Document(f"{check.name} {check.version}: {check.title}", (*blocks, *_calibration(check)))


def _calibration(check: Check) -> Iterable[Block]:
    known = measured(check)
    yield Heading("Calibration")
    if known.standing is Standing.UNCALIBRATED:
        yield Paragraph(f"{known.words} {_UNCALIBRATED}", label="Uncalibrated")
        return
    card = card_of(check)
    if card is not None:
        yield from card_blocks(card, level=2)


def write_check_pages(checks: Mapping[str, Check], folder: Path) -> list[Path]:
    """Write a page for each check, and a table of all of them; give the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = check_pages(checks)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in pages]


def check_pages(checks: Mapping[str, Check]) -> dict[str, str]:
    """The text of each page, by its file's name."""
    pages = {f"{name}.md": to_markdown(check_document(checks[name])) for name in sorted(checks)}
    return {f"{_INDEX}.md": _index(checks), **pages}


def _index(checks: Mapping[str, Check]) -> str:
    lines = [
        "# Checks",
        "",
        "Every check that comes with `sandbox`, with what was measured of it. An uncalibrated check may",
        "warn, but no decision may rest on it; [calibration](../calibration.md) tells how to measure one.",
        "",
        "| check | looks at | what is true of an answer that passes | standing | measured |",
        "|---|---|---|---|---|",
    ]
    for name in sorted(checks):
        check, known = checks[name], measured(checks[name])
        cells = (
            f"[{name}]({name}.md)",
            looks_at(check),
            check.title,
            known.standing.in_words,
            known.words,
        )
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(lines) + "\n"
