"""Figures and states in words that a teacher understands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sandbox.domain.exchange import Settings, Usage
from sandbox.domain.scorecard import Evaluation, Metric, Reason, Recommendation, Scorecard
from sandbox.domain.trial import Target, TrialStatus


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation in words, with a symbol so that no colour is needed."""

    symbol: str
    word: str
    meaning: str


ADVICE = {
    Recommendation.ADOPT: Advice("✓", "Adopt", "The evidence supports using this prompt on this model."),
    Recommendation.HOLD: Advice("‖", "Hold", "The evidence is not enough to adopt it yet."),
    Recommendation.REJECT: Advice("✗", "Reject", "The evidence speaks against using it as it is."),
}

UNREAD = {
    TrialStatus.UNPARSED: "The model answered, but not in the form that was asked for",
    TrialStatus.REFUSED: "Not sent: a guard refused",
    TrialStatus.FAILED: "The model gave no answer",
}
"""Why there is nothing to look at, for each status of a trial that has no answer."""


def counted(n: int, noun: str) -> str:
    """A number with its noun: "1 case", "1,200 cases"."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def listed(words: Iterable[str]) -> str:
    """Words in a row: "a, b and c"."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def shortened(text: str, limit: int) -> str:
    """The text, cut after `limit` characters, saying how much is missing."""
    rest = len(text) - limit
    return text if rest <= 0 else f"{text[:limit].rstrip()} … ({counted(rest, 'more character')})"


def period_in_words(evaluation: Evaluation) -> str:
    """When it was: "on March 5, 2026, from 14:05 to 14:20 UTC"."""
    start, end = evaluation.started_at, evaluation.finished_at
    if end is None:
        return f"from {_date(start)}, {start:%H:%M %Z}, and not finished"
    if start.date() == end.date():
        return f"on {_date(start)}, from {start:%H:%M} to {end:%H:%M %Z}".rstrip()
    return f"from {_date(start)}, {start:%H:%M}, to {_date(end)}, {end:%H:%M %Z}".rstrip()


def _date(moment: datetime) -> str:
    return f"{moment:%B} {moment.day}, {moment.year}"


def settings_in_words(settings: Settings) -> str:
    """The settings of a model that were set; the rest was left to it."""
    optional = (("temperature", settings.temperature), ("top_p", settings.top_p), ("seed", settings.seed))
    parts = [f"at most {settings.max_output_tokens:,} tokens an answer"]
    parts += [f"{name} {value}" for name, value in optional if value is not None]
    return ", ".join(parts) + "; the rest as the model has it"


def tokens_in_words(usage: Usage) -> str:
    """Tokens in and out."""
    estimated = " (estimated)" if usage.is_estimated else ""
    return f"{usage.input_tokens:,} in, {usage.output_tokens:,} out{estimated}"


def cost_in_words(cost_usd: float | None) -> str:
    """A cost in US dollars, or "unknown"; unknown is never free."""
    if cost_usd is None:
        return "unknown"
    if 0 < cost_usd < 0.0001:
        return "under $0.0001"
    return f"${cost_usd:,.2f}" if cost_usd == 0 or cost_usd >= 1 else f"${cost_usd:.4f}"


def time_in_words(scorecard: Scorecard) -> str:
    """How long one answer took."""
    if scorecard.latency_seconds is None:
        return "unknown"
    return f"{scorecard.latency_seconds:.1f} seconds on average"


def place_of_model(target: Target) -> str:
    """Whether texts leave the machine."""
    return (
        "on this machine: no text leaves it"
        if target.is_local
        else "at a service: texts leave this machine"
    )


def answers_in_words(scorecard: Scorecard) -> str:
    """What became of the answers that were planned."""
    parts = [f"{scorecard.answered} could be read"]
    for count, words in (
        (scorecard.unparsed, "not in the form that was asked for"),
        (scorecard.refused, "stopped before sending"),
        (scorecard.failed, "never came"),
        (scorecard.planned - scorecard.done, "not tried"),
        (scorecard.repaired, "asked for again because the first answer could not be read"),
    ):
        if count > 0:
            parts.append(f"{count} {words}")
    return f"of {scorecard.planned} planned: " + ", ".join(parts)


def reason_in_words(reason: Reason) -> str:
    """The ground of a verdict without the name of its check, which stands beside it as a title."""
    text = reason.text.removeprefix(f"{reason.check}: ") if reason.check else reason.text
    return text[:1].upper() + text[1:]


def details_in_words(metric: Metric) -> str:
    """What a rate does not show: failures, warnings, errors and cases that do not count."""
    if metric.rate is None:
        return ""
    parts = [
        f"{count} {words}"
        for count, words in (
            (metric.failed, "failed"),
            (metric.warned, "passed with a warning"),
            (metric.errors, "could not be checked"),
        )
        if count
    ]
    if metric.not_applicable:
        parts.append(f"does not apply to {counted(metric.not_applicable, 'case')}")
    return ", ".join(parts)


def ai_label(*models: str) -> str:
    """What must stand on everything that a model wrote."""
    return f"Drafted with AI ({', '.join(models)}). Read and edit before use."


def ai_label_of(evaluation: Evaluation) -> str:
    """What must stand on the answers of an evaluation."""
    return ai_label(*dict.fromkeys(result.scorecard.target.model for result in evaluation.results))
