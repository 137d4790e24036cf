"""Events become spans: evaluation > trial > attempt, with what the checks said as events on the trial.

No case id and no reason leaves: people and services word them. A trial is known by its fingerprint.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from opentelemetry.metrics import MeterProvider
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, TracerProvider, get_tracer
from opentelemetry.trace.propagation import set_span_in_context
from opentelemetry.util.types import AttributeValue

from sandbox.domain.event import (
    CheckFinished,
    EvaluationFinished,
    EvaluationStarted,
    Event,
    ModelAnswered,
    ModelAsked,
    ModelFailed,
    PaceChanged,
    RecordsDelayed,
    RepairAsked,
    RetryScheduled,
    TargetStopped,
    TrialFinished,
    TrialStarted,
)
from sandbox.domain.finding import Outcome
from sandbox.domain.trial import TrialStatus
from sandbox_opentelemetry import conventions as names
from sandbox_opentelemetry.metering import Metering

_MOST_TRIALS = 10_000
"""More are never open at once: those that began first are ended, because their end was never told."""
_MOST_EVALUATIONS = 100


@dataclass(slots=True)
class _Open:
    """A span that has not ended, and when it began."""

    span: Span
    began: float

    def end(self, at: float) -> None:
        """End it; never before its beginning, also if somebody set the clock back."""
        self.span.end(end_time=_nanoseconds(max(at, self.began)))


@dataclass(slots=True)
class _Trial:
    """A trial that is under way."""

    open: _Open
    provider: str
    evaluation: str
    attempt: _Open | None = None

    def end(self, at: float) -> None:
        """End it, with an attempt whose end was never told."""
        if self.attempt is not None:
            self.attempt.end(at)
            self.attempt = None
        self.open.end(at)


class Tracing:
    """Hears events and makes spans and metrics of them; without an SDK that does nothing."""

    def __init__(self, tracers: TracerProvider | None = None, meters: MeterProvider | None = None) -> None:
        self._tracer = get_tracer("sandbox_opentelemetry", tracer_provider=tracers)
        self._metering = Metering(meters)
        self._evaluations: OrderedDict[str, _Open] = OrderedDict()
        self._evaluation_of: dict[str, str] = {}
        """The evaluation that a target is in; the latest, if it is in several."""
        self._trials: OrderedDict[str, _Trial] = OrderedDict()
        self._now = 0.0

    def observe(self, event: Event) -> None:
        """Take in an event."""
        self._now = event.at
        match event:
            case EvaluationStarted():
                self._begin_evaluation(event)
            case EvaluationFinished():
                self._end_evaluation(event.evaluation, event.recommendations)
            case TrialStarted():
                self._begin_trial(event)
            case PaceChanged() | RecordsDelayed() | TargetStopped():
                self._tell_all(event)
            case _ if (trial := self._trials.get(event.trial)) is not None:
                self._observe_trial(event, trial)

    def close(self) -> None:
        """End whatever is open."""
        for trial in self._trials.values():
            trial.end(self._now)
        for evaluation in self._evaluations.values():
            evaluation.end(self._now)
        self._trials.clear()
        self._evaluations.clear()
        self._evaluation_of.clear()

    def _observe_trial(self, event: Event, trial: _Trial) -> None:
        match event:
            case ModelAsked():
                self._begin_attempt(event, trial)
            case ModelAnswered():
                self._end_attempt(event, trial)
            case ModelFailed():
                self._fail_attempt(event, trial)
            case RetryScheduled():
                retry: dict[str, AttributeValue] = {
                    names.ERROR_TYPE: event.kind.value,
                    "sandbox.retry.wait_seconds": event.wait_seconds,
                }
                self._tell(trial.open.span, "sandbox.retry", retry)
            case RepairAsked():
                self._tell(trial.open.span, "sandbox.repair", {"sandbox.repair": event.repair})
            case CheckFinished():
                self._tell(trial.open.span, names.EVALUATION_RESULT, _result(event))
            case TrialFinished():
                self._end_trial(event, trial)

    def _begin_evaluation(self, event: EvaluationStarted) -> None:
        self._end_evaluation(event.evaluation, ())
        while len(self._evaluations) >= _MOST_EVALUATIONS:
            self._end_evaluation(next(iter(self._evaluations)), ())
        span = self._tracer.start_span(
            f"evaluation {event.suite}",
            start_time=_nanoseconds(event.at),
            attributes={
                "sandbox.evaluation": event.evaluation,
                "sandbox.suite": event.suite,
                "sandbox.targets": event.targets,
                "sandbox.trials.planned": event.planned,
                "sandbox.trials.recalled": event.recalled,
            },
        )
        self._evaluations[event.evaluation] = _Open(span, event.at)
        self._evaluation_of |= dict.fromkeys(event.targets, event.evaluation)

    def _end_evaluation(self, evaluation: str, recommendations: tuple[str, ...]) -> None:
        found = self._evaluations.pop(evaluation, None)
        if found is None:
            return
        left = [key for key, trial in self._trials.items() if trial.evaluation == evaluation]
        for fingerprint in left:
            self._trials.pop(fingerprint).end(self._now)
        for target in [target for target, its in self._evaluation_of.items() if its == evaluation]:
            del self._evaluation_of[target]
        if recommendations:
            found.span.set_attribute("sandbox.recommendations", recommendations)
        found.end(self._now)

    def _begin_trial(self, event: TrialStarted) -> None:
        if not event.trial:
            return  # what belongs to it could not be told from what belongs to others
        if (earlier := self._trials.pop(event.trial, None)) is not None:
            earlier.end(event.at)
        while len(self._trials) >= _MOST_TRIALS:
            self._trials.popitem(last=False)[1].end(event.at)
        evaluation = self._evaluation_of.get(event.target, "")
        parent = self._evaluations.get(evaluation)
        span = self._tracer.start_span(
            f"trial {event.target}",
            context=set_span_in_context(parent.span) if parent is not None else None,
            start_time=_nanoseconds(event.at),
            attributes={
                "sandbox.target": event.target,
                "sandbox.trial": event.trial,
                "sandbox.trial.repeat": event.repeat,
            },
        )
        provider = names.provider_name(event.target)
        self._trials[event.trial] = _Trial(_Open(span, event.at), provider, evaluation)

    def _end_trial(self, event: TrialFinished, trial: _Trial) -> None:
        del self._trials[event.trial]
        span = trial.open.span
        span.set_attribute("sandbox.trial.status", event.status.value)
        span.set_attribute("sandbox.trial.calls", event.calls)
        span.set_attribute("sandbox.trial.is_recalled", event.is_recalled)
        if event.cost_usd is not None:
            span.set_attribute("sandbox.trial.cost_usd", event.cost_usd)
        if event.status is TrialStatus.FAILED:
            span.set_status(Status(StatusCode.ERROR))
        trial.end(event.at)

    def _begin_attempt(self, event: ModelAsked, trial: _Trial) -> None:
        if trial.attempt is not None:
            trial.attempt.end(event.at)
        span = self._tracer.start_span(
            f"chat {event.model}",
            context=set_span_in_context(trial.open.span),
            kind=SpanKind.CLIENT,
            start_time=_nanoseconds(event.at),
            attributes={**_call(event, trial), "sandbox.attempt": event.attempt},
        )
        trial.attempt = _Open(span, event.at)

    def _end_attempt(self, event: ModelAnswered, trial: _Trial) -> None:
        self._metering.answered(event, _call(event, trial))
        if trial.attempt is None:
            return
        trial.attempt.span.set_attribute(names.INPUT_TOKENS, event.input_tokens)
        trial.attempt.span.set_attribute(names.OUTPUT_TOKENS, event.output_tokens)
        trial.attempt.end(event.at)
        trial.attempt = None

    def _fail_attempt(self, event: ModelFailed, trial: _Trial) -> None:
        if trial.attempt is None:
            return
        self._metering.failed(event, event.at - trial.attempt.began, _call(event, trial))
        span = trial.attempt.span
        span.set_attribute(names.ERROR_TYPE, event.kind.value)
        if event.status is not None:
            span.set_attribute(names.HTTP_STATUS, event.status)
        span.set_status(Status(StatusCode.ERROR))
        trial.attempt.end(event.at)
        trial.attempt = None

    def _tell_all(self, event: PaceChanged | RecordsDelayed | TargetStopped) -> None:
        """Note on every evaluation that is under way what may have held it up."""
        told: dict[str, AttributeValue] = {}
        match event:
            case PaceChanged():
                name = "sandbox.pace_changed"
                told = {
                    "sandbox.account": event.account,
                    "sandbox.pace.before": event.before,
                    "sandbox.pace.after": event.after,
                    "sandbox.pace.reason": event.reason.value,
                    "sandbox.pace.pause_seconds": event.pause_seconds,
                }
            case RecordsDelayed():
                name = "sandbox.records_delayed"
            case TargetStopped():
                name, told = "sandbox.target_stopped", {"sandbox.target": event.target}
        for evaluation in self._evaluations.values():
            self._tell(evaluation.span, name, told)

    def _tell(self, span: Span, name: str, told: Mapping[str, AttributeValue]) -> None:
        span.add_event(name, told, timestamp=_nanoseconds(self._now))


def _call(event: ModelAsked | ModelAnswered | ModelFailed, trial: _Trial) -> dict[str, AttributeValue]:
    """What is said of every call."""
    return {names.OPERATION: "chat", names.PROVIDER: trial.provider, names.MODEL: event.model}


def _result(event: CheckFinished) -> dict[str, AttributeValue]:
    """What a check said, without its reason."""
    told: dict[str, AttributeValue] = {
        names.EVALUATION_NAME: event.check,
        names.EVALUATION_LABEL: event.outcome.value,
        "sandbox.check.version": event.version,
    }
    return told | {names.ERROR_TYPE: "_OTHER"} if event.outcome is Outcome.ERROR else told


def _nanoseconds(at: float) -> int:
    return int(at * 1e9)
