"""What a check or a guard says of a trial."""

import re
from enum import StrEnum
from functools import lru_cache

from sandbox.domain.record import Record


class Outcome(StrEnum):
    """What a check found."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"
    """The check could not be made; never a pass, and never left out of the count."""


class Evidence(Record):
    """What a finding rests on: words from the answer, and where they stand in it."""

    quote: str
    where: str = ""
    """A path into the artifact, such as `segments[2].minutes`, or words that name the place."""


def place_in_words(where: str) -> str:
    """Where evidence stands: "segments[2].minutes" counts from 0, "segments 3 › minutes" as people do."""
    if not re.fullmatch(r"[\w.\[\]]+", where):
        return where
    numbered = re.sub(r"\[(\d+)\]", lambda match: f" {int(match[1]) + 1}", where)
    return numbered.replace(".", " › ").replace("_", " ")


class Finding(Record):
    """What one check says of one trial."""

    check: str
    version: str
    outcome: Outcome
    reason: str
    evidence: tuple[Evidence, ...] = ()


@lru_cache(maxsize=1024)
def shared_finding(check: str, version: str, outcome: Outcome, reason: str) -> Finding:
    """A finding without evidence. Most trials get the same ones, so one object serves them all."""
    return Finding(check=check, version=version, outcome=outcome, reason=reason)
