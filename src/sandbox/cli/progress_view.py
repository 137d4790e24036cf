"""Progress in the terminal: what is done, what failed, money spent, time left."""

from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from sandbox.evaluation import running


class ProgressView:
    """A bar for each target; plain lines, one in ten, where there is no terminal."""

    def __init__(self, console: Console, title: str) -> None:
        self._console, self._title = console, title
        self._tasks: dict[str, TaskID] = {}
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=16),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.done = 0

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Leave the terminal as it was."""
        self._progress.stop()

    def update(self, now: running.Progress) -> None:
        """Show how far a target is."""
        if now.target not in self._tasks:
            words = f"{self._title} on {now.model}"
            self._tasks[now.target] = self._progress.add_task(words, total=now.planned, note="")
            if not self._console.is_terminal:
                self._console.print(f"{words}: {now.planned} answers to ask for")
            return
        self.done += 1
        notes = [
            f"{now.recalled} on record" if now.recalled else "",
            f"{now.failed} failed" if now.failed else "",
        ]
        if now.cost_usd:
            notes.append(f"${now.cost_usd:.4f}")
        note = ", ".join(filter(None, notes))
        self._progress.update(self._tasks[now.target], completed=now.done, note=note)
        is_step = now.done == now.planned or now.done % max(now.planned // 10, 1) == 0
        if not self._console.is_terminal and is_step:
            self._console.print(
                f"{self._title}: {now.done} of {now.planned} {'(' + note + ')' if note else ''}".rstrip()
            )
