"""One trial, whole: nothing leaves unguarded, and nothing that goes wrong is lost."""

import json

import pytest

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.guards import roster
from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.contracts.check import Check, passed
from sandbox.contracts.guard import GuardAction, GuardDecision, GuardSpec, Outgoing
from sandbox.contracts.preparer import RequestPreparer
from sandbox.domain.event import Event, TrialFinished, TrialStarted
from sandbox.domain.exchange import Message, ModelCard, Price, Request, Role, StructuredMode
from sandbox.domain.finding import Outcome
from sandbox.domain.trial import Case, Target, TrialStatus
from sandbox.errors import ErrorKind, ProviderError
from sandbox.pipeline.calling import CallPolicy, Line
from sandbox.pipeline.prompting import PromptRenderer
from sandbox.pipeline.trying import Bench, run_trial
from tests.examples import FEEDBACK

CASE = Case(id="a", inputs={"grade": "4", "student_work": "Renata says hi."}, roster=("Renata",))
WORDS = dict.fromkeys(("title", "why", "how", "mend", "source"), "-")
KIND = Check(
    name="kind", version="1", run=lambda subject: passed(subject.input_text("student_work")), **WORDS
)


class Doing:
    """A guard that does this."""

    def __init__(self, inspect) -> None:
        self._inspect = inspect

    def inspect(self, outgoing: Outgoing) -> GuardDecision:
        return self._inspect(outgoing)


def crash(outgoing: Outgoing) -> GuardDecision:
    """What a careless author writes."""
    raise ValueError(str(outgoing))


def refuse(outgoing: Outgoing) -> GuardDecision:
    """What a guard says when nothing may leave."""
    return GuardDecision(action=GuardAction.REFUSE, reason="It may not leave.", texts=outgoing.texts)


@pytest.fixture
def make_bench(make_prompt):
    """Makes a bench with this provider and these guards."""

    def make(
        provider, *, guards=(roster.GUARD,), preparers=(), mode=StructuredMode.NATIVE, price=None, tell=None
    ) -> Bench:
        card = ModelCard(name="m", structured=(mode,), price=price)
        return Bench(
            target=Target(prompt="note", prompt_version="1.0.0", prompt_digest="d", model="test/m"),
            renderer=PromptRenderer(make_prompt("{{ student_work }}")),
            artifact_type=Feedback,
            line=Line.alone(provider, card, CallPolicy(max_attempts=1, tell=tell)),
            guards=tuple(guards),
            preparers=tuple(preparers),
            checks=(KIND,),
        )

    return make


@pytest.mark.anyio
@pytest.mark.parametrize(
    "inspect", [crash, refuse, lambda _: None], ids=["crashes", "refuses", "says nothing"]
)
async def test_what_a_guard_does_not_let_through_is_not_sent(make_bench, inspect) -> None:
    """No call is made, no word of it is kept, and every check is an error."""
    provider = ScriptedProvider([json.dumps(FEEDBACK)])
    guard = GuardSpec(name="mine", version="1", summary="-", guard=Doing(inspect))

    tried = await run_trial(make_bench(provider, guards=(guard,)), CASE)

    assert provider.calls == 0
    assert tried.trial.status is TrialStatus.REFUSED
    assert "Renata" not in tried.trial.model_dump_json()
    assert tried.trial.findings[-1].outcome is Outcome.ERROR


@pytest.mark.anyio
async def test_checks_and_records_see_what_the_model_saw(make_bench) -> None:
    """The name is neither in what was sent, nor in what a check saw, nor in the record."""
    provider = ScriptedProvider([json.dumps(FEEDBACK)], keeps_requests=True)

    tried = await run_trial(make_bench(provider), CASE)

    assert tried.trial.findings[-1].reason == "[STUDENT_1] says hi."
    assert "Renata" not in tried.trial.model_dump_json()
    assert "Renata" not in repr(tried)
    assert tried.replaced == {"[STUDENT_1]": "Renata"}


@pytest.mark.anyio
@pytest.mark.parametrize("mode", StructuredMode)
async def test_only_models_that_need_words_are_asked_in_words(make_bench, mode: StructuredMode) -> None:
    """The schema stands in the prompt where nothing else holds the model to it."""
    provider = ScriptedProvider([json.dumps(FEEDBACK)], keeps_requests=True)

    await run_trial(make_bench(provider, mode=mode), CASE)

    (request,) = provider.requests
    system = next(message.content for message in request.messages if message.role is Role.SYSTEM)
    assert ("Answer as JSON" in system) is (mode in {StructuredMode.PROMPT, StructuredMode.JSON_OBJECT})
    assert request.output_schema is not None


@pytest.mark.anyio
async def test_what_the_provider_could_not_do_is_data(make_bench) -> None:
    """The kind and the words are kept; nothing is raised."""
    provider = ScriptedProvider([ProviderError(ErrorKind.CONTENT_FILTER, "It was filtered.")])

    trial = (await run_trial(make_bench(provider), CASE)).trial

    assert (trial.status, trial.error_kind, trial.problem) == (
        TrialStatus.FAILED,
        ErrorKind.CONTENT_FILTER,
        "It was filtered.",
    )


@pytest.mark.anyio
async def test_a_price_makes_a_cost_and_no_price_makes_none(make_bench) -> None:
    """An unknown cost is None, never nothing."""
    provider = ScriptedProvider([json.dumps(FEEDBACK)])
    price = Price(input_usd=1.0, output_usd=2.0)

    with_price = (await run_trial(make_bench(provider, price=price), CASE)).trial.completion
    without = (await run_trial(make_bench(provider), CASE)).trial.completion

    assert with_price is not None
    assert without is not None
    usage = with_price.usage
    assert with_price.cost_usd == pytest.approx((usage.input_tokens + 2 * usage.output_tokens) / 1e6)
    assert without.cost_usd is None


@pytest.mark.anyio
async def test_a_fingerprint_follows_everything_that_is_asked(make_bench) -> None:
    """Another case, repeat, label or wording is another trial; the same is the same."""
    provider = ScriptedProvider([json.dumps(FEEDBACK)])
    bench = make_bench(provider)
    same = (await run_trial(bench, CASE)).trial.fingerprint
    other_work = CASE.model_copy(update={"inputs": CASE.inputs | {"student_work": "Renata says no."}})
    others = [
        await run_trial(bench, CASE.model_copy(update={"id": "b"})),
        await run_trial(bench, CASE, repeat=2),
        await run_trial(bench, other_work),
        await run_trial(make_bench(provider, mode=StructuredMode.GRAMMAR), CASE),
    ]

    assert (await run_trial(make_bench(provider), CASE)).trial.fingerprint == same
    assert len({tried.trial.fingerprint for tried in others} | {same}) == 5


@pytest.mark.anyio
async def test_a_preparer_changes_what_is_asked_and_the_guards_see_it(make_bench) -> None:
    """What it adds is guarded like everything else."""
    provider = ScriptedProvider([json.dumps(FEEDBACK)], keeps_requests=True)

    def prepare(request: Request, card: ModelCard) -> Request:
        added = Message(role=Role.USER, content="Renata is new here.")
        return request.model_copy(update={"messages": (*request.messages, added)})

    preparer = RequestPreparer(name="mine", version="1", summary="-", prepare=prepare)
    tried = await run_trial(make_bench(provider, preparers=[preparer]), CASE)

    assert tried.trial.status is TrialStatus.ANSWERED
    assert provider.requests[0].messages[-1].content == "[STUDENT_1] is new here."


@pytest.mark.anyio
async def test_a_preparer_that_fails_sends_nothing(make_bench) -> None:
    """The trial is refused, with the reason and without a word of the case."""
    provider = ScriptedProvider([json.dumps(FEEDBACK)])
    preparer = RequestPreparer(name="mine", version="1", summary="-", prepare=crash)

    trial = (await run_trial(make_bench(provider, preparers=[preparer]), CASE)).trial

    assert provider.calls == 0
    assert trial.status is TrialStatus.REFUSED
    assert trial.problem == "Request preparer 'mine' failed with TypeError, so nothing was sent."
    assert trial.messages == ()
    assert trial.findings[-1].outcome is Outcome.ERROR


@pytest.mark.anyio
async def test_an_answer_that_was_mended_says_so(make_bench) -> None:
    """How often the model was asked again is on record."""
    provider = ScriptedProvider(["Sure!", json.dumps(FEEDBACK)])

    trial = (await run_trial(make_bench(provider), CASE)).trial

    assert (trial.status, trial.calls, trial.repairs) == (TrialStatus.ANSWERED, 2, 1)
    assert trial.messages[-1].content == "Mend it. The answer is not JSON."


@pytest.mark.anyio
async def test_the_start_and_the_end_of_a_trial_are_told(make_bench) -> None:
    """With figures, and without a word of what was said."""
    events: list[Event] = []
    provider = ScriptedProvider([json.dumps(FEEDBACK)])

    trial = (await run_trial(make_bench(provider, tell=events.append), CASE)).trial

    assert events[0] == TrialStarted(target=trial.target.label, case_id="a", repeat=1)
    assert isinstance(events[-1], TrialFinished)
    assert (events[-1].status, events[-1].calls, events[-1].is_recalled) == (
        TrialStatus.ANSWERED,
        1,
        False,
    )
    assert "says hi" not in repr(events)
