"""Unbroken answers: what stands in `tests/good_artifacts`, each with the case that asks for it.

A case that asks for no words is made to ask for one that is there, and to rule out one that is not.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from sandbox.bundled import plugin
from sandbox.contracts.check import Subject
from sandbox.domain.artifact import Artifact
from sandbox.domain.passages import passages_of
from sandbox.domain.trial import Case

_FOLDER = Path(__file__).parents[1] / "good_artifacts"
_KINDS = {kind.type_name: kind for kind in plugin.sandbox_artifacts()}
RULED_OUT = "lazy learners"
_WORD = re.compile(r"\b[a-z]{6,}\b")


@dataclass(frozen=True)
class Answer:
    """An artifact and the case that asked for it."""

    name: str
    artifact: Artifact
    case: Case

    @property
    def type_name(self) -> str:
        """The artifact's type."""
        return self.artifact.type_name

    @property
    def subject(self) -> Subject:
        """What a check looks at."""
        return Subject(self.artifact, self.case)

    @property
    def record(self) -> dict[str, Any]:
        """The artifact as plain JSON, to be changed and handed to `showing`."""
        return self.artifact.model_dump(mode="json")

    def showing(self, record: dict[str, Any]) -> Self:
        """The same, with another artifact of its type."""
        return replace(self, artifact=type(self.artifact).model_validate(record))

    def asked(self, **changes: object) -> Self:
        """The same, asked for by a case that differs in this."""
        return replace(self, case=self.case.model_copy(update=changes))


def unbroken() -> Iterator[Answer]:
    """Every good artifact, in the order of types and names."""
    for path in sorted(_FOLDER.glob("*/*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        given = record if "artifact" in record else {"artifact": record}
        yield _read(path.stem, path.parent.name, given)


def _read(name: str, type_name: str, given: dict[str, Any]) -> Answer:
    artifact = _KINDS[type_name].model_validate(given["artifact"])
    wanted = {key: value for key, value in given.items() if key in Case.model_fields and key != "id"}
    word = _WORD.search(" ".join(passage.text for passage in passages_of(artifact)))
    wanted.setdefault("must", (word[0],) if word else ())
    wanted.setdefault("must_not", (RULED_OUT,))
    return Answer(name, artifact, Case.model_validate({"id": name[:80], **wanted}))
