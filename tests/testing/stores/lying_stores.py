"""A store for each way of losing records."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from threading import Event

from sandbox.contracts.store import TrialEntry
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.trial import Target, Trial
from sandbox.errors import UnknownNameError
from sandbox.testing.stores.other_process import ENOUGH
from sandbox.testing.stores.sharing import ArtifactTypes
from tests.testing.stores.line_stores import LineStore, line_of


class _Forgetful(LineStore):
    """Keeps trials in memory until it is closed, and forgets the last one."""

    def __init__(self, path: Path, artifact_types: ArtifactTypes) -> None:
        super().__init__(path, artifact_types)
        self.waiting: list[object] = []

    def add(self, line: object) -> None:
        self.waiting.append(line)

    def __exit__(self, *_: object) -> None:
        for line in self.waiting[:-1]:
            super().add(line)


class _Late(_Forgetful):
    """Writes when it is closed, and not before."""

    def __exit__(self, *_: object) -> None:
        for line in self.waiting:
            LineStore.add(self, line)


class _Rounding(LineStore):
    """Keeps no fraction of a second."""

    def save_trials(self, entries: Sequence[TrialEntry]) -> None:
        moments = [entry.trial.started_at.replace(microsecond=0) for entry in entries]
        super().save_trials(
            [
                replace(entry, trial=entry.trial.model_copy(update={"started_at": moment}))
                for entry, moment in zip(entries, moments, strict=True)
            ]
        )


class _ByWord(LineStore):
    """Orders positions as words."""

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        latest = self.latest(evaluation_id, target)
        return (self.read(latest[position]) for position in sorted(latest, key=str))


class _ByLabel(LineStore):
    """Takes targets of one label for one."""

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        mine = [line for line in self.lines() if line.get("e") == evaluation_id]
        found = {
            line["p"]: trial for line in mine if (trial := self.read(line)).target.label == target.label
        }
        return (found[position] for position in sorted(found))


class _Piling(LineStore):
    """Gives every line of a position."""

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        mine = [line for line in self.lines() if line.get("e") == evaluation_id]
        return (self.read(line) for line in sorted(mine, key=lambda line: line["p"]))


class _Sharing(LineStore):
    """Gives a trial to the evaluation that saved it last."""

    def save_trials(self, entries: Sequence[TrialEntry]) -> None:
        again = {entry.trial.fingerprint for entry in entries}
        self.rewrite([line for line in self.lines() if self.fingerprint_of(line) not in again])
        super().save_trials(entries)


class _OldestFirst(LineStore):
    """Gives evaluations in the order in which they began."""

    def evaluations(self) -> list[Evaluation]:
        return super().evaluations()[::-1]


class _ByClock(LineStore):
    """Orders evaluations by what the clock on the wall said."""

    def evaluations(self) -> list[Evaluation]:
        return sorted(super().evaluations(), key=lambda each: each.started_at.isoformat(), reverse=True)


class _KeyErrors(LineStore):
    """Names nothing near."""

    def evaluation(self, evaluation_id: str) -> Evaluation:
        raise UnknownNameError("evaluation", evaluation_id, ())


class _Deaf(LineStore):
    """Takes capitals and small letters for the same."""

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        found = [
            line for line in self.lines() if "e" in line and line["e"].lower() == evaluation_id.lower()
        ]
        return (self.read(line) for line in found)


class _Cutting(LineStore):
    """Ends a text at the character with the number zero, as C does."""

    def read(self, line: dict) -> Trial:
        whole = super().read(line)
        if whole.completion is None:
            return whole
        said = whole.completion.model_copy(update={"text": whole.completion.text.split("\0")[0]})
        return whole.model_copy(update={"completion": said})


class Insisting(LineStore):
    """Cannot read a trial whose artifact it does not know."""

    def read(self, line: dict) -> Trial:
        if line["kind"]:
            self.artifact_types[line["kind"]]
        return super().read(line)


class _Eager(LineStore):
    """Reads all in order to give one."""

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        return iter(list(super().trials(evaluation_id, target)))


class _Listing(LineStore):
    """Gives a list."""

    def trials(self, evaluation_id: str, target: Target) -> list[Trial]:  # type: ignore[override]  # that is the mistake
        return list(super().trials(evaluation_id, target))


class _Remembering(LineStore):
    """Knows what was there when it was opened, and writes that anew with each line."""

    def __init__(self, path: Path, artifact_types: ArtifactTypes) -> None:
        super().__init__(path, artifact_types)
        self.known = list(self.lines())

    def add(self, line: object) -> None:
        self.known += line if isinstance(line, list) else [line]
        whole = self.path.with_name(f"{id(self)}")
        whole.write_text("".join(json.dumps(each) + "\n" for each in self.known), encoding="utf-8")
        whole.replace(self.path)


class _Shrinking(LineStore):
    """Shows nothing, every second time."""

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        self.looks = getattr(self, "looks", 0) + 1
        return super().trials(evaluation_id, target) if self.looks % 2 else iter(())

    def save_trials(self, entries: Sequence[TrialEntry]) -> None:
        super().save_trials(entries)
        WRITING.wait(0.001)


WRITING = Event()
"""Never set: whoever waits for it lets others go first."""


class _Old(LineStore):
    """Ends a list as soon as something is saved."""

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        size = self.path.stat().st_size
        return takewhile(lambda _: self.path.stat().st_size == size, super().trials(evaluation_id, target))


class _Selfish(LineStore):
    """Can be made once only."""

    def __init__(self, path: Path, artifact_types: ArtifactTypes) -> None:
        super().__init__(path, artifact_types)
        path.with_name("made").touch(exist_ok=False)


class _Halving(LineStore):
    """Writes a line in two parts, and gives back what it finds."""

    def add(self, line: object) -> None:
        if isinstance(line, list) and line[-1]["p"] >= ENOUGH:
            line[-1]["trial"]["calls"] = 0
            super().add(line)
            os._exit(77)
        super().add(line)


class _Tearing(LineStore):
    """Writes trials that come together one by one, and is killed between two of them."""

    def save_trials(self, entries: Sequence[TrialEntry]) -> None:
        for entry in entries:
            self.add(line_of(entry))
            if entry.position == ENOUGH:
                os._exit(77)


class _Swallowing(LineStore):
    """Lets no error out."""

    def __exit__(self, *_: object) -> bool:
        return True


class Open(LineStore):
    """Says its password."""

    @property
    def place(self) -> str:
        return f"lines://teacher:open-sesame@server/{self.path}"


class _Printing(LineStore):
    """Prints its password."""

    def __repr__(self) -> str:
        return f"Store(teacher:open-sesame@{self.path})"


LIES = [
    (_Forgetful, "a_trial_comes_back_as_it_was", "is gone"),
    (_Rounding, "a_trial_comes_back_as_it_was", "started_at differ"),
    (_Late, "what_was_saved_is_there_at_once", "Commit each one"),
    (_ByWord, "trials_come_in_the_order_of_their_positions", "case-10"),
    (_ByLabel, "targets_are_kept_apart", "differ in any field are two"),
    (_Piling, "a_trial_that_is_saved_twice_is_one", "not the later one"),
    (_Sharing, "two_evaluations_share_a_trial", "gave []"),
    (_OldestFirst, "the_latest_evaluation_comes_first", "The latest should come first"),
    (_ByClock, "the_latest_evaluation_comes_first", "sort by the moment in UTC"),
    (_KeyErrors, "an_unknown_evaluation_is_an_error_with_the_nearest_id", "every known id"),
    (_Deaf, "ids_and_words_may_hold_anything", "'Pilot' has one trial"),
    (_Cutting, "long_and_odd_answers_are_kept", "came back as 'a'"),
    (_Eager, "trials_are_read_one_at_a_time", "All 400 trials were read"),
    (_Listing, "trials_are_read_one_at_a_time", "gave a list"),
    (_Shrinking, "it_can_be_read_while_it_is_written", "a moment later 0"),
    (_Old, "a_reader_who_is_slow_stops_nobody", "a slow reader got 1"),
    (_Remembering, "two_may_write_at_once", "and 0 are there"),
    (_Selfish, "two_may_make_a_new_store_at_once", "FileExistsError while others"),
    (_Tearing, "a_killed_writer_leaves_whole_trials", "a group was torn"),
    (_Halving, "a_killed_writer_leaves_whole_trials", "not whole"),
    (_Swallowing, "an_error_inside_the_block_comes_out", "did not come out"),
    (Open, "its_place_shows_no_password", "place shows the password"),
    (_Printing, "its_place_shows_no_password", "Printed, the store shows"),
]
