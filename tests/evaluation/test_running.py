"""Running: whatever the services do, every trial is made once, kept, and counted."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence

import pytest

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.executors.side_by_side import SideBySide
from sandbox.contracts.check import Check, passed
from sandbox.domain.budget import Budget
from sandbox.domain.event import Event, TargetStopped
from sandbox.domain.exchange import ModelCard, Price
from sandbox.domain.scorecard import Scorecard
from sandbox.domain.trial import Case, Target, TrialStatus
from sandbox.errors import ErrorKind
from sandbox.evaluation.keeping import Keeper
from sandbox.evaluation.running import TargetRun
from sandbox.pipeline.calling import CallPolicy, Line
from sandbox.pipeline.pacing import Pace, PacePolicy
from sandbox.pipeline.prompting import PromptRenderer
from sandbox.pipeline.spending import Purse, Spending
from sandbox.pipeline.trying import Bench
from tests import virtual_time
from tests.conftest import MakePrompt
from tests.examples import FEEDBACK
from tests.memory_store import MemoryStore
from tests.simulated_service import SimulatedService

ANSWER = json.dumps(FEEDBACK)
WORDS = dict.fromkeys(("title", "why", "how", "mend", "source"), "-")
KIND = Check(name="kind", version="1", run=lambda _: passed("It is."), is_quick=True, **WORDS)
PRICE = Price(input_usd=0, output_usd=1000)


def cases(n: int, text: str = "Work") -> list[Case]:
    """So many cases, each with its own work."""
    return [
        Case(id=f"case-{each}", inputs={"grade": "4", "student_work": f"{text} {each}"})
        for each in range(n)
    ]


class Suite:
    """Targets that are tried together, as often as one likes, with one store."""

    def __init__(self, make_prompt: MakePrompt, store: MemoryStore | None = None) -> None:
        self.store = store or MemoryStore()
        self.events: list[Event] = []
        self.spending = Spending()
        self._prompt = make_prompt("{{ student_work }}")

    def bench(
        self, service: SimulatedService, name: str, *, most: int = 200, checks: Sequence[Check] = (KIND,)
    ) -> Bench:
        """The bench of a target."""
        card = ModelCard(name=name, price=PRICE)
        return Bench(
            target=Target(prompt="note", prompt_version="1", prompt_digest="d", model=f"simulated/{name}"),
            renderer=PromptRenderer(self._prompt),
            artifact_type=Feedback,
            line=Line(
                provider=service,
                card=card,
                policy=CallPolicy(tell=self.events.append),
                pace=Pace(name, PacePolicy(most=most), self.events.append),
                purse=Purse(self.spending, card),
            ),
            guards=(),
            checks=tuple(checks),
        )

    def run(
        self, *benches: Bench, tried: Sequence[Case], repeats: int = 1, budget: Budget | None = None
    ) -> list[Scorecard]:
        """The scorecard of each."""
        self.spending.__init__(budget or Budget())  # type: ignore[misc]  # each run has its own caps
        return virtual_time.run(self._run(benches, tried, repeats))

    async def _run(self, benches: Sequence[Bench], tried: Sequence[Case], repeats: int) -> list[Scorecard]:
        runs = [
            TargetRun(bench, tried, repeats=repeats, evaluation_id="e", store=self.store)
            for bench in benches
        ]
        keeper = Keeper(self.store)
        for run in runs:
            run.recall()
        self.spending.begin()
        await SideBySide().execute([run.lane(keeper) for run in runs])
        await keeper.close()
        self.seconds = asyncio.get_running_loop().time()
        return [run.scorecard() for run in runs]


@pytest.fixture
def suite(make_prompt: MakePrompt) -> Suite:
    """Targets with a store in memory."""
    return Suite(make_prompt)


def test_five_thousand_trials_on_a_bad_day(suite: Suite) -> None:
    """10 % refused, 5 % failing, 2 % dropped: five thousand results, none twice, every call counted."""
    service = SimulatedService(
        answer=ANSWER,
        latency_seconds=0.5,
        retry_after_seconds=1,
        faults={ErrorKind.RATE_LIMIT: 0.10, ErrorKind.TRANSIENT: 0.05, ErrorKind.BAD_RESPONSE: 0.02},
    )
    bench = suite.bench(service, "bad-day")

    (scorecard,) = suite.run(bench, tried=cases(5_000))
    kept = list(suite.store.trials("e", bench.target))

    assert scorecard.answered == len(kept) == 5_000
    assert [trial.case_id for trial in kept] == [f"case-{each}" for each in range(5_000)]
    assert service.answers == 5_000
    assert service.calls == sum(trial.calls for trial in kept) == suite.spending.calls
    assert 1.15 < service.calls / 5_000 < 1.30


def test_a_slow_target_does_not_starve_another(suite: Suite) -> None:
    """The quick one is through while the slow one has hardly begun."""
    slow = SimulatedService(answer=ANSWER, latency_seconds=30)
    quick = SimulatedService(answer=ANSWER, latency_seconds=0.1)

    suite.run(suite.bench(slow, "slow", most=2), suite.bench(quick, "quick"), tried=cases(200))

    assert max(quick.began) < 20
    assert slow.calls == 200


def test_two_targets_of_one_account_take_turns(suite: Suite) -> None:
    """Neither waits for the other's last trial."""
    service = SimulatedService(answer=ANSWER)
    first, second = (suite.bench(service, name, most=4) for name in ("a", "b"))
    shared = Line(provider=service, card=second.line.card, pace=first.line.pace, purse=second.line.purse)
    object.__setattr__(second, "line", shared)
    order: list[str] = []
    service_complete = service.complete

    async def noting(request):
        order.append(request.model)
        return await service_complete(request)

    service.complete = noting  # type: ignore[method-assign]  # it notes whose turn it is
    suite.run(first, second, tried=cases(100))

    half = Counter(order[:100])
    assert min(half["a"], half["b"]) > 30


def test_what_is_on_record_is_not_asked_again(suite: Suite) -> None:
    """A second time asks nobody, and counts the same."""
    service = SimulatedService(answer=ANSWER)

    before = suite.run(suite.bench(service, "m"), tried=cases(50), repeats=3)
    after = suite.run(suite.bench(service, "m"), tried=cases(50), repeats=3)

    assert service.calls == 150
    assert after == before


def test_only_what_failed_is_made_again(suite: Suite) -> None:
    """A trial without an answer is no evidence: it is asked anew."""
    service = SimulatedService(answer=ANSWER, faults={ErrorKind.CONTENT_FILTER: 0.3})
    (before,) = suite.run(suite.bench(service, "m"), tried=cases(100))
    failed = before.failed
    service.faults, service.calls = {}, 0

    (after,) = suite.run(suite.bench(service, "m"), tried=cases(100))

    assert 10 < failed < 60
    assert service.calls == failed
    assert (after.answered, after.failed) == (100, 0)


def test_a_suite_that_was_edited_asks_only_for_what_changed(suite: Suite) -> None:
    """Ten cases of fifty have other work now, and five are new."""
    service = SimulatedService(answer=ANSWER)
    old = cases(50)
    suite.run(suite.bench(service, "m"), tried=old)
    service.calls = 0
    new = [*cases(10, "Other work"), *old[10:], *cases(55)[50:]]

    suite.store._places.clear()  # an edited suite is another evaluation, which has no trials of its own yet
    (scorecard,) = suite.run(suite.bench(service, "m"), tried=new)

    assert service.calls == 15
    assert scorecard.answered == 55


def test_repeats_are_never_answered_from_one_another(suite: Suite) -> None:
    """Five repeats are five calls, and five trials on record."""
    service = SimulatedService(answer=ANSWER)
    bench = suite.bench(service, "m")

    suite.run(bench, tried=cases(2), repeats=5)
    kept = list(suite.store.trials("e", bench.target))

    assert service.calls == 10
    assert len({trial.fingerprint for trial in kept}) == 10
    assert [trial.repeat for trial in kept] == [1, 2, 3, 4, 5] * 2


def test_another_version_of_a_check_looks_at_old_answers_anew(suite: Suite) -> None:
    """Nobody is asked for that."""
    service = SimulatedService(answer=ANSWER)
    suite.run(suite.bench(service, "m"), tried=cases(5))
    newer = Check(name="kind", version="2", run=lambda _: passed("Still."), is_quick=True, **WORDS)
    bench = suite.bench(service, "m", checks=[newer])

    suite.run(bench, tried=cases(5))

    assert service.calls == 5
    assert {trial.findings[0].version for trial in suite.store.trials("e", bench.target)} == {"2"}


def test_a_service_that_is_gone_leaves_no_failed_trials(suite: Suite) -> None:
    """The target stops, its record holds what was answered, and the same again makes the rest."""
    service = SimulatedService(answer=ANSWER, down=(3, 10_000))
    (before,) = suite.run(suite.bench(service, "m", most=20), tried=cases(300))
    service.down, service.calls = (0, 0), 0
    answered = before.answered

    (after,) = suite.run(suite.bench(service, "m", most=20), tried=cases(300))

    assert 20 <= answered < 300
    assert before.failed < 20
    assert "has not answered for" in before.stopped
    assert [event.target for event in suite.events if isinstance(event, TargetStopped)] == [
        before.target.label
    ]
    assert service.calls == 300 - answered
    assert (after.answered, after.stopped) == (300, "")


def test_a_budget_ends_it_and_a_higher_one_goes_on(suite: Suite) -> None:
    """What was paid for is on record; no trial counts as failed for want of money."""
    service = SimulatedService(answer=ANSWER, output_tokens=(100, 100))

    (before,) = suite.run(suite.bench(service, "m"), tried=cases(100), budget=Budget(cost_usd=6))
    spent = service.answers * PRICE.output_usd * 100 / 1_000_000
    (after,) = suite.run(suite.bench(service, "m"), tried=cases(100), budget=Budget(cost_usd=60))

    assert 0 < before.answered < 100
    assert before.failed == 0
    assert before.stopped.startswith("Of $6.00 ")
    assert spent <= 6
    assert after.answered == 100
    assert service.answers == 100


def test_a_wrong_key_stops_at_once(suite: Suite) -> None:
    """Every other request must fail in the same way."""
    service = SimulatedService(answer=ANSWER, faults={ErrorKind.AUTHENTICATION: 1.0})

    bench = suite.bench(service, "m", most=4)
    (scorecard,) = suite.run(bench, tried=cases(500))

    assert scorecard.failed <= 10
    assert "it says authentication" in scorecard.stopped
    assert {trial.status for trial in suite.store.trials("e", bench.target)} == {TrialStatus.FAILED}
