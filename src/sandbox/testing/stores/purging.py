"""What every store does when a student's trials, or old ones, have to go: no byte of them stays."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from sandbox.contracts.store import Store
from sandbox.domain.exchange import Completion
from sandbox.domain.purge import Purge, PurgeReceipt
from sandbox.domain.trial import Trial
from sandbox.testing.conformance import expect
from sandbox.testing.examples import NOON, make_evaluation, make_target, make_trial
from sandbox.testing.stores.sharing import OpenedStore, new_folder, save_one

_MARK = sha256(b"what a student wrote").hexdigest()
_STUDENT = "S-0412"
_NOW = NOON + timedelta(days=400)


class PurgeConformance(OpenedStore):
    """What a store does when it has to forget."""

    def files(self, folder: Path) -> Iterator[Path]:
        """The files that hold the records: those in the folder. A store on a server has none to look at."""
        return (path for path in folder.rglob("*") if path.is_file())

    def test_a_student_s_trials_are_gone_from_every_evaluation(self) -> None:
        """Those of others stay, and so do the evaluations with their scorecards."""
        hers, other = [_hers(1), _hers(2)], make_trial(3, student="S-04")
        with new_folder() as folder:
            with self.open(folder) as store:
                self._fill(store, hers, other)
                receipt = store.purge(Purge(student=_STUDENT), now=_NOW)
            with self.open(folder) as store:
                left = [trial.fingerprint for name in ("one", "two") for trial in _all(store, name)]
                summaries = [position for position, _ in store.summaries("one", make_target())]
                ended = list(store.ended_trials(make_target()))
                found = [store.find_trial(trial.fingerprint) for trial in hers]
                evaluations = [evaluation.id for evaluation in store.evaluations()]
        expect(
            left == [other.fingerprint], f"A student was purged, and {len(left)} trials are left, not 1."
        )
        expect(
            found == [None, None] and summaries == [5] and ended == [other.fingerprint],
            "A purged trial is still found, summed up, or counts as ended.",
        )
        expect(sorted(evaluations) == ["one", "two"], "A purge took an evaluation, too. Only trials go.")
        wanted = PurgeReceipt(
            purged_at=_NOW,
            by_student=True,
            trials=2,
            evaluations=2,
            fingerprints_digest=_digest(hers),
        )
        expect(receipt == wanted, f"The receipt should be {wanted}, not {receipt}.")

    def test_old_trials_are_gone(self) -> None:
        """Those that were begun before the moment; with a student, only those that are both."""
        trials = [make_trial(n, student=_STUDENT if n % 2 else "S-04") for n in range(4)]
        with new_folder() as folder, self.open(folder) as store:
            for number, trial in enumerate(trials):
                save_one(store, "one", number, trial)
            both = store.purge(Purge(student=_STUDENT, before=NOON + timedelta(seconds=2)), now=_NOW)
            left = [trial.case_id for trial in _all(store, "one")]
            expect(
                left == ["case-0", "case-2", "case-3"] and both.trials == 1,
                f"Of a student's trials the old ones were to go, and {left} are left.",
            )
            receipt = store.purge(Purge(before=trials[2].started_at), now=_NOW)
            left = [trial.case_id for trial in _all(store, "one")]
        expect(
            left == ["case-2", "case-3"] and receipt.trials == 1,
            f"Trials that were begun before the third were to go, and {left} are left.",
        )

    def test_no_byte_of_a_purged_text_is_left(self) -> None:
        """Neither in the file nor in those beside it, while the store is open and after."""
        with new_folder() as folder:
            with self.open(folder) as store:
                self._fill(store, [_hers(1), _hers(2)], make_trial(3))
                store.purge(Purge(student=_STUDENT), now=_NOW)
                found = self._files_with_mark(folder)
            found |= self._files_with_mark(folder)
        expect(not found, f"What a purged student wrote is still in {', '.join(sorted(found))}.")

    def test_receipts_of_purges_are_kept(self) -> None:
        """The latest first; no pseudonym is in them, and a purge that found nothing leaves none."""
        with new_folder() as folder:
            with self.open(folder) as store:
                self._fill(store, [_hers(1)], make_trial(3))
                first = store.purge(Purge(student=_STUDENT), now=_NOW)
                nothing = store.purge(Purge(student=_STUDENT), now=_NOW)
                second = store.purge(Purge(before=_NOW), now=_NOW + timedelta(days=1))
            with self.open(folder) as store:
                kept = list(store.purges())
        expect(nothing.trials == 0, "A purge that finds nothing says that trials are gone.")
        expect(kept == [second, first], f"Two purges deleted something, and {len(kept)} receipts came.")

    def _fill(self, store: Store, hers: list[Trial], other: Trial) -> None:
        for name in ("one", "two"):
            store.save_evaluation(make_evaluation(name))
            for position, trial in enumerate(hers):
                save_one(store, name, position, trial)
        save_one(store, "one", 5, other)

    def _files_with_mark(self, folder: Path) -> set[str]:
        return {path.name for path in self.files(folder) if _MARK.encode() in path.read_bytes()}


def _hers(number: int) -> Trial:
    said = Completion(text=f"{_MARK} {number}", model_served="sample")
    return make_trial(number, student=_STUDENT, completion=said, artifact=None)


def _all(store: Store, name: str) -> list[Trial]:
    return list(store.trials(name, make_target()))


def _digest(trials: list[Trial]) -> str:
    """As PurgeReceipt says: over the sorted fingerprints, one a line."""
    return sha256("\n".join(sorted(trial.fingerprint for trial in trials)).encode()).hexdigest()
