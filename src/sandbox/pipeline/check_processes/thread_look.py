"""One look in a thread of its own, which can be left behind but not ended."""

from queue import Empty, SimpleQueue
from threading import Thread

from sandbox.contracts.check import Check, Subject
from sandbox.domain.finding import Finding
from sandbox.pipeline.check_processes.looking import find, not_made


class LeftBehindError(Exception):
    """The check took too long; its thread goes on for as long as it likes."""


class ThreadLook:
    """For a check that no other process can have, such as one made in a notebook."""

    def __init__(self) -> None:
        self._found: SimpleQueue[Finding | None] = SimpleQueue()

    def look(self, check: Check, subject: Subject) -> Finding:
        """What the check says of an answer.

        Raises:
            LeftBehindError: it took too long.
        """
        work = Thread(
            target=lambda: self._found.put(find(check, subject)), name=f"check-{check.name}", daemon=True
        )
        work.start()
        try:
            found = self._found.get(timeout=check.timeout_seconds)
        except Empty:
            raise LeftBehindError from None
        return found or not_made(check, "Nobody waited for the check any more.")

    def end(self) -> None:
        """Wait no more; safe from any thread."""
        self._found.put(None)
