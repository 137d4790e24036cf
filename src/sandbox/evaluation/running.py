"""Running a suite: every case on every target, a bounded number at once, each trial written as it comes."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sandbox.contracts.executor import Executor, Job, Lane
from sandbox.contracts.store import Store, TrialEntry
from sandbox.domain.scorecard import Scorecard
from sandbox.domain.trial import Case, Trial, TrialStatus
from sandbox.evaluation.scoring import Tally
from sandbox.pipeline.trying import Bench, run_trial

FAILURES_IN_A_ROW = 5
"""After so many trials in a row without an answer a target is not asked any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an evaluation is: at its start, and after each trial."""

    target: str
    model: str
    done: int
    planned: int
    recalled: int
    """Trials that were already on record."""
    failed: int
    cost_usd: float | None
    """Money spent now; None if a price is unknown."""


Watch = Callable[[Progress], None]


async def run_targets(
    benches: Sequence[Bench],
    cases: Sequence[Case],
    *,
    repeats: int,
    evaluation_id: str,
    store: Store,
    executor: Executor,
    watch: Watch,
) -> tuple[Scorecard, ...]:
    """The scorecard of each target, in order.

    What is on record under the same fingerprint is not asked again. If this is cancelled, every finished
    trial is on record.

    Raises:
        InputError: a case does not fit the prompt.
    """
    runs = [
        _TargetRun(bench, cases, repeats=repeats, evaluation_id=evaluation_id, store=store, watch=watch)
        for bench in benches
    ]
    try:
        await executor.execute([run.lane() for run in runs])
    except BaseExceptionGroup as group_of_causes:
        raise _first(group_of_causes) from group_of_causes
    return tuple(run.scorecard() for run in runs)


def _first(cause: BaseException) -> BaseException:
    """The first cause inside nested groups: one is enough to say what went wrong."""
    while isinstance(cause, BaseExceptionGroup):
        cause = cause.exceptions[0]
    return cause


class _TargetRun:
    """The trials of one target: jobs for an executor, whose results add up to a scorecard."""

    def __init__(
        self,
        bench: Bench,
        cases: Sequence[Case],
        *,
        repeats: int,
        evaluation_id: str,
        store: Store,
        watch: Watch,
    ) -> None:
        self._bench, self._evaluation_id, self._store, self._watch = bench, evaluation_id, store, watch
        self._planned = len(cases) * repeats
        names = [check.name for check in bench.checks]
        self._tally = Tally(bench.target, names, planned=self._planned, repeats=repeats)
        self._cases, self._repeats = cases, repeats
        self._done = self._recalled = self._failed = self._failures_in_a_row = 0
        self._cost_usd: float | None = 0.0
        self._stopped = ""

    def lane(self) -> Lane:
        """The jobs of this target; there are no more once it is given up."""
        self._tell()
        return Lane(
            target=self._bench.target.label,
            max_concurrency=min(self._bench.card.max_concurrency, max(self._planned, 1)),
            jobs=self._jobs(),
        )

    def scorecard(self) -> Scorecard:
        """What the trials come to. Trials that the executor left out are missed, not passed over."""
        left_out = self._planned - self._done
        stopped = self._stopped or (f"The executor left out {left_out} trials." if left_out else "")
        return self._tally.scorecard(stopped=stopped)

    def _jobs(self) -> Iterator[Job]:
        for position, case, repeat in _line(self._cases, self._repeats):
            if self._stopped:
                return
            yield partial(self._try, position, case, repeat)

    async def _try(self, position: int, case: Case, repeat: int) -> None:
        tried = await run_trial(self._bench, case, repeat=repeat, recall=self._store.find_trial)
        self._store.save_trials(
            [TrialEntry(evaluation_id=self._evaluation_id, position=position, trial=tried.trial)]
        )
        self._tally.add(tried.trial)
        self._count(tried.trial, is_recalled=tried.is_recalled)
        if tried.is_recalled:
            await asyncio.sleep(0)  # recalling waits for nothing: let others, and Ctrl-C, have a turn

    def _count(self, trial: Trial, *, is_recalled: bool) -> None:
        self._done += 1
        self._recalled += is_recalled
        if trial.completion is not None and not is_recalled:
            cost = trial.completion.cost_usd
            known = self._cost_usd is not None and cost is not None
            self._cost_usd = (self._cost_usd or 0) + (cost or 0) if known else None
        if trial.status is TrialStatus.FAILED:
            self._failed += 1
            self._failures_in_a_row += 1
            if _is_hopeless(trial) or self._failures_in_a_row >= FAILURES_IN_A_ROW:
                self._stopped = trial.problem
        else:
            self._failures_in_a_row = 0
        self._tell()

    def _tell(self) -> None:
        self._watch(
            Progress(
                target=self._bench.target.label,
                model=self._bench.target.model,
                done=self._done,
                planned=self._planned,
                recalled=self._recalled,
                failed=self._failed,
                cost_usd=self._cost_usd,
            )
        )


def _line(cases: Sequence[Case], repeats: int) -> Iterator[tuple[int, Case, int]]:
    """Every trial to be made: its position, its case, and which repeat it is."""
    for number, case in enumerate(cases):
        for repeat in range(1, repeats + 1):
            yield number * repeats + repeat - 1, case, repeat


def _is_hopeless(trial: Trial) -> bool:
    """Whether every other request to this model must fail in the same way."""
    return trial.error_kind is not None and trial.error_kind.is_fatal
