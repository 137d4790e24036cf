"""The circuit breaker of one account: after many failures in a row only now and then a request goes out."""

from dataclasses import dataclass, field

_FAILURES = 10
"""So many in a row, and it is the service that is gone, not one request."""
_LONGEST_PAUSE_SECONDS = 30


@dataclass(slots=True)
class Circuit:
    """Counts failures in a row (Nygard, "Release It!", 2007). Times are those of one monotonic clock."""

    opened_at: float | None = None
    """When it was last seen that the service is gone; None while answers come."""
    _failures: int = 0
    _failing_since: float = 0
    _pause_seconds: float = field(default=0.5)

    def answered(self) -> bool:
        """Note an answer; whether the service was gone until now."""
        was_open = self.opened_at is not None
        self.opened_at, self._failures, self._pause_seconds = None, 0, 0.5
        return was_open

    def failed(self, *, began: float, now: float) -> float:
        """Note a failure of a request that began then; how long to pause now, 0 if the service is there.

        Of requests that were under way when the service went, only the first tell something new.
        """
        if self.opened_at is not None and began < self.opened_at:
            return 0
        if self._failures == 0:
            self._failing_since = began
        self._failures += 1
        if self._failures < _FAILURES:
            return 0
        self.opened_at = now
        self._pause_seconds = min(2 * self._pause_seconds, _LONGEST_PAUSE_SECONDS)
        return self._pause_seconds

    def gone_seconds(self, now: float) -> float:
        """For how long the service has given no answer."""
        return 0 if self.opened_at is None else now - self._failing_since
