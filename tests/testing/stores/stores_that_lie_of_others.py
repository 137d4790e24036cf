"""Stores that lie where others are concerned: who claims, who counts, and who has to be forgotten."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sandbox.contracts.store import TrialEntry
from sandbox.domain.exchange import Usage
from sandbox.domain.purge import Purge, PurgeReceipt
from sandbox.domain.trial import Target, Trial
from sandbox.domain.trial_summary import TrialSummary
from sandbox.errors import BusyError
from sandbox.testing.stores.sharing import ArtifactTypes
from tests.testing.stores.line_stores import LineStore, line_of


class _OneByOne(LineStore):
    """Saves trials that come together one after the other."""

    def save_trials(self, entries: Sequence[TrialEntry]) -> None:
        for entry in entries:
            self.add(line_of(entry))


class _OneThread(LineStore):
    """May be used by the thread that opened it, and by no other."""

    def __init__(self, path: Path, artifact_types: ArtifactTypes) -> None:
        super().__init__(path, artifact_types)
        self.connection = sqlite3.connect(":memory:")

    def save_trials(self, entries: Sequence[TrialEntry]) -> None:
        self.connection.execute("SELECT 1")
        super().save_trials(entries)

    def __exit__(self, *_: object) -> None:
        self.connection.close()


class _Zeros(LineStore):
    """Takes what nobody knows for nothing."""

    def summaries(self, evaluation_id: str, target: Target) -> Iterator[tuple[int, TrialSummary]]:
        for position, summary in super().summaries(evaluation_id, target):
            yield position, replace(summary, usage=summary.usage or Usage())


class _Unsorted(LineStore):
    """Sums trials up in the order in which they came."""

    def summaries(self, evaluation_id: str, target: Target) -> Iterator[tuple[int, TrialSummary]]:
        return reversed(list(super().summaries(evaluation_id, target)))


class _Reading(LineStore):
    """Reads a trial, artifact and all, to sum it up."""

    def summaries(self, evaluation_id: str, target: Target) -> Iterator[tuple[int, TrialSummary]]:
        latest = self.latest(evaluation_id, target)
        return ((position, TrialSummary.of(self.read(latest[position]))) for position in sorted(latest))


class _Content(LineStore):
    """Takes a trial that failed for one that ended."""

    def ended_trials(self, target: Target) -> list[str]:
        wanted = target.model_dump(mode="json")
        return [
            line["trial"]["fingerprint"] for line in self.trial_lines() if line["trial"]["target"] == wanted
        ]


class _Everybody(LineStore):
    """Mixes up whose trials have ended."""

    def ended_trials(self, target: Target) -> list[str]:
        return [
            line["trial"]["fingerprint"]
            for line in self.trial_lines()
            if line["trial"]["status"] != "failed"
        ]


class _Miscounting(LineStore):
    """Counts a trial in the evaluation that saved it first."""

    def count_trials(self, purge: Purge) -> int:
        return 2

    def trial_counts(self) -> Mapping[str, int]:
        return {"one": 3}

    def size_bytes(self) -> int:
        return 1


class _Unclaimed(LineStore):
    """Lets everybody in."""

    def claim(self, evaluation_id: str) -> AbstractContextManager[None]:
        return nullcontext()


class _OneClaim(LineStore):
    """Has one lock for all evaluations."""

    def claim(self, evaluation_id: str) -> AbstractContextManager[None]:
        return super().claim("")


class _FileClaim(LineStore):
    """Claims by a file that it deletes afterwards, if it comes to that."""

    @contextmanager
    def claim(self, evaluation_id: str) -> Iterator[None]:
        path = self.path.with_name(f"{hash_of(evaluation_id)}.claimed")
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            raise BusyError(f"{evaluation_id} is claimed.") from None
        yield
        path.unlink()


class _Mumbling(LineStore):
    """Does not say what is busy."""

    @contextmanager
    def claim(self, evaluation_id: str) -> Iterator[None]:
        try:
            with super().claim(evaluation_id):
                yield
        except BusyError:
            raise BusyError("Busy.") from None


class _Hiding(LineStore):
    """Marks a purged trial as gone, and keeps its text."""

    def rewrite(self, lines: list[dict]) -> None:
        left = [json.dumps(line) for line in lines]
        for line in self.lines():
            if line not in lines:
                left.append(json.dumps({"gone": line}))
        self.path.write_text("".join(f"{line}\n" for line in left), encoding="utf-8")


class _Near(LineStore):
    """Takes one pseudonym for another that begins like it."""

    def is_meant(self, trial: Trial, purge: Purge) -> bool:
        meant = purge.student is None or purge.student.startswith(trial.student or "-")
        return meant and (purge.before is None or trial.started_at < purge.before)


class _Either(LineStore):
    """Deletes what is the student's, or old."""

    def is_meant(self, trial: Trial, purge: Purge) -> bool:
        is_old = purge.before is not None and trial.started_at < purge.before
        return trial.student == purge.student or is_old


class _Inclusive(LineStore):
    """Deletes what was begun at the moment, too."""

    def is_meant(self, trial: Trial, purge: Purge) -> bool:
        is_hers = purge.student in {None, trial.student}
        return is_hers and (purge.before is None or trial.started_at <= purge.before)


class _Forgiving(LineStore):
    """Forgets that it forgot."""

    def purges(self) -> list[PurgeReceipt]:
        return super().purges()[:1]


class _Thorough(LineStore):
    """Takes the evaluations along."""

    def purge(self, purge: Purge, *, now: datetime) -> PurgeReceipt:
        receipt = super().purge(purge, now=now)
        self.rewrite([line for line in self.lines() if "evaluation" not in line])
        return receipt


def hash_of(text: str) -> int:
    """The same in every process."""
    return sum(map(ord, text))


LIES_OF_OTHERS = [
    (_OneByOne, "trials_are_saved_together_or_not_at_all", "in one transaction"),
    (_OneThread, "one_thread_may_save_while_another_one_reads", "ProgrammingError while others"),
    (_Zeros, "a_summary_is_what_is_counted_of_its_trial", "failed usage differ"),
    (_Unsorted, "a_summary_is_what_is_counted_of_its_trial", "in this order"),
    (_Reading, "summaries_do_not_read_the_trials", "its trial was read"),
    (_Content, "a_trial_that_failed_has_not_ended", "never be made again"),
    (_Everybody, "a_trial_that_failed_has_not_ended", "3 of a target's trials"),
    (_Miscounting, "what_it_counts_is_so", "counted as {'one': 3}"),
    (_Unclaimed, "a_claim_keeps_other_processes_off", "Two processes claim"),
    (_Unclaimed, "a_claim_holds_inside_its_process_too", "was claimed twice"),
    (_Mumbling, "a_claim_holds_inside_its_process_too", "no BusyError names it"),
    (_OneClaim, "a_claim_keeps_other_processes_off", "another one cannot be"),
    (_FileClaim, "a_claim_ends_with_its_process", "that the system releases"),
    (_Hiding, "no_byte_of_a_purged_text_is_left", "is still in records"),
    (_Near, "a_student_s_trials_are_gone_from_every_evaluation", "0 trials are left"),
    (_Either, "old_trials_are_gone", "the old ones were to go"),
    (_Inclusive, "old_trials_are_gone", "before the third"),
    (_Forgiving, "receipts_of_purges_are_kept", "1 receipts came"),
    (_Thorough, "a_student_s_trials_are_gone_from_every_evaluation", "Only trials go"),
]
