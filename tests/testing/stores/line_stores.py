"""An honest, slow store, which the lying ones are made from."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Self

from sandbox.contracts.store import StoreSpec, TrialEntry
from sandbox.domain.purge import Purge, PurgeReceipt
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.trial import Target, Trial
from sandbox.domain.trial_summary import TrialSummary
from sandbox.errors import UnknownNameError
from sandbox.storage.database.claims import claim_by_file
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

    def save_trials(self, entries: Sequence[TrialEntry]) -> None:
        """Add a line for all of them."""
        self.add([line_of(entry) for entry in entries])

    def claim(self, evaluation_id: str) -> AbstractContextManager[None]:
        """Lock a file beside the lines."""
        return claim_by_file(self.path, evaluation_id)

    def ended_trials(self, target: Target) -> list[str]:
        """Those of the last line of each fingerprint."""
        wanted = target.model_dump(mode="json")
        latest = {line["trial"]["fingerprint"]: line["trial"] for line in self.trial_lines()}
        return [
            name
            for name, trial in latest.items()
            if trial["target"] == wanted and trial["status"] != "failed"
        ]

    def summaries(self, evaluation_id: str, target: Target) -> Iterator[tuple[int, TrialSummary]]:
        """Of trials that are read without their artifacts."""
        latest = self.latest(evaluation_id, target)
        return (
            (position, TrialSummary.of(self.read({**latest[position], "kind": ""})))
            for position in sorted(latest)
        )

    def purge(self, purge: Purge, *, now: datetime) -> PurgeReceipt:
        """Write the file anew without the lines of these trials."""
        gone = {
            line["trial"]["fingerprint"]: line["e"]
            for line in self.trial_lines()
            if self.is_meant(self.read({**line, "kind": ""}), purge)
        }
        places = {line["e"] for line in self.trial_lines() if line["trial"]["fingerprint"] in gone}
        receipt = PurgeReceipt(
            purged_at=now,
            by_student=purge.student is not None,
            before=purge.before,
            trials=len(gone),
            evaluations=len(places),
            fingerprints_digest=sha256("\n".join(sorted(gone)).encode()).hexdigest(),
        )
        self.rewrite([line for line in self.lines() if self.fingerprint_of(line) not in gone])
        if gone:
            self.add({"purge": receipt.model_dump(mode="json")})
        return receipt

    def purges(self) -> list[PurgeReceipt]:
        """The lines of purges, the last one first."""
        lines = [line["purge"] for line in self.lines() if "purge" in line]
        return [PurgeReceipt.model_validate(line) for line in reversed(lines)]

    def is_meant(self, trial: Trial, purge: Purge) -> bool:
        """Whether a purge is to delete this trial."""
        return (purge.student is None or trial.student == purge.student) and (
            purge.before is None or trial.started_at < purge.before
        )

    def rewrite(self, lines: list[dict]) -> None:
        """Write these lines, and no others."""
        whole = self.path.with_name("rewritten")
        whole.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        whole.replace(self.path)

    def find_trial(self, fingerprint: str) -> Trial | None:
        """The last line with this fingerprint."""
        mine = [line for line in self.trial_lines() if line["trial"]["fingerprint"] == fingerprint]
        return self.read(mine[-1]) if mine else None

    def trials(self, evaluation_id: str, target: Target) -> Iterator[Trial]:
        """The last line of each position, read one at a time."""
        latest = self.latest(evaluation_id, target)
        return (self.read(latest[position]) for position in sorted(latest))

    def latest(self, evaluation_id: str, target: Target) -> dict[int, dict]:
        """The last line of each position."""
        wanted = target.model_dump(mode="json")
        return {
            line["p"]: line
            for line in self.trial_lines()
            if line["e"] == evaluation_id and line["trial"]["target"] == wanted
        }

    def trial_lines(self) -> Iterator[dict]:
        """The lines that are trials."""
        return (line for line in self.lines() if "trial" in line)

    def fingerprint_of(self, line: dict) -> str:
        """The fingerprint of a line; empty if it is no trial."""
        return line["trial"]["fingerprint"] if "trial" in line else ""

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
        """One call of the system for each line, so that none is torn; a list of lines is one."""
        file = os.open(self.path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
        try:
            os.write(file, (json.dumps(line) + "\n").encode())
        finally:
            os.close(file)

    def lines(self) -> Iterator[dict]:
        """Every line that is whole."""
        if self.path.exists():
            with self.path.open(encoding="utf-8") as file:
                for found in (json.loads(line) for line in file if line.endswith("\n")):
                    yield from found if isinstance(found, list) else [found]

    def read(self, line: dict) -> Trial:
        """The trial of a line."""
        fields = dict(line["trial"])
        artifact = fields.pop("artifact", None)
        kind = self.artifact_types.get(line["kind"])
        whole = Trial.model_validate(fields)
        return whole.model_copy(update={"artifact": kind.model_validate(artifact)}) if kind else whole


def line_of(entry: TrialEntry) -> dict:
    """What is written of a trial."""
    trial = entry.trial
    kind = trial.artifact.type_name if trial.artifact is not None else ""
    whole = trial.model_dump(mode="json")
    return {"e": entry.evaluation_id, "p": entry.position, "kind": kind, "trial": whole}


def open_lines(address: str, artifact_types: ArtifactTypes) -> LineStore:
    """The store of lines at `lines:PATH`."""
    return LineStore(Path(address.removeprefix("lines:")), artifact_types)


LINES = StoreSpec(name="lines", summary="One file of lines, for tests.", open=open_lines)
