"""Deleting trials for good: which ones, and the receipt that stays."""

from datetime import datetime

from pydantic import Field, model_validator

from sandbox.domain.record import Record


class Purge(Record):
    """Which trials to delete: those that meet everything that is named; something has to be."""

    student: str | None = Field(default=None, min_length=1)
    """Those of the student with this pseudonym."""
    before: datetime | None = None
    """Those that were begun before this moment."""

    @model_validator(mode="after")
    def _see_to_something(self) -> "Purge":
        if self.student is None and self.before is None:
            raise ValueError("Name a student, a moment, or both: nothing else is deleted.")
        return self


class PurgeReceipt(Record):
    """What was deleted and when; neither a text nor a pseudonym is in it."""

    purged_at: datetime
    by_student: bool
    before: datetime | None = None
    trials: int = Field(ge=0)
    """How many trials are gone."""
    evaluations: int = Field(ge=0)
    """How many evaluations they were part of; their scorecards stay."""
    fingerprints_digest: str
    """SHA-256 over the sorted fingerprints of the trials that are gone, one a line."""
