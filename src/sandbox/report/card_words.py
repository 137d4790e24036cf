"""A calibration card as people read it: what was measured, on what, and what cannot be told."""

from collections.abc import Iterator

from sandbox.domain.calibration import Agreement, Baseline, CalibrationCard, Figure, LabelledData
from sandbox.domain.document import Block, Document, Heading, Paragraph, Table
from sandbox.domain.scorecard import percent
from sandbox.report.wording import counted, listed

_NOT_TOLD = "cannot be told"
_FIGURES = (
    ("Precision: of what is found, people see", "precision"),
    ("Recall: of what people see, is found", "recall"),
    ("F1", "f1"),
    ("Macro-F1", "macro_f1"),
    ("Kappa: agreement beyond chance", "kappa"),
)
_COUNTS = {"fail": "The check, failures only", "fail or warn": "The check, warnings too"}


def card_document(card: CalibrationCard) -> Document:
    """The whole card."""
    return Document(f"Calibration card: {card.check} {card.check_version}", card_blocks(card))


def card_blocks(card: CalibrationCard, *, level: int = 1) -> tuple[Block, ...]:
    """What stands on a card, below headings of this level."""
    return (
        Paragraph(card.shortcoming or card.in_words, label=_standing(card)),
        *(_on_data(card, card.data, level) if card.data else ()),
        *_on_planted(card, level),
        Paragraph(
            f"{card.date.isoformat()}; fingerprint of the check {card.check_digest[:12]}",
            label="Measured on",
        ),
    )


def _standing(card: CalibrationCard) -> str:
    if card.shortcoming:
        return "Uncalibrated"
    return "Calibrated against people" if card.basis == "people" else "Proved by construction"


def _on_data(card: CalibrationCard, data: LabelledData, level: int) -> Iterator[Block]:
    yield Heading("Against people", level=level)
    origin = listed(part for part in (data.source, data.licence) if part)
    yield Paragraph(
        f"{data.name}{f' ({origin})' if origin else ''}: {counted(data.n_rows, 'row')} in "
        f"{counted(data.n_groups, 'group')}. {data.meaning}".strip(),
        label="Data",
    )
    yield Paragraph(_labels(data), label="Labels")
    yield Paragraph(_judged(card, data), label="Judged")
    if card.agreement:
        yield _figures(card)
    if card.weighted_kappa:
        yield Paragraph(f"{card.weighted_kappa}{_beside(card, 'weighted_kappa')}", label="Quadratic kappa")
    if data.is_higher_better is not None:
        yield Paragraph(_correlation(card), label="Rank correlation with the labels")
    if card.length_correlation:
        yield Paragraph(
            f"{card.length_correlation}. Far from 0 would mean that it may be measuring length.",
            label="Rank correlation with the number of words",
        )
    if not card.baselines and card.n_judged:
        yield Paragraph("All rows are one group, so nothing simple could be tried on others.")
    for baseline in card.baselines:
        yield Paragraph(baseline.how, label=baseline.name.capitalize())
    yield from _on_systems(card, level)


def _labels(data: LabelledData) -> str:
    if data.is_higher_better is not None:
        return f"numbers; a higher one is {'better' if data.is_higher_better else 'worse'}"
    words = f"the check should find something where people said {listed(data.positive)}"
    return words + (f"; from best to worst: {', '.join(data.order)}" if data.order else "")


def _judged(card: CalibrationCard, data: LabelledData) -> str:
    left = [
        f"{number:,} {words}"
        for number, words in (
            (card.n_not_applicable, "to which it does not apply"),
            (card.n_errors, "on which it broke"),
        )
        if number
    ]
    text = f"{card.n_judged:,} of {counted(data.n_rows, 'row')}"
    if left:
        text += f"; not judged: {listed(left)}"
    if card.n_positive_not_judged:
        text += f". Among those not judged, people saw something in {card.n_positive_not_judged:,}"
    return text + "."


def _figures(card: CalibrationCard) -> Table:
    first = card.agreement[0]
    sides: tuple[Agreement | Baseline, ...] = (*card.agreement, *card.baselines)
    names = [_COUNTS[each.counts_as_found] for each in card.agreement]
    names += [each.name.capitalize() for each in card.baselines]
    rows = [(words, *(_shown(getattr(side, name)) for side in sides)) for words, name in _FIGURES]
    flagged = [percent(each.flagged) for each in card.agreement] + [""] * len(card.baselines)
    shares = (f"Flagged (people: {percent(first.prevalence)} of {first.n:,})", *flagged)
    return Table(("Figure", *names), (shares, *rows))


def _shown(figure: Figure | float | None) -> str:
    if figure is None:
        return _NOT_TOLD
    return f"{figure:.2f}" if isinstance(figure, float) else str(figure)


def _correlation(card: CalibrationCard) -> str:
    return f"{card.rank_correlation or _NOT_TOLD}{_beside(card, 'rank_correlation')}"


def _beside(card: CalibrationCard, name: str) -> str:
    """What the baselines come to."""
    told = [f"{each.name} {_shown(getattr(each, name))}" for each in card.baselines]
    return f"; {listed(told)}" if told else ""


def _on_systems(card: CalibrationCard, level: int) -> Iterator[Block]:
    if not card.systems:
        return
    yield Heading("Known groups", level=level)
    yield Table(
        ("System, the best first as people see it", "Rows", "People", "The check (0 passes, 2 fails)"),
        tuple(
            (each.system, str(each.n), f"{each.mean_label:.2f}", f"{each.mean_outcome:.2f}")
            for each in card.systems
        ),
    )
    held = "puts them in the same order" if card.is_order_of_systems_held else "puts them in another order"
    rho = card.rank_correlation_of_systems
    yield Paragraph(
        f"The check {held}" + (f" (rank correlation {rho:.2f})" if rho is not None else "") + "."
    )


def _on_planted(card: CalibrationCard, level: int) -> Iterator[Block]:
    planted = card.planted
    if planted is None:
        return
    yield Heading("Planted defects", level=level)
    silent = planted.n_not_applicable
    yield Paragraph(
        f"Unbroken answers were broken in one way each. {planted.in_words} Of what was found, "
        f"{planted.n_failed} failed and {planted.n_killed - planted.n_failed} were warned of."
        + (f" To {silent} unbroken answers it does not apply." if silent else "")
    )
    yield Table(
        ("Planted", "Times", "Found"),
        tuple((kind.name, str(kind.n_planted), str(kind.n_killed)) for kind in planted.kinds),
    )
