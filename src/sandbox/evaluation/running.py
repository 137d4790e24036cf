"""Running a suite: every case on every target, as many at once as services take, each kept as it comes."""

from collections.abc import Iterator, Sequence
from functools import partial

from sandbox.contracts.executor import Job, Lane
from sandbox.contracts.store import Store, TrialEntry
from sandbox.domain.event import TargetStopped
from sandbox.domain.exchange import Usage
from sandbox.domain.progress import TargetProgress
from sandbox.domain.scorecard import Scorecard
from sandbox.domain.trial import Case, Trial, TrialStatus
from sandbox.domain.trial_summary import TrialSummary
from sandbox.errors import InputError, StoppedError
from sandbox.evaluation.estimating import Outlook
from sandbox.evaluation.keeping import Keeper
from sandbox.evaluation.scoring import Tally
from sandbox.pipeline.trying import Bench, run_trial

FAILURES_IN_A_ROW = 5
"""After so many trials in a row without an answer a target is not asked any more."""
_RESTING_FOR_EACH_UNDER_WAY = 4
"""For each request under way so many trials may wait out a pause after a failure."""


class TargetRun:
    """The trials of one target: what is on record, jobs for the rest, and what all of them add up to."""

    def __init__(
        self, bench: Bench, cases: Sequence[Case], *, repeats: int, evaluation_id: str, store: Store
    ) -> None:
        self.bench, self._cases, self._repeats = bench, cases, repeats
        self._evaluation_id, self._store = evaluation_id, store
        self._planned = len(cases) * repeats
        self._tally = Tally(bench.target, bench.names, planned=self._planned, repeats=repeats)
        self._on_record: set[int] = set()
        self._elsewhere: frozenset[str] = frozenset()
        """Trials of this target that another evaluation has made."""
        self._done = self._recalled = self._failed = self._failures_in_a_row = self._priced = 0
        self._earlier = Usage()
        self._earlier_answers = 0
        self._cost_usd = 0.0
        self._stopped = ""

    def recall(self) -> None:
        """Count what this evaluation has on record; failed trials are made again."""
        if self.bench.tape:
            return  # what is recorded is what counts, whatever else is on record
        digests: dict[str, str] = {}
        for position, summary in self._store.summaries(self._evaluation_id, self.bench.target):
            if position >= self._planned or summary.status is TrialStatus.FAILED:
                continue
            case = self._cases[position // self._repeats]
            if case.id not in digests:
                digests = {case.id: self.bench.checks_digest(case)}  # repeats stand side by side
            if summary.checks_digest != digests[case.id]:
                continue  # it is looked at again with today's checks
            self._on_record.add(position)
            self._count(summary, is_recalled=True)
        if len(self._on_record) < self._planned:
            self._elsewhere = frozenset(self._store.ended_trials(self.bench.target))

    def outlook(self) -> Outlook:
        """What is left, for an estimate; what another evaluation has made counts as still to make."""
        return Outlook(
            bench=self.bench,
            cases=self._cases,
            left=0 if self._is_replay else self._planned - self._done,
            recalled=self._done,
            earlier=self._earlier,
            earlier_answers=self._earlier_answers,
        )

    @property
    def _is_replay(self) -> bool:
        return self.bench.tape is not None and self.bench.tape.is_replay

    def lane(self, keeper: Keeper) -> Lane:
        """The jobs that are left; there are no more once the target is given up."""
        self.bench.line.pace.reopen()
        most = self.bench.line.pace.policy.most
        return Lane(
            target=self.bench.target.label,
            max_concurrency=max(min(_RESTING_FOR_EACH_UNDER_WAY * most, self._planned), 1),
            jobs=self._jobs(keeper),
        )

    def scorecard(self) -> Scorecard:
        """What the trials come to. Trials that the executor left out are missed, not passed over."""
        left_out = self._planned - self._done
        stopped = self._stopped or (f"The executor left out {left_out} trials." if left_out else "")
        return self._tally.scorecard(stopped=stopped)

    def progress(self) -> TargetProgress:
        """How far it is."""
        pace = self.bench.line.pace
        return TargetProgress(
            label=self.bench.target.label,
            model=self.bench.target.model,
            planned=self._planned,
            recalled=self._recalled,
            done=self._done,
            failed=self._failed,
            under_way=pace.under_way,
            waiting=pace.resting,
            limit=pace.limit,
            pause_seconds=pace.pause_seconds,
            pause_reason=pace.pause_reason,
            stopped=self._stopped,
        )

    def still_usd(self) -> float | None:
        """What the rest is likely to cost, if it goes on like the trials so far; None if nobody knows."""
        left = self._planned - self._done
        if self._stopped or not left:
            return 0.0
        return self._cost_usd / self._priced * left if self._priced else None

    def _jobs(self, keeper: Keeper) -> Iterator[Job]:
        for position in range(self._planned):
            if self._stopped and not self._is_replay:
                return
            if position not in self._on_record:
                yield partial(self._try, position, keeper)

    async def _try(self, position: int, keeper: Keeper) -> None:
        await self.bench.line.pace.room()
        if self._stopped and not self._is_replay:
            return
        case, repeat = self._cases[position // self._repeats], position % self._repeats + 1
        try:
            tried = await run_trial(self.bench, case, repeat=repeat, recall=self._find)
        except StoppedError as cause:
            self._stop(str(cause))
            return
        if self._is_replay:
            see_that_nothing_is_lost(self._store.find_trial(tried.trial.fingerprint), tried.trial)
        await keeper.keep(
            TrialEntry(evaluation_id=self._evaluation_id, position=position, trial=tried.trial)
        )
        self._count(TrialSummary.of(tried.trial), is_recalled=tried.is_recalled)
        if not tried.is_recalled and not self._is_replay:
            self._watch_for_failures(tried.trial)
        if unasked := next((vote.problem for vote in tried.trial.votes if vote.is_unasked), ""):
            self._stop(unasked)

    def _find(self, fingerprint: str) -> Trial | None:
        return self._store.find_trial(fingerprint) if fingerprint in self._elsewhere else None

    def _count(self, summary: TrialSummary, *, is_recalled: bool) -> None:
        self._tally.add(summary)
        self._done += 1
        self._recalled += is_recalled
        self._failed += summary.status is TrialStatus.FAILED
        if summary.cost_usd is not None:
            self._cost_usd += summary.cost_usd
            self._priced += 1
        if is_recalled and summary.usage is not None:
            self._earlier += summary.usage
            self._earlier_answers += 1

    def _watch_for_failures(self, trial: Trial) -> None:
        if trial.status is not TrialStatus.FAILED:
            self._failures_in_a_row = 0
            return
        self._failures_in_a_row += 1
        is_hopeless = trial.error_kind is not None and trial.error_kind.is_fatal
        if is_hopeless or self._failures_in_a_row >= FAILURES_IN_A_ROW:
            self._stop(trial.problem)

    def _stop(self, reason: str) -> None:
        if self._stopped:
            return
        self._stopped = reason
        if self.bench.tape:
            self.bench.tape.stop(self.bench.target.model, self.bench.target.label, reason)
        if tell := self.bench.line.policy.tell:
            tell(TargetStopped(target=self.bench.target.label, reason=reason))


def see_that_nothing_is_lost(on_record: Trial | None, replayed: Trial) -> None:
    """Make sure that a replay takes no other answer's place in the records.

    Raises:
        InputError: it would.
    """
    if on_record is None or on_record.completion in (None, replayed.completion):
        return
    raise InputError(
        f"Case '{replayed.case_id}', repeat {replayed.repeat}, has another answer in the records here than "
        "in the cassette, and would be lost. Replay in a folder of its own: sandbox --home FOLDER eval ..."
    )


def first_cause(cause: BaseException) -> BaseException:
    """The first cause inside nested groups: one is enough to say what went wrong."""
    while isinstance(cause, BaseExceptionGroup):
        cause = cause.exceptions[0]
    return cause
