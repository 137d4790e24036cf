"""A whole evaluation, traced."""

import json
from pathlib import Path

import pytest

from sandbox.app import Sandbox
from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.contracts.observer import Observer
from sandbox.errors import ErrorKind, ProviderError

WORK = "3 + 2 = 5"
ANSWER = {"text": "no feedback"}


class _BusyOnce(ScriptedProvider):
    """Says "too often" at first."""

    is_busy = True

    async def complete(self, request):
        if self.is_busy:
            self.is_busy = False
            raise ProviderError(ErrorKind.RATE_LIMIT, "Too often.", status=429, retry_after_seconds=0)
        return await super().complete(request)


@pytest.fixture
def traced(memory, tmp_path: Path):
    """What an evaluation of two cases leaves in memory."""
    tracing = memory.tracing
    observer = Observer(name="traced", summary="-", observe=tracing.observe, close=tracing.close)
    provider = _BusyOnce(lambda request: json.dumps(ANSWER))
    with Sandbox(tmp_path, plugins=[], providers={"test": provider}, observers=[observer]) as sandbox:
        sandbox.evaluate("feedback", models=["test/m"], limit=2)
    return memory


def test_an_evaluation_is_one_trace(traced) -> None:
    """Every span of it hangs on the evaluation, and each trial has its attempts and findings."""
    (whole,) = traced.spans("evaluation")
    trials = traced.spans("trial")
    attempts = traced.spans("chat")

    assert {span.context.trace_id for span in traced.spans()} == {whole.context.trace_id}
    assert len(trials) == 2
    assert {trial.parent.span_id for trial in trials} == {whole.context.span_id}
    assert {chat.parent.span_id for chat in attempts} == {trial.context.span_id for trial in trials}
    assert [chat.attributes.get("error.type") for chat in attempts].count("rate_limit") == 1
    for trial in trials:
        mine = [chat for chat in attempts if chat.parent.span_id == trial.context.span_id]
        assert trial.attributes["sandbox.trial.calls"] == len(mine)
        assert {"gen_ai.evaluation.result"} <= {event.name for event in trial.events}


def test_no_text_stands_in_the_trace(traced) -> None:
    """Neither what students wrote nor what the model answered, nor the ids of cases."""
    told = "".join(span.to_json() for span in traced.spans())

    with Sandbox(plugins=[]) as sandbox:
        cases = sandbox.suite("feedback").cases[:2]
    for case in cases:
        assert case.id not in told
        assert str(case.inputs["student_work"])[:20] not in told
    assert ANSWER["text"] not in told
