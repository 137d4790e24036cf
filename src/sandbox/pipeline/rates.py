"""Requests and tokens per minute: a bucket that fills steadily and is drawn from."""

from dataclasses import dataclass, field

_BURST_SECONDS = 5
"""What may be used at once after a rest; a whole minute's worth would be refused by most services."""


@dataclass(slots=True)
class Rate:
    """An allowance that fills with time (a token bucket). Times are those of one monotonic clock."""

    per_minute: float
    _filled: float = field(init=False)
    _at: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._filled = self._full

    def wait_seconds(self, amount: float, now: float) -> float:
        """How long until so much may be taken. Of more than fits, what fits is waited for."""
        self._fill(now)
        lacking = min(amount, self._full) - self._filled
        # A wait of a billionth of a second would be over before a clock of floats moves on.
        return lacking * 60 / self.per_minute if lacking > 1e-6 * self._full else 0

    def take(self, amount: float, now: float) -> None:
        """Take so much, which may leave a debt."""
        self._fill(now)
        self._filled -= amount

    @property
    def _full(self) -> float:
        return max(1, self.per_minute * _BURST_SECONDS / 60)

    def _fill(self, now: float) -> None:
        if self._at is not None:
            self._filled = min(self._full, self._filled + (now - self._at) * self.per_minute / 60)
        self._at = now
