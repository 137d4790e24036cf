"""Events as JSON lines: stable names, one line each, progress once a second."""

import io
import json
import threading

from sandbox.cli.event_lines import EventLines
from sandbox.domain.budget import Estimate
from sandbox.domain.event import ModelAsked, TrialFinished
from sandbox.domain.trial import TrialStatus
from tests.cli.progress_values import Clock, progress, target


def told(stream: io.StringIO) -> list[dict[str, object]]:
    """The objects that were written."""
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_line_under_its_name() -> None:
    """With its fields as they are called everywhere, and the moment in UTC."""
    lines = EventLines(stream := io.StringIO())

    lines.observe(
        TrialFinished(
            at=1_700_000_000.1234,
            trial="f" * 64,
            target="t",
            case_id="one\ntwo \ud800",
            repeat=1,
            status=TrialStatus.ANSWERED,
            calls=1,
            input_tokens=2,
            output_tokens=3,
            cost_usd=None,
            is_recalled=False,
        )
    )

    assert told(stream) == [
        {
            "event": "trial_finished",
            "at": "2023-11-14T22:13:20.123Z",
            "trial": "f" * 64,
            "target": "t",
            "case_id": "one\ntwo \ud800",
            "repeat": 1,
            "status": "answered",
            "calls": 1,
            "input_tokens": 2,
            "output_tokens": 3,
            "cost_usd": None,
            "is_recalled": False,
        }
    ]
    assert stream.getvalue().isascii()


def test_progress_is_told_once_a_second_and_at_the_end() -> None:
    """The estimate comes first, and once."""
    clock = Clock()
    estimate = Estimate(trials=400, recalled=100, input_tokens=9, most_output_tokens=8, basis="The cases.")
    with EventLines(stream := io.StringIO(), clock=clock) as lines:
        for done in range(100, 125):
            lines.update(progress(target(done=done), estimate=estimate))
            clock.now += 0.1

    first, *rest = told(stream)
    assert (first["event"], first["trials"], first["budget"]["cost_usd"]) == ("estimate", 400, None)
    assert {each["event"] for each in rest} == {"progress"}
    assert [each["targets"][0]["done"] for each in rest] == [100, 110, 120, 124]
    assert "estimate" not in rest[0]


def test_lines_of_two_threads_do_not_mix() -> None:
    """Events and progress come from different ones."""
    lines = EventLines(stream := io.StringIO(), clock=iter(range(10_000)).__next__)

    def observe() -> None:
        for attempt in range(300):
            lines.observe(ModelAsked(model="m", attempt=attempt))

    thread = threading.Thread(target=observe)
    thread.start()
    for _ in range(300):
        lines.update(progress())
    thread.join()

    assert len(told(stream)) == 600
