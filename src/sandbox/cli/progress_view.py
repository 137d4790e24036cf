"""Progress in a terminal: a bar for each target, what holds it up, money, and time left."""

import threading
from collections.abc import Callable, Sequence
from textwrap import wrap
from time import monotonic
from typing import Self

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from sandbox.cli.progress_lines import ProgressLines
from sandbox.cli.progress_words import (
    duration,
    expense,
    hold,
    holds,
    how_far,
    is_over,
    names,
    stops,
    time_words,
)
from sandbox.domain.progress import Progress, TargetProgress

_STATE_WIDTH = 24
_BAR_WIDTHS = range(6, 25)
_MOST_REASONS = 3
"""Of stops and of holds, so many are shown; the verdict tells the rest."""


def watch_progress(console: Console, title: str) -> "ProgressView | ProgressLines":
    """What shows progress here: bars in a terminal, plain lines elsewhere."""
    return ProgressView(console, title) if console.is_interactive else ProgressLines(console, title)


class ProgressView:
    """A bar for each target, gone at the end. No colour is needed to read it.

    It begins to draw with the first news, so that a question can be asked before; news come in any thread.
    """

    def __init__(self, console: Console, title: str, *, clock: Callable[[], float] = monotonic) -> None:
        self._title, self._clock = title, clock
        self.last: Progress | None = None
        self._updated_at = 0.0
        self._live = Live(self, console=console, refresh_per_second=4, transient=True)
        self._lock = threading.Lock()
        self._is_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Leave the terminal as it was, whatever news still come."""
        with self._lock:
            self._is_over = True
            self._live.stop()

    def update(self, now: Progress) -> None:
        """Note how far it is; it is drawn a few times a second."""
        self.last, self._updated_at = now, self._clock()
        with self._lock:
            if not self._is_over:
                self._live.start()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        now = self.last
        if now is None:
            return
        since_seconds = self._clock() - self._updated_at
        below = _below(now, options.max_width, console.size.height // 3, since_seconds)
        rows = max(console.size.height - len(below) - 2, 1)
        yield _line(how_far(self._title, now), "bold")
        yield from _targets(now, rows, options.max_width, since_seconds)
        for text in below:
            yield _line(text)


def _line(text: str, style: str = "") -> Text:
    return Text(text, style, no_wrap=True, overflow="ellipsis")


def _below(now: Progress, width: int, rows: int, since_seconds: float) -> list[str]:
    """What stands below the bars, in so many rows: reasons as far as there is room, then money and time."""
    reasons = [f"Everything waits: {now.note}"] if now.note else []
    for why in list(stops(now))[:_MOST_REASONS]:
        reasons += wrap(f"Stopped: {why}", width, max_lines=2, placeholder=" …")
    reasons += holds(now, since_seconds=since_seconds)[:_MOST_REASONS]
    if waiting := sum(each.waiting for each in now.targets if not is_over(each)):
        reasons.append(f"{waiting:,} failed and will be asked again in a moment")
    return [*reasons[: max(rows - 2, 0)], expense(now), time_words(now, since_seconds=since_seconds)]


def _targets(now: Progress, rows: int, width: int, since_seconds: float) -> RenderResult:
    """As many targets as there is room for, those that go on first, and how many are not shown."""
    named = list(zip(names(now), now.targets, strict=True))
    shown = named
    if len(named) > rows:
        of_note = [pair for pair in named if not is_over(pair[1])] or named
        shown = of_note[: max(rows - 1, 1)]
    yield _table(shown, width, since_seconds)
    if hidden := [target for _, target in named if all(target is not each for _, each in shown)]:
        over = sum(map(is_over, hidden))
        counts = [f"{over} of them over"] if over else []
        yield _line(", ".join([f"and {len(hidden)} more targets", *counts]))


def _table(named: Sequence[tuple[str, TargetProgress]], width: int, since_seconds: float) -> Table:
    """The targets in columns whose widths stay as they are while figures change."""
    count_width = max(len(_count(target, target.planned)) for _, target in named)
    name_width = min(max(len(name) for name, _ in named), max(width // 3, 12))
    bar_width = min(width - name_width - count_width - _STATE_WIDTH - 6, _BAR_WIDTHS[-1])
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=name_width, no_wrap=True)
    if bar_width in _BAR_WIDTHS:
        table.add_column(width=bar_width)
    table.add_column(width=count_width, justify="right", no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis")
    for name, target in named:
        bar = ProgressBar(total=max(target.planned, 1), completed=target.done, width=bar_width)
        cells = (bar,) if bar_width in _BAR_WIDTHS else ()
        state = Text(_state(target, since_seconds))
        count = Text(_count(target, target.done))
        table.add_row(Text(_both_ends(name, name_width)), *cells, count, state)
    return table


def _count(target: TargetProgress, done: int) -> str:
    return f"{done:,} of {target.planned:,}"


def _state(target: TargetProgress, since_seconds: float) -> str:
    """What goes on with a target, in 24 characters."""
    parts = [f"{target.failed:,} failed"] if target.failed else []
    if target.stopped:
        parts.append("stopped")
    elif target.done >= target.planned:
        parts.append("done")
    elif hold(target, since_seconds=since_seconds):
        parts.append(f"held {duration(target.pause_seconds - since_seconds)}")
    else:
        parts.append(f"{target.under_way:,} under way")
    return ", ".join(parts)


def _both_ends(name: str, width: int) -> str:
    """The name in so many characters: its end tells as much as its beginning."""
    if len(name) <= width:
        return name
    end = (width - 1) // 2
    return f"{name[: width - 1 - end]}…{name[-end:]}"
