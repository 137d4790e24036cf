"""Why an evaluation was slow: a tally of what held it up, and the words for it."""

from collections import defaultdict
from dataclasses import dataclass, field

from sandbox.cli.progress_words import duration
from sandbox.contracts.observer import Observer
from sandbox.domain.event import (
    EvaluationFinished,
    EvaluationStarted,
    Event,
    PaceChanged,
    PaceReason,
    RecordsDelayed,
    TrialFinished,
)

_FELT_SECONDS = {PaceReason.RATE_LIMIT: 30.0, PaceReason.RATES: 60.0}
"""A slow-down is felt for so long, unless another follows; that a minute is used up is told once in it."""
_WORTH_A_WORD = 1 / 3
"""If so much of the time was lost, people want to know why."""
_RECORDS = "records"

_Span = tuple[float, float]


@dataclass(slots=True)
class _Cause:
    """When one thing held up one account, and how often."""

    spans: list[_Span] = field(default_factory=list)
    times: int = 0
    fewest: int | None = None
    """Requests at once, at the worst."""
    since: float | None = None
    """When it began, if it is not over."""


class Holdups:
    """Is told what happens, as an observer, and says at the end why it took so long."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._now = 0.0
        self._causes: dict[tuple[str, str], _Cause] = defaultdict(_Cause)

    @property
    def observer(self) -> Observer:
        """What `Sandbox(observers=...)` takes."""
        kinds = (EvaluationStarted, EvaluationFinished, PaceChanged, RecordsDelayed, TrialFinished)
        return Observer(name="holdups", summary="Why it was slow.", observe=self.observe, kinds=kinds)

    def observe(self, event: Event) -> None:
        """Count an event."""
        self._now = max(self._now, event.at)
        match event:
            case EvaluationStarted():
                self._began = self._began or event.at
            case PaceChanged():
                self._change(event)
            case RecordsDelayed():
                self._delay(event)

    def words(self) -> str:
        """Why it was slow, most of the time first; empty if it was not, or not for long."""
        total = self._now - self._began if self._began is not None else 0
        spans = {key: self._spans(cause) for key, cause in self._causes.items()}
        lost = _length([span for each in spans.values() for span in each])
        if total <= 0 or lost <= total * _WORTH_A_WORD:
            return ""
        told = sorted(spans, key=lambda key: -_length(spans[key]))
        parts = [_words(*key, self._causes[key], min(_length(spans[key]), total)) for key in told]
        return f"It took {duration(total)}. " + " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts)

    def _change(self, event: PaceChanged) -> None:
        if event.reason is PaceReason.ANSWERS_AGAIN:
            self._end((event.account, PaceReason.NO_ANSWERS), event.at)
        elif event.reason is PaceReason.NO_ANSWERS:
            self._begin((event.account, event.reason), event.at)
        elif event.reason in _FELT_SECONDS:
            cause = self._causes[event.account, event.reason]
            felt = max(event.pause_seconds, _FELT_SECONDS[event.reason])
            cause.spans.append((event.at, event.at + felt))
            if event.after < event.before or event.reason is PaceReason.RATES:
                cause.times += 1
            cause.fewest = min(event.after, cause.fewest or event.after)

    def _delay(self, event: RecordsDelayed) -> None:
        if event.reason:
            self._begin((_RECORDS, _RECORDS), event.at)
        else:
            self._end((_RECORDS, _RECORDS), event.at)

    def _begin(self, key: tuple[str, str], at: float) -> None:
        cause = self._causes[key]
        if cause.since is None:
            cause.since = at
            cause.times += 1

    def _end(self, key: tuple[str, str], at: float) -> None:
        cause = self._causes[key]
        if cause.since is not None:
            cause.spans.append((cause.since, at))
            cause.since = None

    def _spans(self, cause: _Cause) -> list[_Span]:
        open_span = [(cause.since, self._now)] if cause.since is not None else []
        return [(start, min(end, self._now)) for start, end in cause.spans + open_span]


def _length(spans: list[_Span]) -> float:
    """How long it was in all, no moment counted twice."""
    total, covered = 0.0, float("-inf")
    for start, end in sorted(spans):
        total += max(end - max(start, covered), 0)
        covered = max(covered, end)
    return total


def _words(account: str, reason: str, cause: _Cause, seconds: float) -> str:
    long = duration(seconds)
    times = "once" if cause.times == 1 else f"{cause.times:,} times"
    match reason:
        case PaceReason.RATE_LIMIT:
            return (
                f"for {long} {account} was asked less because it said that it was asked too often: it was "
                f"slowed down {times}, to {cause.fewest} at once at the least"
            )
        case PaceReason.RATES:
            return (
                f"for about {long} {account} was asked no more than sandbox.toml allows in a minute, under "
                f"[limits.{account.partition('/')[0]}]"
            )
        case PaceReason.NO_ANSWERS:
            return f"for {long} {account} did not answer ({times})"
    return f"for {long} everything waited because the records could not be written ({times})"
