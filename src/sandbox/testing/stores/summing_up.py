"""What every store tells of trials without reading them: what is counted, and which have ended."""

from collections.abc import Mapping

from pydantic import model_validator

from sandbox.contracts.counting_store import CountingStore
from sandbox.domain.exchange import Completion, Settings
from sandbox.domain.finding import Finding, Outcome
from sandbox.domain.purge import Purge
from sandbox.domain.trial import Trial, TrialStatus
from sandbox.domain.trial_summary import TrialSummary
from sandbox.errors import ErrorKind
from sandbox.testing.conformance import NotDeclared, expect
from sandbox.testing.examples import Note, make_target, make_trial
from sandbox.testing.stores.sharing import OpenedStore, new_folder, save_one


class SummaryConformance(OpenedStore):
    """What a store does when trials are counted."""

    def test_a_summary_is_what_is_counted_of_its_trial(self) -> None:
        """Whatever became of it: tokens and costs that nobody knows are None, and not zero."""
        trials = _trials_of_all_kinds()
        with new_folder() as folder, self.open(folder) as store:
            for position in reversed(trials):
                save_one(store, "one", position, trials[position])
            save_one(store, "two", 0, make_trial(99))
            found = list(store.summaries("one", make_target()))
        expect(
            [position for position, _ in found] == sorted(trials),
            f"Summaries came for the positions {[position for position, _ in found]}, wanted are "
            f"{sorted(trials)}, in this order.",
        )
        for position, summary in found:
            wanted = TrialSummary.of(trials[position])
            names = [name for name in wanted.__slots__ if getattr(wanted, name) != getattr(summary, name)]
            expect(
                summary == wanted,
                f"A summary is not TrialSummary.of(trial): of a trial that is {wanted.status} "
                f"{', '.join(names)} differ.",
            )

    def test_summaries_do_not_read_the_trials(self) -> None:
        """A scorecard of many thousands is there in a moment."""
        read: list[str] = []

        class Counted(Note):
            """A note that tells when it is read."""

            @model_validator(mode="after")
            def _tell(self) -> "Counted":
                read.append(self.heading)
                return self

        with new_folder() as folder, self.open(folder, {Note.type_name: Counted}) as store:
            save_one(store, "one", 0, make_trial(1))
            n = sum(1 for _ in store.summaries("one", make_target()))
        expect(n == 1, f"One trial was saved, and {n} summaries came.")
        expect(not read, "For a summary its trial was read. Keep beside the trial what is counted.")

    def test_a_trial_that_failed_has_not_ended(self) -> None:
        """It is asked again, and the others of this target are not."""
        failed = make_trial(2, status=TrialStatus.FAILED, completion=None, artifact=None)
        other = make_target(settings=Settings(temperature=1.0))
        with new_folder() as folder, self.open(folder) as store:
            save_one(store, "one", 0, make_trial(1))
            save_one(store, "one", 1, failed)
            save_one(store, "two", 0, make_trial(3, status=TrialStatus.REFUSED, completion=None))
            save_one(store, "two", 0, make_trial(4, target=other))
            found = sorted(store.ended_trials(make_target()))
            wanted = [make_trial(1).fingerprint, make_trial(3).fingerprint]
            expect(
                failed.fingerprint not in found,
                "A trial that failed counts as ended, and would never be made again.",
            )
            expect(
                found == wanted,
                f"{len(found)} of a target's trials have ended; wanted are 2, from all evaluations.",
            )
            save_one(store, "one", 1, make_trial(2))
            n = len(list(store.ended_trials(make_target())))
        expect(n == 3, "A trial that failed was made again, and has still not ended.")

    def test_what_it_counts_is_so(self) -> None:
        """If it can count: trials by evaluation, those that a purge would delete, and bytes."""
        with new_folder() as folder, self.open(folder) as store:
            if not isinstance(store, CountingStore):
                raise NotDeclared("it is no CountingStore")
            for number in range(3):
                save_one(store, "one", number, make_trial(number, student=f"S-{number % 2}"))
            save_one(store, "two", 0, make_trial(0, student="S-0"))
            counts: Mapping[str, int] = dict(store.trial_counts())
            n, size = store.count_trials(Purge(student="S-0")), store.size_bytes()
        expect(counts == {"one": 3, "two": 1}, f"Evaluations of 3 and 1 trials were counted as {counts}.")
        expect(n == 2, f"2 trials are a student's, and {n} were counted.")
        expect(size > 0, "The records take no bytes, it says.")


def _trials_of_all_kinds() -> dict[int, Trial]:
    """Trials by position."""
    unpriced = Completion(text="{}", model_served="sample")
    findings = tuple(
        Finding(check=f"kit_{outcome}", version="1.0.0", outcome=outcome, reason="So it is.")
        for outcome in Outcome
    )
    return {
        0: make_trial(0),
        2: make_trial(2, completion=unpriced, artifact=None, status=TrialStatus.UNPARSED, repeat=2),
        3: make_trial(
            3,
            status=TrialStatus.FAILED,
            error_kind=ErrorKind.TIMEOUT,
            problem="No answer came.",
            completion=None,
            artifact=None,
            findings=(),
        ),
        10: make_trial(10, status=TrialStatus.REFUSED, completion=None, artifact=None, messages=()),
        11: make_trial(11, findings=findings, student="S-0412"),
    }
