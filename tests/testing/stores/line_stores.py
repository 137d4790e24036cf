"""An honest store, and one for each way of losing records."""

import json
import os
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from threading import Event
from typing import Self

from sandbox.contracts.store import StoreSpec
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.trial import Target, Trial
from sandbox.errors import UnknownNameError
from sandbox.testing.stores.killed_writer import ENOUGH
from sandbox.testing.stores.sharing import ArtifactTypes


class LineStore:
    """An honest, slow store: a line of JSON for everything that was saved, in one file."""

    def __init__(self, path: Path, artifact_types: ArtifactTypes) -> None:
        self.path = path
        self.artifact_types = artifact_types

    @property
    def place(self) -> str:
        """The path of the file."""
        return str(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held open."""

    def save_trial(self, evaluation_id: str, position: int, trial: Trial) -> None:
        """Add a line."""
        kind = trial.artifact.type_name if trial.artifact is not None else ""
        self.add({"e": evaluation_id, "p": position, "kind": kind, "trial": trial.model_dump(mode="json")})

    def find_trial(self, fingerprint: str) -> Trial | None:
        """The last line with this fingerprint."""
        found = [line for line in self.lines() if "trial" in line]
        mine = [line for line in found if line["trial"]["fingerprint"] == fingerprint]
        return self.read(mine[-1]) if mine else None

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        """The last line of each position, read one at a time."""
        wanted = target.model_dump(mode="json")
        latest = {
            line["p"]: line
            for line in self.lines()
            if line.get("e") == evaluation_id and line["trial"]["target"] == wanted
        }
        return (self.read(latest[position]) for position in sorted(latest))

    def save_evaluation(self, evaluation: Evaluation) -> None:
        """Add a line."""
        self.add({"evaluation": evaluation.model_dump(mode="json")})

    def evaluation(self, evaluation_id: str) -> Evaluation:
        """The last line of this id."""
        known = {each.id: each for each in self.evaluations()}
        if evaluation_id not in known:
            raise UnknownNameError("evaluation", evaluation_id, known)
        return known[evaluation_id]

    def evaluations(self) -> list[Evaluation]:
        """The last line of each id."""
        lines = [line["evaluation"] for line in self.lines() if "evaluation" in line]
        latest = {line["id"]: Evaluation.model_validate(line) for line in lines}
        return sorted(latest.values(), key=lambda each: each.started_at, reverse=True)

    def add(self, line: object) -> None:
        """One call of the system for each line, so that none is torn."""
        file = os.open(self.path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        try:
            os.write(file, (json.dumps(line) + "\n").encode())
        finally:
            os.close(file)

    def lines(self) -> Iterator[dict]:
        """Every line that is whole."""
        if self.path.exists():
            with self.path.open(encoding="utf-8") as file:
                yield from (json.loads(line) for line in file if line.endswith("\n"))

    def read(self, line: dict) -> Trial:
        """The trial of a line."""
        fields = dict(line["trial"])
        artifact = fields.pop("artifact", None)
        kind = self.artifact_types.get(line["kind"])
        whole = Trial.model_validate(fields)
        return whole.model_copy(update={"artifact": kind.model_validate(artifact)}) if kind else whole


def open_lines(address: str, artifact_types: ArtifactTypes) -> LineStore:
    """The store of lines at `lines:PATH`."""
    return LineStore(Path(address.removeprefix("lines:")), artifact_types)


LINES = StoreSpec(name="lines", summary="One file of lines, for tests.", open=open_lines)


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

    def save_trial(self, evaluation_id: str, position: int, trial: Trial) -> None:
        rounded = trial.started_at.replace(microsecond=0)
        super().save_trial(evaluation_id, position, trial.model_copy(update={"started_at": rounded}))


class _ByWord(LineStore):
    """Orders positions as words."""

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        wanted = target.model_dump(mode="json")
        latest = {
            str(line["p"]): line
            for line in self.lines()
            if line.get("e") == evaluation_id and line["trial"]["target"] == wanted
        }
        return (self.read(latest[position]) for position in sorted(latest))


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

    def save_trial(self, evaluation_id: str, position: int, trial: Trial) -> None:
        kept = [line for line in self.lines() if line["trial"]["fingerprint"] != trial.fingerprint]
        self.path.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")
        super().save_trial(evaluation_id, position, trial)


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
        self.known.append(line)
        whole = self.path.with_name(f"{id(self)}")
        whole.write_text("".join(json.dumps(each) + "\n" for each in self.known), encoding="utf-8")
        whole.replace(self.path)


class _Shrinking(LineStore):
    """Shows nothing, every second time."""

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        self.looks = getattr(self, "looks", 0) + 1
        return super().trials(evaluation_id, target) if self.looks % 2 else iter(())

    def save_trial(self, evaluation_id: str, position: int, trial: Trial) -> None:
        super().save_trial(evaluation_id, position, trial)
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
        if "trial" in line and line["p"] == ENOUGH:  # type: ignore[operator,index]  # it is a dictionary
            super().add(line | {"trial": line["trial"] | {"calls": 0}})  # type: ignore[operator,index]  # likewise
            os._exit(77)
        super().add(line)


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
    (_Halving, "a_killed_writer_leaves_whole_trials", "not whole"),
    (_Swallowing, "an_error_inside_the_block_comes_out", "did not come out"),
    (Open, "its_place_shows_no_password", "place shows the password"),
    (_Printing, "its_place_shows_no_password", "Printed, the store shows"),
]
