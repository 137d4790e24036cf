"""Progress as plain lines: few, and each says something new."""

import io

import pytest
from rich.console import Console

from sandbox.cli.progress_lines import ProgressLines
from sandbox.domain.event import PaceReason
from tests.cli.progress_values import Clock, progress, target


class Told:
    """Lines that were told, and the clock that they were told by."""

    def __init__(self) -> None:
        self.clock, self._written = Clock(), io.StringIO()
        self.view = ProgressLines(Console(file=self._written, width=40), "feedback", clock=self.clock)

    def at(self, seconds: float, **changes) -> None:
        """Tell it of progress so many seconds after the start."""
        self.clock.now = 1000 + seconds
        of_all = {name: changes.pop(name) for name in ("note",) if name in changes}
        self.view.update(progress(target(**changes), **of_all))

    @property
    def lines(self) -> list[str]:
        """What was printed."""
        return self._written.getvalue().splitlines()


@pytest.fixture
def told() -> Told:
    """Nothing told yet."""
    return Told()


def test_the_first_line_says_what_is_asked_for_and_the_last_what_came_of_it(told: Told) -> None:
    """A quick evaluation has these two."""
    with told.view:
        told.at(0, done=100)
        told.at(10, done=300)
        told.at(20, done=500)

    assert told.lines == [
        "feedback on openai/gpt-x: 400 answers to ask for (100 more are on record)",
        "feedback: 500 of 500 answers, 100 were on record; $1.20 spent, likely $2.90 more; 1 min gone",
    ]


def test_a_line_comes_with_each_tenth_but_not_more_often_than_every_30_seconds(told: Told) -> None:
    """Whichever is rarer."""
    for second in range(400):
        told.at(second, done=100 + second, planned=500)
    quick = len(told.lines)
    slow = Told()
    for second in range(0, 4000, 10):
        slow.at(second, done=100 + second // 10, planned=500)

    assert quick == 1 + 7
    assert len(slow.lines) == 1 + 7


def test_a_stop_is_told_at_once_and_once(told: Told) -> None:
    """With its reason."""
    told.at(0)
    told.at(1, stopped="The key is wrong.")
    told.at(100, stopped="The key is wrong.")

    assert told.lines[1:] == ["feedback: openai/gpt-x stopped. The key is wrong."]


def test_holds_are_told_every_30_seconds_if_they_are_worth_it(told: Told) -> None:
    """A second or two is not."""
    told.at(0, done=100, pause_seconds=2)
    assert len(told.lines) == 1
    for second in range(1, 62):
        told.at(second, done=100, pause_seconds=62 - second, pause_reason=PaceReason.RATE_LIMIT)

    assert told.lines[1:] == [
        "feedback: openai asks us to wait 1 min.",
        "feedback: openai asks us to wait 31 s.",
    ]


def test_what_holds_everything_up_is_told(told: Told) -> None:
    """Once in 30 seconds."""
    for second in range(5):
        told.at(second, note="the records are locked.")

    assert told.lines[1:] == ["feedback: Everything waits: the records are locked."]


def test_stopping_without_any_progress_says_nothing(told: Told) -> None:
    """A wrong name ended it before."""
    with told.view:
        pass

    assert told.lines == []
