"""What every store does when several use it at once, or when one who writes is killed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Thread
from typing import ClassVar

from sandbox.contracts.store import Store, StoreSpec, TrialEntry
from sandbox.domain.artifact import Artifact
from sandbox.domain.trial import Trial
from sandbox.errors import FAULTS
from sandbox.testing.conformance import NotDeclared, expect
from sandbox.testing.examples import Note, make_target, make_trial
from sandbox.testing.stores.other_process import GROUP, write_until_killed

ArtifactTypes = Mapping[str, type[Artifact]]
KNOWN: ArtifactTypes = {Note.type_name: Note}
_MANY = 100
_GROUP = 5
_NEW_STORES = 25


@contextmanager
def new_folder() -> Iterator[Path]:
    """A new folder; a file that is still held open may outlast it, as it does on Windows."""
    with TemporaryDirectory(prefix="sandbox-store-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def save_one(store: Store, evaluation_id: str, position: int, trial: Trial) -> None:
    """Save a trial by itself."""
    store.save_trials([TrialEntry(evaluation_id=evaluation_id, position=position, trial=trial)])


class OpenedStore:
    """A store to be tried."""

    spec: ClassVar[StoreSpec]
    secret: ClassVar[str] = ""
    """What must never be shown, such as the password in the address."""

    def address(self, folder: Path) -> str:
        """The address of an empty store that belongs to this folder."""
        return f"{self.spec.name}:{folder / 'records'}"

    def open(self, folder: Path, artifact_types: ArtifactTypes = KNOWN) -> Store:
        """The store of this folder, opened."""
        return self.spec.open(self.address(folder), artifact_types)


class SharedStoreConformance(OpenedStore):
    """What a store does when it is not used alone."""

    def test_it_can_be_read_while_it_is_written(self) -> None:
        """Readers see whole trials without gaps, and neither side has to stop."""
        with new_folder() as folder, self.open(folder) as reader:
            fault: list[BaseException] = []
            writer = Thread(target=self._save_many, args=(folder, "one", fault))
            writer.start()
            seen = 0
            while writer.is_alive():
                found = list(reader.trials("one", make_target()))
                _expect_no_gap(found)
                expect(len(found) >= seen, f"{seen} trials were there, and a moment later {len(found)}.")
                seen = len(found)
            writer.join()
            _expect_no_fault(fault)
            found = list(reader.trials("one", make_target()))
        _expect_no_gap(found)
        expect(len(found) == _MANY, f"{_MANY} trials were saved, and {len(found)} are there.")

    def test_a_reader_who_is_slow_stops_nobody(self) -> None:
        """Somebody can save while another one has read some trials, and not all."""
        with new_folder() as folder, self.open(folder) as reader, self.open(folder) as writer:
            for number in range(20):
                save_one(writer, "one", number, make_trial(number))
            slow = iter(reader.trials("one", make_target()))
            found = [next(slow)]
            save_one(writer, "one", 20, make_trial(20))
            found += slow
        _expect_no_gap(found)
        expect(len(found) >= 20, f"20 trials were there, and a slow reader got {len(found)}.")

    def test_one_thread_may_save_while_another_one_reads(self) -> None:
        """Both with the same store: an evaluation saves in a thread of its own."""
        with new_folder() as folder, self.open(folder) as store:
            fault: list[BaseException] = []
            writer = Thread(target=_save_in_groups, args=(store, fault))
            writer.start()
            counts = []
            while writer.is_alive():
                found = list(store.trials("one", make_target()))
                _expect_no_gap(found)
                counts.append(len(found))
            writer.join()
            _expect_no_fault(fault)
            counts.append(sum(1 for _ in store.summaries("one", make_target())))
        expect(counts[-1] == _MANY, f"{_MANY} trials were saved, and {counts[-1]} are there.")
        torn = [n for n in counts if n % _GROUP]
        expect(
            not torn,
            f"Trials are saved {_GROUP} at a time, and a reader saw {torn[:1]}. Save in one transaction.",
        )

    def test_two_may_write_at_once(self) -> None:
        """Two evaluations that run at the same time lose nothing."""
        with new_folder() as folder:
            fault: list[BaseException] = []
            with self.open(folder):
                together = Barrier(2, timeout=60)
            writers = [
                Thread(target=self._save_many, args=(folder, name, fault, together))
                for name in ("one", "two")
            ]
            for writer in writers:
                writer.start()
            for writer in writers:
                writer.join()
            _expect_no_fault(fault)
            with self.open(folder) as store:
                for name in ("one", "two"):
                    n = sum(1 for _ in store.trials(name, make_target()))
                    expect(n == _MANY, f"{_MANY} trials were saved in '{name}', and {n} are there.")

    def test_two_may_make_a_new_store_at_once(self) -> None:
        """Whoever comes first makes it, and the other one waits."""
        for _ in range(_NEW_STORES):
            with new_folder() as folder:
                fault: list[BaseException] = []
                together = Barrier(2, timeout=60)
                openers = [Thread(target=self._open_once, args=(folder, fault, together)) for _ in range(2)]
                for opener in openers:
                    opener.start()
                for opener in openers:
                    opener.join()
                _expect_no_fault(fault)

    def test_a_killed_writer_leaves_whole_trials(self) -> None:
        """If the process dies in the midst of saving, what it had saved is there, and nothing half."""
        with new_folder() as folder:
            n = write_until_killed(self.open, folder)
            with self.open(folder) as store:
                found = list(store.trials("one", make_target()))
        expect(
            len(found) >= n, f"The process had saved {n} trials before it died, and {len(found)} are there."
        )
        _expect_no_gap(found)
        expect(
            len(found) % GROUP == 0,
            f"It saved {GROUP} trials at a time, and {len(found)} are there: a group was torn.",
        )

    def _save_many(
        self, folder: Path, name: str, fault: list[BaseException], together: Barrier | None = None
    ) -> None:
        try:
            with self.open(folder) as store:
                if together is not None:
                    together.wait()
                for number in range(_MANY):
                    save_one(store, name, number, make_trial(number))
        except FAULTS as cause:
            fault.append(cause)

    def _open_once(self, folder: Path, fault: list[BaseException], together: Barrier) -> None:
        together.wait()
        try:
            with self.open(folder):
                pass
        except FAULTS as cause:
            fault.append(cause)


def _save_in_groups(store: Store, fault: list[BaseException]) -> None:
    try:
        for first in range(0, _MANY, _GROUP):
            store.save_trials(
                [
                    TrialEntry(evaluation_id="one", position=number, trial=make_trial(number))
                    for number in range(first, first + _GROUP)
                ]
            )
    except FAULTS as cause:
        fault.append(cause)


def _expect_no_gap(found: list[Trial]) -> None:
    for number, trial in enumerate(found):
        expect(
            trial == make_trial(number),
            f"{len(found)} trials are there, and the one at position {number} is missing or not whole.",
        )


def _expect_no_fault(fault: list[BaseException]) -> None:
    for cause in fault:
        if isinstance(cause, NotDeclared):
            raise cause
        expect(False, f"It raised {type(cause).__name__} while others used the store: {cause}")  # noqa: FBT003 - it failed
