"""A case as another tool keeps it, read but not yet fitted to a prompt."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.storage.positions import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignCase:
    """What a file says of one case; texts of it are never repeated in a remark."""

    position: Position
    fields: Mapping[str, object]
    """What may become part of a case, by the names that the file gives."""
    goals: Mapping[str, str]
    """The field of our cases that some of them become, unless somebody says otherwise."""
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    """What our cases have no place for, a phrase each, such as "an assertion of type llm-rubric"."""
    changed: tuple[str, ...] = ()
    """What is kept but means something else now, a sentence each."""
