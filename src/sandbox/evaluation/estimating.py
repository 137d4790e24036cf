"""Estimating: what an evaluation is going to take, before its first call."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.domain.budget import Estimate
from sandbox.domain.exchange import ModelCard, Usage
from sandbox.domain.tokens import estimated_tokens
from sandbox.domain.trial import Case
from sandbox.pipeline.spending import cost_of
from sandbox.pipeline.trying import Bench

_SAMPLE = 20
"""So many cases are looked at for the length of what is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is left to be made of one target, and what its trials on record took."""

    bench: Bench
    cases: Sequence[Case]
    left: int
    recalled: int
    earlier: Usage
    """Of the trials on record."""
    earlier_answers: int


def estimate(outlooks: Sequence[Outlook]) -> Estimate:
    """What the trials that are left will take, over all targets.

    What goes in is reckoned from a sample of the cases; how long answers are, from the answers on record.
    """
    parts = [_of_target(outlook) for outlook in outlooks]
    for outlook in outlooks:
        parts += _of_votes(outlook)
    answers = sum(outlook.earlier_answers for outlook in outlooks)
    unpriced = {name for part in parts for name in part.unpriced}
    return Estimate(
        trials=sum(part.trials for part in parts),
        recalled=sum(part.recalled for part in parts),
        input_tokens=sum(part.input_tokens for part in parts),
        likely_output_tokens=_total([part.likely_output_tokens for part in parts]),
        most_output_tokens=sum(part.most_output_tokens for part in parts),
        likely_cost_usd=_total([part.likely_cost_usd for part in parts]),
        most_cost_usd=_total([part.most_cost_usd for part in parts]),
        unpriced=tuple(sorted(unpriced)),
        basis=_basis(max((min(len(outlook.cases), _SAMPLE) for outlook in outlooks), default=0), answers),
    )


def _of_target(outlook: Outlook) -> Estimate:
    bench, left = outlook.bench, outlook.left
    into = round(_mean_input_tokens(bench, outlook.cases) * left)
    most = bench.target.settings.max_output_tokens * left
    likely: int | None = None
    if not left:
        likely = 0
    elif outlook.earlier_answers:
        likely = round(outlook.earlier.output_tokens / outlook.earlier_answers * left)
    card = bench.line.card
    return Estimate(
        trials=left,
        recalled=outlook.recalled,
        input_tokens=into,
        likely_output_tokens=likely,
        most_output_tokens=most,
        likely_cost_usd=_cost(card, into, likely),
        most_cost_usd=_cost(card, into, most),
        unpriced=_unpriced(bench),
        basis="-",
    )


def _of_votes(outlook: Outlook) -> list[Estimate]:
    """What the votes on those answers take: each reads the case, the answer and the words of the judge."""
    panel = outlook.bench.panel
    if panel is None:
        return []
    votes = outlook.left * panel.votes_of_each_model
    answer = outlook.bench.target.settings.max_output_tokens
    into = round((_mean_input_tokens(outlook.bench, outlook.cases) + answer + panel.words_tokens) * votes)
    parts = []
    for bench in panel.benches:
        most = bench.target.settings.max_output_tokens * votes
        cost = _cost(bench.line.card, into, most)
        parts.append(
            Estimate(
                trials=0,
                recalled=0,
                input_tokens=into,
                likely_output_tokens=most,
                most_output_tokens=most,
                likely_cost_usd=cost,
                most_cost_usd=cost,
                unpriced=_unpriced(bench),
                basis="-",
            )
        )
    return parts


def _unpriced(bench: Bench) -> tuple[str, ...]:
    """The model, if nobody knows what it costs."""
    return () if cost_of(Usage(), bench.line.card) is not None else (bench.target.model,)


def _cost(card: ModelCard, into: int, out: int | None) -> float | None:
    return None if out is None else cost_of(Usage(input_tokens=into, output_tokens=out), card)


def _mean_input_tokens(bench: Bench, cases: Sequence[Case]) -> float:
    step = max(len(cases) // _SAMPLE, 1)
    sample = cases[::step][:_SAMPLE]
    counted = [
        sum(estimated_tokens(message.content) for message in bench.renderer.render(case.inputs).messages)
        for case in sample
    ]
    return sum(counted) / len(counted) if counted else 0


def _basis(cases: int, answers: int) -> str:
    basis = f"The length of {cases} of the cases"
    if answers:
        return f"{basis}, and of {answers:,} answers on record."
    return f"{basis}. No answer is on record yet, so only the most that answers may take is known."


def _total(parts: Sequence[float | int | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
