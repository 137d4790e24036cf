"""An evaluation from start to end: a suite on its targets, to scorecards and verdicts on record."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from sandbox.contracts.executor import Executor
from sandbox.contracts.store import Store
from sandbox.domain.event import EvaluationFinished, EvaluationStarted
from sandbox.domain.scorecard import Evaluation, Scorecard, TargetResult
from sandbox.domain.trial import Case, Target
from sandbox.errors import UnknownNameError
from sandbox.evaluation.gate import judge
from sandbox.evaluation.running import Watch, run_targets
from sandbox.evaluation.suite import GatePolicy, LoadedSuite
from sandbox.pipeline.trying import Bench


async def evaluate_suite(
    loaded: LoadedSuite,
    benches: Sequence[Bench],
    cases: Sequence[Case],
    *,
    repeats: int,
    store: Store,
    executor: Executor,
    watch: Watch,
) -> Evaluation:
    """Try these cases of a suite on every target, and judge.

    The same suite, targets, cases, repeats and label make the same evaluation: what is on record goes on.
    """
    label = benches[0].label
    planned = begin_evaluation(
        loaded,
        [bench.target for bench in benches],
        cases=len(cases),
        repeats=repeats,
        label=label,
        store=store,
    )
    tell = benches[0].policy.tell
    tell(
        EvaluationStarted(
            evaluation=planned.id,
            suite=loaded.suite.name,
            targets=tuple(bench.target.label for bench in benches),
            planned=len(benches) * len(cases) * repeats,
        )
    )
    scorecards = await run_targets(
        benches,
        cases,
        repeats=repeats,
        evaluation_id=planned.id,
        store=store,
        executor=executor,
        watch=watch,
    )
    finished = finish_evaluation(planned, scorecards, loaded.suite.gate, store)
    advice = tuple(result.verdict.recommendation.value for result in finished.results)
    tell(EvaluationFinished(evaluation=finished.id, recommendations=advice))
    return finished


def begin_evaluation(
    loaded: LoadedSuite,
    targets: Sequence[Target],
    *,
    cases: int,
    repeats: int,
    label: str,
    store: Store,
) -> Evaluation:
    """The evaluation that is about to run, put on record so that it can be found if it is cut short."""
    parts = [loaded.digest, *(target.model_dump_json() for target in targets)]
    parts += [str(cases), str(repeats), label]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    evaluation_id = f"{loaded.suite.name}-{digest[:8]}"
    try:
        started_at = store.evaluation(evaluation_id).started_at
    except UnknownNameError:
        started_at = datetime.now(UTC)
    evaluation = Evaluation(
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
    store.save_evaluation(evaluation)
    return evaluation


def finish_evaluation(
    evaluation: Evaluation, scorecards: Sequence[Scorecard], policy: GatePolicy, store: Store
) -> Evaluation:
    """The evaluation with its scorecards and the verdicts on them, put on record."""
    finished = evaluation.model_copy(
        update={
            "finished_at": datetime.now(UTC),
            "results": tuple(
                TargetResult(scorecard=scorecard, verdict=judge(scorecard, policy))
                for scorecard in scorecards
            ),
        }
    )
    store.save_evaluation(finished)
    return finished
