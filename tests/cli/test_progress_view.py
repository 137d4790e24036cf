"""Progress in a terminal: it fits, says what holds it up, and leaves nothing behind."""

import io

import pytest
from rich.console import Console

from sandbox.cli.progress_lines import ProgressLines
from sandbox.cli.progress_view import ProgressView, watch_progress
from sandbox.domain.event import PaceReason
from sandbox.domain.progress import Progress
from tests.cli.progress_values import Clock, progress, target

MODELS = [f"provider{number}/a-model-with-a-long-name-{number}" for number in range(12)]


def drawn(now: Progress, *, width: int = 80, height: int = 24, seconds: float = 0) -> list[str]:
    """The lines that stand in a terminal of this size, so many seconds after the last news."""
    console = Console(file=io.StringIO(), width=width, height=height, force_terminal=True, no_color=True)
    clock = Clock()
    view = ProgressView(console, "feedback", clock=clock)
    view.stop()  # it is drawn here, and not by itself
    view.update(now)
    clock.now += seconds
    with console.capture() as captured:
        console.print(view)
    text = captured.get().replace("\x1b[1m", "").replace("\x1b[0m", "")
    return text.splitlines()


def many(**changes) -> Progress:
    """Twelve targets with large figures."""
    each = {"planned": 60_000, "done": 12_345, "failed": 999, **changes}
    return progress(*(target(label=f"f 1.0.0 on {model}", model=model, **each) for model in MODELS))


def test_a_target_has_its_bar_its_count_and_what_goes_on() -> None:
    """Money and time stand below."""
    lines = drawn(progress(target(failed=3, waiting=2)))

    assert lines[0] == "feedback: 250 of 500 answers, 100 were on record, 3 failed"
    assert lines[1].startswith("openai/gpt-x  ━")
    assert lines[1].rstrip().endswith("250 of 500  3 failed, 8 under way")
    assert lines[2] == "2 failed and will be asked again in a moment"
    assert lines[-2:] == ["$1.20 spent, likely $2.90 more", "1 min gone, about 4 min left"]


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("height", [8, 12, 24, 50])
def test_it_fits_every_terminal(width: int, height: int) -> None:
    """Also with twelve targets; money and time are always there."""
    now = many(pause_seconds=700, stopped="")

    lines = drawn(now, width=width, height=height)

    assert max(map(len, lines)) <= width
    assert len(lines) < height
    assert "gone" in lines[-1]
    assert "spent" in lines[-2]


def test_targets_that_are_over_give_way_where_room_is_short() -> None:
    """How many are not shown is said."""
    over = [target(label=f"f 1.0.0 on {model}", model=model, done=500) for model in MODELS[:8]]
    going = [target(label=f"f 1.0.0 on {model}", model=model) for model in MODELS[8:]]

    lines = drawn(progress(*over, *going), width=120, height=8)

    assert [line.split()[0] for line in lines[1:-2]] == [*MODELS[8:11], "and"]
    assert lines[-3] == "and 9 more targets, 8 of them over"


def test_holds_count_down_by_themselves() -> None:
    """Nothing new need be told for that; then it goes on."""
    held = progress(target(pause_seconds=12, pause_reason=PaceReason.RATE_LIMIT))

    assert "openai asks us to wait 12 s" in drawn(held)
    assert drawn(held)[1].endswith("held 12 s")
    assert "openai asks us to wait 5 s" in drawn(held, seconds=7)
    assert drawn(held, seconds=13)[1].endswith("8 under way")


def test_a_stop_says_why_once() -> None:
    """Two lines at most, whatever a service says."""
    why = "The key is wrong.\nSet OPENAI_API_KEY. " + "And so on. " * 50
    lines = drawn(progress(target(stopped=why), target(stopped=why)))

    (first,) = [
        number for number, line in enumerate(lines) if line.startswith("Stopped: The key is wrong. Set")
    ]
    assert lines[first + 1].endswith("…")
    assert lines[first + 2].startswith("$")
    assert lines[1].rstrip().endswith("stopped")


def test_what_holds_everything_up_is_said() -> None:
    """Such as records that another program has locked."""
    assert "Everything waits: the records are locked" in drawn(progress(note="the records are locked"))


def test_names_with_brackets_are_no_markup() -> None:
    """A model may be called anything."""
    lines = drawn(progress(target(model="a/[red]b", label="x on a/[red]b")))

    assert lines[1].startswith("a/[red]b")


def test_the_terminal_is_left_as_it_was_also_when_interrupted() -> None:
    """The cursor is there again, and the bars are gone."""
    console = Console(file=(written := io.StringIO()), width=80, height=24, force_terminal=True)

    def interrupt() -> None:
        with ProgressView(console, "feedback") as view:
            view.update(progress())
            view._live.refresh()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupt()

    text = written.getvalue()
    assert "under way" in text
    assert text.rindex("\x1b[?25h") > text.rindex("\x1b[?25l")
    assert text.rindex("\x1b[2K") > text.rindex("under way")


def test_nothing_is_drawn_before_the_first_news_or_after_the_end() -> None:
    """A question can be asked before; news of another thread may come late."""
    console = Console(file=(written := io.StringIO()), width=80, height=24, force_terminal=True)

    with ProgressView(console, "feedback") as view:
        before = written.getvalue()
    view.update(progress())

    assert before == written.getvalue() == ""
    assert not view._live.is_started


def test_bars_are_for_terminals_that_can_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, plain terminals, and people who ask for it (a screen reader) get lines."""

    def kind(**settings) -> type:
        return type(watch_progress(Console(file=io.StringIO(), **settings), "x"))

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("TTY_INTERACTIVE", raising=False)
    assert kind(force_terminal=True) is ProgressView
    assert kind() is ProgressLines
    monkeypatch.setenv("TTY_INTERACTIVE", "0")
    assert kind(force_terminal=True) is ProgressLines
    monkeypatch.delenv("TTY_INTERACTIVE")
    monkeypatch.setenv("TERM", "dumb")
    assert kind(force_terminal=True) is ProgressLines
