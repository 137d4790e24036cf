"""Events become spans that hang together, whatever is missing, and hold no words of people."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sandbox_opentelemetry import tracing as tracing_module
from sandbox_opentelemetry.tracing import Tracing

from sandbox.domain.event import (
    CheckFinished,
    EvaluationFinished,
    EvaluationStarted,
    ModelAnswered,
    ModelAsked,
    ModelFailed,
    PaceChanged,
    PaceReason,
    RecordsDelayed,
    RepairAsked,
    RetryScheduled,
    TargetStopped,
    TrialFinished,
    TrialStarted,
)
from sandbox.domain.finding import Outcome
from sandbox.domain.trial import TrialStatus
from sandbox.errors import ErrorKind

TARGET = "feedback 1.0.0 on bedrock/eu.some-model"
MODEL = "eu.some-model"


def evaluation(at: float = 100, name: str = "feedback-1", target: str = TARGET) -> EvaluationStarted:
    """An evaluation begins."""
    return EvaluationStarted(
        at=at, evaluation=name, suite="feedback", targets=(target,), planned=2, recalled=1
    )


def started(at: float = 101, trial: str = "a" * 64, case_id: str = "c") -> TrialStarted:
    """A trial begins."""
    return TrialStarted(at=at, trial=trial, target=TARGET, case_id=case_id, repeat=1)


def finished(
    at: float = 109, trial: str = "a" * 64, case_id: str = "c", status: TrialStatus = TrialStatus.ANSWERED
) -> TrialFinished:
    """A trial ends."""
    return TrialFinished(
        at=at,
        trial=trial,
        target=TARGET,
        case_id=case_id,
        repeat=1,
        status=status,
        calls=2,
        input_tokens=10,
        output_tokens=20,
        cost_usd=0.5,
        is_recalled=False,
    )


def tell(tracing: Tracing, *events) -> None:
    """Tell it these events."""
    for event in events:
        tracing.observe(event)


def test_attempts_hang_on_their_trial_and_trials_on_their_evaluation(memory) -> None:
    """Also with two trials under way at once, told in turns."""
    a, b = "a" * 64, "b" * 64
    tell(
        memory.tracing,
        evaluation(),
        started(101, a),
        started(102, b),
        ModelAsked(at=103, trial=a, model=MODEL, attempt=1),
        ModelAsked(at=104, trial=b, model=MODEL, attempt=1),
        ModelAnswered(at=105, trial=b, model=MODEL, latency_seconds=1, input_tokens=1, output_tokens=2),
        ModelAnswered(at=106, trial=a, model=MODEL, latency_seconds=3, input_tokens=3, output_tokens=4),
        finished(107, b),
        finished(108, a),
        EvaluationFinished(at=110, evaluation="feedback-1", recommendations=("hold",)),
    )

    (whole,) = memory.spans("evaluation feedback")
    first, second = memory.spans("trial")
    chats = memory.spans("chat")
    assert (whole.parent, whole.start_time, whole.end_time) == (None, 100 * 10**9, 110 * 10**9)
    assert whole.attributes["sandbox.recommendations"] == ("hold",)
    assert [first.attributes["sandbox.trial"], second.attributes["sandbox.trial"]] == [a, b]
    assert {span.parent.span_id for span in (first, second)} == {whole.context.span_id}
    assert [chat.parent.span_id for chat in chats] == [first.context.span_id, second.context.span_id]
    assert chats[0].attributes["gen_ai.usage.output_tokens"] == 4
    assert chats[0].attributes["gen_ai.provider.name"] == "aws.bedrock"
    assert chats[0].attributes["gen_ai.request.model"] == MODEL
    assert chats[0].kind.name == "CLIENT"
    assert [chats[0].start_time, chats[0].end_time] == [103 * 10**9, 106 * 10**9]


def test_an_attempt_that_fails_is_an_error_of_its_kind(memory) -> None:
    """The retry is told on the trial, which may end well all the same."""
    tell(
        memory.tracing,
        started(),
        ModelAsked(at=102, trial="a" * 64, model=MODEL, attempt=1),
        ModelFailed(at=104, trial="a" * 64, model=MODEL, kind=ErrorKind.RATE_LIMIT, status=429),
        RetryScheduled(at=104, trial="a" * 64, model=MODEL, kind=ErrorKind.RATE_LIMIT, wait_seconds=2.5),
        ModelAsked(at=107, trial="a" * 64, model=MODEL, attempt=2),
        ModelAnswered(
            at=108, trial="a" * 64, model=MODEL, latency_seconds=1, input_tokens=3, output_tokens=4
        ),
        RepairAsked(at=108, trial="a" * 64, model=MODEL, repair=1),
        finished(),
    )

    failed, answered = memory.spans("chat")
    (trial,) = memory.spans("trial")
    assert failed.attributes["error.type"] == "rate_limit"
    assert failed.attributes["http.response.status_code"] == 429
    assert (failed.status.status_code.name, answered.status.status_code.name) == ("ERROR", "UNSET")
    assert trial.status.status_code.name == "UNSET"
    assert [(event.name, event.timestamp) for event in trial.events] == [
        ("sandbox.retry", 104 * 10**9),
        ("sandbox.repair", 108 * 10**9),
    ]
    assert trial.events[0].attributes["sandbox.retry.wait_seconds"] == 2.5


def test_what_checks_say_stands_on_the_trial_without_the_reason(memory) -> None:
    """A check that could not be made is an error."""
    check = {"trial": "a" * 64, "version": "2"}
    tell(
        memory.tracing,
        started(),
        CheckFinished(at=103, check="must_say", outcome=Outcome.FAIL, **check),
        CheckFinished(at=103, check="minutes_add_up", outcome=Outcome.ERROR, **check),
        finished(),
    )

    (trial,) = memory.spans("trial")
    assert [(event.name, dict(event.attributes)) for event in trial.events] == [
        (
            "gen_ai.evaluation.result",
            {
                "gen_ai.evaluation.name": "must_say",
                "gen_ai.evaluation.score.label": "fail",
                "sandbox.check.version": "2",
            },
        ),
        (
            "gen_ai.evaluation.result",
            {
                "gen_ai.evaluation.name": "minutes_add_up",
                "gen_ai.evaluation.score.label": "error",
                "sandbox.check.version": "2",
                "error.type": "_OTHER",
            },
        ),
    ]


def test_calls_are_measured(memory) -> None:
    """How long they took and how many tokens, by provider and model."""
    tell(
        memory.tracing,
        started(),
        ModelAsked(at=102, trial="a" * 64, model=MODEL, attempt=1),
        ModelFailed(at=104, trial="a" * 64, model=MODEL, kind=ErrorKind.TIMEOUT),
        ModelAsked(at=105, trial="a" * 64, model=MODEL, attempt=2),
        ModelAnswered(
            at=108, trial="a" * 64, model=MODEL, latency_seconds=3, input_tokens=30, output_tokens=40
        ),
    )

    metrics = memory.metrics()
    call = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "aws.bedrock",
        "gen_ai.request.model": MODEL,
    }
    assert metrics["gen_ai.client.operation.duration"] == [
        ({**call, "error.type": "timeout"}, 1, 2.0),
        (call, 1, 3),
    ]
    assert metrics["gen_ai.client.token.usage"] == [
        ({**call, "gen_ai.token.type": "input"}, 1, 30),
        ({**call, "gen_ai.token.type": "output"}, 1, 40),
    ]


def test_what_holds_an_evaluation_up_stands_on_it(memory) -> None:
    """Without the reasons in words."""
    pace = {"account": "openai", "before": 8, "after": 4, "reason": PaceReason.RATE_LIMIT}
    tell(
        memory.tracing,
        evaluation(),
        PaceChanged(at=101, pause_seconds=12, **pace),
        RecordsDelayed(at=102, reason="locked by Maria"),
        TargetStopped(at=103, target=TARGET, reason="Maria said"),
        EvaluationFinished(at=104, evaluation="feedback-1", recommendations=("hold",)),
    )

    (whole,) = memory.spans()
    assert [event.name for event in whole.events] == [
        "sandbox.pace_changed",
        "sandbox.records_delayed",
        "sandbox.target_stopped",
    ]
    assert whole.events[0].attributes["sandbox.pace.after"] == 4
    assert "Maria" not in whole.to_json()


def test_a_trial_without_an_end_ends_with_its_evaluation(memory) -> None:
    """So does its attempt; nothing is kept."""
    tell(
        memory.tracing,
        evaluation(),
        started(),
        ModelAsked(at=102, trial="a" * 64, model=MODEL, attempt=1),
        EvaluationFinished(at=104, evaluation="feedback-1", recommendations=("hold",)),
    )

    assert [span.end_time for span in memory.spans()] == [104 * 10**9] * 3
    assert not memory.tracing._trials
    assert not memory.tracing._evaluation_of


def test_closing_ends_what_is_open(memory) -> None:
    """An evaluation that was interrupted is seen, too."""
    tell(memory.tracing, evaluation(), started())
    memory.tracing.close()

    assert [span.end_time for span in memory.spans()] == [101 * 10**9] * 2


def test_trials_that_never_end_do_not_pile_up(memory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest are ended; nor do evaluations pile up."""
    monkeypatch.setattr(tracing_module, "_MOST_TRIALS", 3)
    monkeypatch.setattr(tracing_module, "_MOST_EVALUATIONS", 3)

    for number in range(10):
        tell(memory.tracing, evaluation(100 + number, f"e-{number}", f"p 1.0.0 on a/{number}"))
        tell(memory.tracing, started(100 + number, f"{number:064}"))

    assert list(memory.tracing._trials) == [f"{number:064}" for number in (7, 8, 9)]
    assert len(memory.tracing._evaluations) == len(memory.tracing._evaluation_of) == 3
    assert len(memory.spans("trial")) == 7


def test_a_clock_that_is_set_back_makes_no_span_end_before_it_began(memory) -> None:
    """Computers correct their clocks."""
    tell(memory.tracing, started(101), finished(90))

    (span,) = memory.spans()
    assert span.end_time == span.start_time


def test_events_without_their_beginning_are_left_aside(memory) -> None:
    """Observers may lose events; what cannot be told apart is not guessed."""
    tell(memory.tracing, ModelAsked(at=1, model=MODEL, attempt=1), finished(2), started(3, ""))
    memory.tracing.close()

    assert memory.spans() == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(words=st.text(min_size=1, max_size=40), status=st.sampled_from(TrialStatus))
def test_nothing_that_people_word_leaves(memory, words: str, status: TrialStatus) -> None:
    """Ids of cases and reasons may be anything, such as a student's name."""
    secret = f"Ada {words}"
    memory.exporter.clear()
    tell(
        memory.tracing,
        evaluation(),
        started(case_id=secret),
        RecordsDelayed(at=102, reason=secret),
        TargetStopped(at=103, target=TARGET, reason=secret),
        finished(case_id=secret, status=status),
        EvaluationFinished(at=110, evaluation="feedback-1", recommendations=("hold",)),
    )

    told = "".join(span.to_json() for span in memory.spans())
    assert len(memory.spans()) == 2
    assert "Ada" not in told
    assert json.dumps(secret)[1:-1] not in told


def test_without_an_sdk_nothing_is_kept_after_the_end() -> None:
    """The API alone makes spans that record nothing."""
    tracing = Tracing()

    tell(
        tracing,
        evaluation(),
        started(),
        ModelAsked(at=102, trial="a" * 64, model=MODEL, attempt=1),
        finished(),
        EvaluationFinished(at=110, evaluation="feedback-1", recommendations=("hold",)),
    )

    assert not tracing._trials
    assert not tracing._evaluations
