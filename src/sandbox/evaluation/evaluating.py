"""An evaluation from start to end: a suite on its targets, to scorecards and verdicts on record."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.contracts.check import Check
from sandbox.contracts.executor import Executor
from sandbox.contracts.store import Store
from sandbox.domain.budget import Budget, Estimate
from sandbox.domain.event import EvaluationFinished, EvaluationStarted
from sandbox.domain.scorecard import Evaluation, Scorecard, TargetResult
from sandbox.domain.trial import Case, Target
from sandbox.errors import InputError, StoppedError, UnknownNameError
from sandbox.evaluation.collecting import collecting_seldom
from sandbox.evaluation.estimating import estimate
from sandbox.evaluation.gate import judge
from sandbox.evaluation.keeping import Keeper
from sandbox.evaluation.measured import with_standings
from sandbox.evaluation.running import TargetRun, first_cause
from sandbox.evaluation.suite import GatePolicy, LoadedSuite
from sandbox.evaluation.watching import Watch, Watcher
from sandbox.pipeline.calling import Tell
from sandbox.pipeline.spending import Spending
from sandbox.pipeline.trying import Bench

Confirm = Callable[[Estimate], bool]
"""Agrees to what an evaluation is going to take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be tried, how, and who is asked and told meanwhile."""

    loaded: LoadedSuite
    benches: Sequence[Bench]
    """One for each target; they share one purse."""
    cases: Sequence[Case]
    repeats: int
    store: Store
    executor: Executor
    watch: Watch | None = None
    confirm: Confirm = lambda _: True

    @property
    def spending(self) -> Spending:
        """What all targets are paid from."""
        return self.benches[0].line.purse.spending

    @property
    def tell(self) -> Tell | None:
        """Who is told what happens."""
        return self.benches[0].line.policy.tell


async def evaluate_suite(plan: Plan) -> Evaluation:
    """Try these cases of a suite on every target, and judge.

    The same suite, targets, cases, repeats and label make the same evaluation: what is on record goes on.

    Raises:
        BusyError: another process is at this evaluation.
        InputError: a case does not fit the prompt, or a cap is set and a price unknown.
        StoppedError: the estimate was not agreed to.
        StoreError: the records cannot be read or written.
    """
    planned = begin_evaluation(
        plan.loaded,
        [bench.target for bench in plan.benches],
        cases=len(plan.cases),
        repeats=plan.repeats,
        label=plan.benches[0].label,
        ways=[bench.ways for bench in plan.benches],
        store=plan.store,
    )
    with plan.store.claim(planned.id):
        plan.store.save_evaluation(planned)
        runs = [
            TargetRun(bench, plan.cases, repeats=plan.repeats, evaluation_id=planned.id, store=plan.store)
            for bench in plan.benches
        ]
        await _run(plan, planned, runs)
        finished = finish_evaluation(
            dated(planned, plan.benches),
            [run.scorecard() for run in runs],
            plan.loaded.suite.gate,
            plan.store,
            plan.benches[0].checks,
        )
    if plan.tell:
        advice = tuple(result.verdict.recommendation.value for result in finished.results)
        plan.tell(EvaluationFinished(evaluation=finished.id, recommendations=advice))
    return finished


async def _run(plan: Plan, planned: Evaluation, runs: Sequence[TargetRun]) -> None:
    keeper = Keeper(plan.store, plan.tell)
    watcher = Watcher(runs, plan.watch, plan.spending, lambda: keeper.trouble)
    for run in runs:
        run.recall()
    outlook = estimate([run.outlook() for run in runs])
    watcher.estimate = outlook
    if plan.tell:
        plan.tell(
            EvaluationStarted(
                evaluation=planned.id,
                suite=planned.suite,
                targets=tuple(bench.target.label for bench in plan.benches),
                planned=len(plan.benches) * len(plan.cases) * plan.repeats,
                recalled=outlook.recalled,
            )
        )
    if outlook.trials:
        see_to_budget(outlook, plan.spending.budget, plan.confirm)
    plan.spending.begin()
    watcher.begin()
    try:
        with collecting_seldom():
            await plan.executor.execute([run.lane(keeper) for run in runs])
    except BaseExceptionGroup as group_of_causes:
        raise first_cause(group_of_causes) from group_of_causes
    finally:
        await keeper.close()
        watcher.end()


def see_to_budget(outlook: Estimate, budget: Budget, confirm: Confirm) -> None:
    """Make sure that the cost is known where it is capped, and that it is agreed to.

    Raises:
        InputError: the cost has a cap, and a price is not known.
        StoppedError: it is not agreed to.
    """
    if budget.cost_usd is not None and outlook.unpriced:
        names = ", ".join(f'"{name}"' for name in outlook.unpriced)
        raise InputError(
            f"There is a cap of ${budget.cost_usd:,.2f}, and nobody knows what {names} costs. Write the "
            "price of a million tokens into sandbox.toml under [prices], or install the price list: "
            "pip install 'lesson-sandbox[prices]'."
        )
    if not confirm(outlook):
        raise StoppedError("Nothing was asked: the estimate was not agreed to.")


def needs_cap_above(cost_usd: float, budget: Budget) -> Confirm:
    """Agrees to what costs no more than that, has a cap, or has a price that nobody knows.

    Raises:
        InputError: on being asked to agree to more.
    """

    def confirm(outlook: Estimate) -> bool:
        cost = outlook.likely_cost_usd if outlook.likely_cost_usd is not None else outlook.most_cost_usd
        if cost is not None and cost > cost_usd and budget.cost_usd is None:
            cap = max(1, round(cost))
            raise InputError(
                f"{outlook.trials:,} answers may cost ${cost:,.2f}. Set a cap, such as --max-cost {cap} or "
                f"budget={cap} in Python, or raise confirm_above_usd in sandbox.toml."
            )
        return True

    return confirm


def begin_evaluation(
    loaded: LoadedSuite,
    targets: Sequence[Target],
    *,
    cases: int,
    repeats: int,
    label: str,
    ways: Sequence[str] = (),
    store: Store,
) -> Evaluation:
    """The evaluation that is about to run, under the id that the same suite, targets and so on always give.

    `ways` is whatever else the requests depend on, besides suite and targets.
    """
    parts = [loaded.digest, *(target.model_dump_json() for target in targets)]
    parts += [str(cases), str(repeats), label, *ways]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    evaluation_id = f"{loaded.suite.name}-{digest[:8]}"
    try:
        started_at = store.evaluation(evaluation_id).started_at
    except UnknownNameError:
        started_at = datetime.now(UTC)
    return Evaluation(
        id=evaluation_id,
        suite=loaded.suite.name,
        suite_version=loaded.suite.version,
        suite_digest=loaded.digest,
        summary=loaded.suite.summary,
        label=label,
        cases=cases,
        suite_cases=len(loaded.cases),
        repeats=repeats,
        started_at=started_at,
    )


def dated(evaluation: Evaluation, benches: Sequence[Bench]) -> Evaluation:
    """The evaluation from its first recorded moment to its last, if it was recorded or replayed."""
    periods = [bench.tape.period for bench in benches if bench.tape]
    firsts = [period.first for period in periods if period.first]
    lasts = [period.last for period in periods if period.last]
    if not firsts or not lasts:
        return evaluation
    return evaluation.model_copy(update={"started_at": min(firsts), "finished_at": max(lasts)})


def finish_evaluation(
    evaluation: Evaluation,
    scorecards: Sequence[Scorecard],
    policy: GatePolicy,
    store: Store,
    checks: Sequence[Check],
) -> Evaluation:
    """The evaluation with its scorecards and the verdicts on them, put on record."""
    finished = evaluation.model_copy(
        update={
            "finished_at": evaluation.finished_at or datetime.now(UTC),
            "results": tuple(
                TargetResult(scorecard=scorecard, verdict=judge(scorecard, policy))
                for scorecard in with_standings(scorecards, checks)
            ),
        }
    )
    store.save_evaluation(finished)
    return finished
