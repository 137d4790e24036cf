"""What every store does: what it was given is there, wholly or not at all, and in order."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import model_validator

from sandbox.contracts.store import TrialEntry
from sandbox.domain.exchange import Completion, Settings
from sandbox.domain.trial import Trial
from sandbox.errors import FAULTS, UnknownNameError
from sandbox.testing.conformance import NotDeclared, expect
from sandbox.testing.examples import NOON, Note, make_evaluation, make_target, make_trial
from sandbox.testing.stores.claiming import ClaimConformance
from sandbox.testing.stores.purging import PurgeConformance
from sandbox.testing.stores.sharing import SharedStoreConformance, new_folder, save_one
from sandbox.testing.stores.summing_up import SummaryConformance

_ODD_IDS = (
    "Pilot",
    "pilot",
    "pilot%",
    "pilot_",
    "pilöt",
    "x'; DROP TABLE trials; --",
    "a/b\\c",
    "a b",
    "p" * 180,
)
_MANY = 400


class StoreConformance(SummaryConformance, ClaimConformance, PurgeConformance, SharedStoreConformance):
    """What every store does, tried at an address that its author gives.

    class TestOurStore(StoreConformance):
        spec = OUR_STORE

        def address(self, folder):
            return f"ourstore:{folder / 'records'}"

    Each test gives a new folder; the address must lead to a store that is empty then. The class has to
    stand at the top of a module, where another process can find it.
    """

    def test_a_trial_comes_back_as_it_was(self) -> None:
        """After the store was closed and opened again every field is there, the artifact as its type."""
        with new_folder() as folder:
            with self.open(folder) as store:
                save_one(store, "one", 0, make_trial(1))
            with self.open(folder) as store:
                found = store.find_trial(make_trial(1).fingerprint)
        expect(
            found is not None, "A trial that was saved is gone after the store was closed and opened again."
        )
        expect(found == make_trial(1), f"A trial came back changed: {_difference(make_trial(1), found)}")
        expect(isinstance(found and found.artifact, Note), "The artifact did not come back as its type.")

    def test_an_evaluation_comes_back_as_it_was(self) -> None:
        """After the store was closed and opened again every figure and reason is there."""
        with new_folder() as folder:
            with self.open(folder) as store:
                store.save_evaluation(make_evaluation("one"))
            with self.open(folder) as store:
                found = store.evaluation("one")
        expect(found == make_evaluation("one"), "An evaluation came back changed.")

    def test_what_was_saved_is_there_at_once(self) -> None:
        """Another reader, who was there before, sees a trial as soon as saving has returned."""
        with new_folder() as folder, self.open(folder) as store, self.open(folder) as reader:
            expect(
                reader.find_trial(make_trial(1).fingerprint) is None, "A trial is found that nobody saved."
            )
            save_one(store, "one", 0, make_trial(1))
            found = reader.find_trial(make_trial(1).fingerprint)
            expect(
                found is not None, "A trial was saved, and another reader does not see it. Commit each one."
            )

    def test_trials_are_saved_together_or_not_at_all(self) -> None:
        """If one of them cannot be saved, none of them is."""
        entries: list[Any] = [
            TrialEntry(evaluation_id="one", position=number, trial=make_trial(number))
            for number in range(3)
        ]
        entries.append(None)
        with new_folder() as folder:
            with self.open(folder) as store:
                store.save_trials(())
                with suppress(*FAULTS):  # what it raises is its own matter: a caller's mistake is not ours
                    store.save_trials(entries)
            with self.open(folder) as store:
                n = sum(1 for _ in store.trials("one", make_target()))
                alone = store.find_trial(make_trial(0).fingerprint)
        expect(
            n == 0 and alone is None,
            f"Of trials that could not all be saved {n} are there. Save them in one transaction.",
        )

    def test_an_empty_store_has_nothing(self) -> None:
        """What nobody saved is None, or no items, and no error."""
        with new_folder() as folder, self.open(folder) as store:
            expect(store.find_trial("f" * 64) is None, "An unknown trial should be None.")
            expect(not list(store.trials("one", make_target())), "There are trials in an empty store.")
            expect(not list(store.evaluations()), "There are evaluations in an empty store.")
            expect(not list(store.summaries("one", make_target())), "An empty store has summaries.")
            expect(not list(store.ended_trials(make_target())), "An empty store has ended trials.")
            expect(not list(store.purges()), "An empty store has receipts of purges.")

    def test_a_trial_that_is_saved_twice_is_one(self) -> None:
        """The later one is kept, whether it is the same trial or another one at its position."""
        again = make_trial(1, calls=5)
        with new_folder() as folder, self.open(folder) as store:
            for trial in (make_trial(1), make_trial(1), again):
                save_one(store, "one", 0, trial)
            expect(
                list(store.trials("one", make_target())) == [again],
                "Saved again, a trial is not the later one.",
            )
            save_one(store, "one", 0, make_trial(2))
            found = [trial.case_id for trial in store.trials("one", make_target())]
            expect(
                found == ["case-2"], f"Two trials were saved at one position, and {len(found)} came back."
            )

    def test_trials_come_in_the_order_of_their_positions(self) -> None:
        """Whatever the order in which they were finished; the tenth comes after the second."""
        with new_folder() as folder, self.open(folder) as store:
            for position in (10, 2, 0, 100, 1):
                save_one(store, "one", position, make_trial(position))
            found = [trial.case_id for trial in store.trials("one", make_target())]
        wanted = ["case-0", "case-1", "case-2", "case-10", "case-100"]
        expect(found == wanted, f"The trials came in the order {found}; wanted is {wanted}.")

    def test_targets_are_kept_apart(self) -> None:
        """Two targets that differ in a setting only have trials of their own at the same positions."""
        targets = [make_target(settings=Settings(temperature=warmth)) for warmth in (None, 0.0, 0.2)]
        targets.append(make_target(prompt_digest="4f" * 32))
        with new_folder() as folder, self.open(folder) as store:
            for number, target in enumerate(targets):
                save_one(store, "one", 0, make_trial(number, target=target))
            for number, target in enumerate(targets):
                found = [trial.case_id for trial in store.trials("one", target)]
                expect(
                    found == [f"case-{number}"],
                    f"Of a target with one trial {found} came back: targets that differ in any field are "
                    "two.",
                )

    def test_two_evaluations_share_a_trial(self) -> None:
        """A trial that is used again belongs to both, and neither has the other's trials."""
        with new_folder() as folder, self.open(folder) as store:
            save_one(store, "one", 0, make_trial(1))
            save_one(store, "two", 1, make_trial(1))
            save_one(store, "two", 0, make_trial(2))
            one = [trial.case_id for trial in store.trials("one", make_target())]
            two = [trial.case_id for trial in store.trials("two", make_target())]
        expect(one == ["case-1"], f"The first evaluation has one trial, but gave {one}.")
        expect(two == ["case-2", "case-1"], f"The second evaluation has two trials, but gave {two}.")

    def test_an_evaluation_gives_way_to_a_later_one_of_its_id(self) -> None:
        """It is saved when it begins and again when it ends, and is one."""
        begun = make_evaluation("one", finished_at=None, results=())
        with new_folder() as folder, self.open(folder) as store:
            store.save_evaluation(begun)
            store.save_evaluation(make_evaluation("one"))
            found = list(store.evaluations())
        expect(
            found == [make_evaluation("one")],
            f"Saved twice, it came back as {len(found)}, or as the first.",
        )

    def test_the_latest_evaluation_comes_first(self) -> None:
        """By the moment at which they began, on whatever clock that was read."""
        east, west = timezone(timedelta(hours=9)), timezone(timedelta(hours=-8))
        starts = {"first": NOON.astimezone(east), "third": (NOON + timedelta(hours=2)).astimezone(west)}
        starts["second"] = NOON + timedelta(hours=1)
        with new_folder() as folder, self.open(folder) as store:
            for name, start in starts.items():
                store.save_evaluation(make_evaluation(name, started_at=start, finished_at=None))
            found = [evaluation.id for evaluation in store.evaluations()]
        expect(
            found == ["third", "second", "first"],
            f"The evaluations came as {found}. The latest should come first, and clocks of several places "
            "are one: sort by the moment in UTC.",
        )

    def test_an_unknown_evaluation_is_an_error_with_the_nearest_id(self) -> None:
        """A misspelt id is put right."""
        with new_folder() as folder, self.open(folder) as store:
            store.save_evaluation(make_evaluation("spring-pilot"))
            try:
                store.evaluation("spring-pilto")
            except UnknownNameError as error:
                near = error.nearest
            else:
                near = ()
        expect(
            near == ("spring-pilot",),
            "An unknown evaluation should raise UnknownNameError('evaluation', id, every known id).",
        )

    def test_ids_and_words_may_hold_anything(self) -> None:
        """Capitals count, and neither signs of a query language nor other scripts do harm."""
        with new_folder() as folder, self.open(folder) as store:
            for number, name in enumerate(_ODD_IDS):
                store.save_evaluation(make_evaluation(name, started_at=NOON + timedelta(hours=number)))
                save_one(store, name, 0, make_trial(number))
            for number, name in enumerate(_ODD_IDS):
                expect(
                    store.evaluation(name).id == name, f"The evaluation '{name}' came back as another one."
                )
                found = [trial.case_id for trial in store.trials(name, make_target())]
                expect(
                    found == [f"case-{number}"], f"The evaluation '{name}' has one trial, but gave {found}."
                )

    def test_long_and_odd_answers_are_kept(self) -> None:
        """An answer of a million characters, emoji, other scripts and control characters come back."""
        answers = ["植物喝水 👩🏽‍🏫 e\u0301 \u202bالماء\u202c", "a\x00b\x1b\u2028", "long " * 200_000]
        with new_folder() as folder, self.open(folder) as store:
            for number, text in enumerate(answers):
                said = Completion(text=text, model_served="sample")
                save_one(store, "one", number, make_trial(number, completion=said, artifact=None))
            found = [trial.text for trial in store.trials("one", make_target())]
        for text, back in zip(answers, found, strict=True):
            expect(back == text, f"An answer beginning with {text[:9]!r} came back as {back[:9]!r} ...")

    def test_a_trial_stays_readable_when_its_artifact_is_unknown(self) -> None:
        """If the plugin that brought the type is gone, what the model said is still there."""
        with new_folder() as folder:
            with self.open(folder) as store:
                save_one(store, "one", 0, make_trial(1))
            with self.open(folder, {}) as store:
                found = list(store.trials("one", make_target()))
        bare = make_trial(1).model_copy(update={"artifact": None})
        expect(
            found == [bare],
            "A trial whose artifact nobody knows should come back without it, otherwise whole.",
        )

    def test_trials_are_read_one_at_a_time(self) -> None:
        """Whoever looks at the first of many does not wait for all, nor hold all in memory."""
        read: list[str] = []

        class Counted(Note):
            """A note that tells when it is read."""

            @model_validator(mode="after")
            def _tell(self) -> "Counted":
                read.append(self.heading)
                return self

        with new_folder() as folder, self.open(folder, {Note.type_name: Counted}) as store:
            for number in range(_MANY):
                save_one(store, "one", number, make_trial(number))
            found = store.trials("one", make_target())
            expect(
                isinstance(found, Iterator),
                f"trials() gave a {type(found).__name__}; it should be an iterator.",
            )
            expect(next(found).case_id == "case-0", "The first trial is not the one at the first position.")
            expect(len(read) < _MANY, f"All {_MANY} trials were read in order to give the first one.")
            expect(sum(1 for _ in found) == _MANY - 1, "Not every trial came after the first one.")

    def test_an_error_inside_the_block_comes_out(self) -> None:
        """Closing swallows nothing, and what was saved before the error is there."""
        with new_folder() as folder:
            came_out = False
            try:
                with self.open(folder) as store:
                    save_one(store, "one", 0, make_trial(1))
                    raise _Planned  # noqa: TRY301 - that it comes out of the block is the point
            except _Planned:
                came_out = True
            with self.open(folder) as store:
                found = list(store.trials("one", make_target()))
        expect(came_out, "An error inside the block did not come out: __exit__ should give nothing back.")
        expect(len(found) == 1, "A trial that was saved before an error is gone.")

    def test_its_place_shows_no_password(self) -> None:
        """People read where the records are, and nothing that opens them."""
        with new_folder() as folder, self.open(folder) as store:
            place, printed = str(store.place), f"{store!r} {store}"
            secrets = {self.secret, self._password(folder)} - {""}
        expect(bool(place.strip()), "It does not say where the records are.")
        for secret in secrets:
            expect(secret not in place, "Its place shows the password. It would stand in reports and logs.")
            expect(secret not in printed, "Printed, the store shows the password. It would stand in logs.")

    def test_its_spec_says_what_it_is(self) -> None:
        """Its name can be the scheme of an address, and it has a summary."""
        spec = getattr(self, "spec", None)
        if spec is None:
            raise NotDeclared("the store is opened without a spec")
        is_scheme = spec.name.replace("_", "").isalnum() and spec.name == spec.name.lower()
        expect(is_scheme, f"Its name is '{spec.name}', but stands before a colon: use small letters.")
        expect(
            len(spec.summary.strip()) > 5, "Its summary should say where it keeps records, and for whom."
        )

    def _password(self, folder: Path) -> str:
        return (urlsplit(self.address(folder)).password or "") if hasattr(self, "spec") else ""


class _Planned(Exception):  # noqa: N818 - it is no error
    """What goes wrong inside a block, on purpose."""


def _difference(wanted: Trial, found: Trial | None) -> str:
    names = [name for name in Trial.model_fields if getattr(wanted, name) != getattr(found, name, None)]
    return f"{', '.join(names)} differ."
