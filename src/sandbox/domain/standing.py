"""Whether a decision may rest on a check, and what that is based on."""

from enum import StrEnum

from sandbox.domain.record import Record


class Standing(StrEnum):
    """What is known of how right a check is."""

    PEOPLE = "people"
    """It was measured against people's labels."""
    CONSTRUCTION = "construction"
    """It was tried on defects that were planted for it to find."""
    UNCALIBRATED = "uncalibrated"
    """Nothing that would do is known: it may warn, but no decision may rest on it."""

    @property
    def in_words(self) -> str:
        """The standing as people read it."""
        return _WORDS[self]

    @property
    def may_gate(self) -> bool:
        """Whether a decision may rest on a check of this standing."""
        return self is not Standing.UNCALIBRATED


_WORDS = {
    Standing.PEOPLE: "calibrated against people",
    Standing.CONSTRUCTION: "proved by construction",
    Standing.UNCALIBRATED: "uncalibrated",
}


class Measured(Record):
    """What is known of a check here and now: its standing, and the grounds for it in words."""

    standing: Standing = Standing.UNCALIBRATED
    words: str = "There is no calibration card."
