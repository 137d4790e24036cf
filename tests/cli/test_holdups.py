"""Why it was slow: only what is true, and only if it is worth a word."""

from sandbox.cli.holdups import Holdups
from sandbox.domain.event import (
    EvaluationFinished,
    EvaluationStarted,
    Event,
    PaceChanged,
    PaceReason,
    RecordsDelayed,
)


def words(*events: Event, seconds: float = 720) -> str:
    """What is said of an evaluation that took so long and in which this happened."""
    holdups = Holdups()
    start = EvaluationStarted(at=0, evaluation="e", suite="s", targets=(), planned=1)
    for event in (start, *events, EvaluationFinished(at=seconds, evaluation="e", recommendations=())):
        holdups.observer.observe(event)
    return holdups.words()


def pace(at: float, reason: PaceReason, before: int = 10, after: int = 5, pause: float = 0) -> PaceChanged:
    """A change of pace."""
    return PaceChanged(
        at=at, account="openai", before=before, after=after, reason=reason, pause_seconds=pause
    )


def test_a_service_that_is_asked_too_often_is_named() -> None:
    """With for how long, how often, and how little was asked at the least."""
    cuts = [pace(10 * number, PaceReason.RATE_LIMIT, 8, 4) for number in range(54)]

    assert words(*cuts) == (
        "It took 12 min. For 9 min openai was asked less because it said that it was asked too often: it "
        "was slowed down 54 times, to 4 at once at the least."
    )


def test_one_slow_down_is_not_blamed_for_a_long_evaluation() -> None:
    """Half a minute of twelve is nothing."""
    assert words(pace(10, PaceReason.RATE_LIMIT)) == ""


def test_a_service_that_is_gone_counts_until_it_answers() -> None:
    """Or until the end."""
    gone = pace(100, PaceReason.NO_ANSWERS, 10, 1, 1)
    still = pace(300, PaceReason.NO_ANSWERS, 1, 1, 30)
    back = pace(500, PaceReason.ANSWERS_AGAIN, 1, 5)

    assert words(gone, still, back) == "It took 12 min. For 7 min openai did not answer (once)."
    assert words(gone, still) == "It took 12 min. For 10 min openai did not answer (once)."


def test_limits_of_ones_own_are_named_with_their_place() -> None:
    """They can be changed there."""
    text = words(*(pace(60 * number, PaceReason.RATES, 10, 10, 5) for number in range(12)))

    assert text == (
        "It took 12 min. For about 12 min openai was asked no more than sandbox.toml allows in a minute, "
        "under [limits.openai]."
    )


def test_records_that_cannot_be_written_count_until_they_can() -> None:
    """An empty reason says that they can."""
    text = words(RecordsDelayed(at=100, reason="Locked by Maria."), RecordsDelayed(at=400, reason=""))

    assert text == (
        "It took 12 min. For 5 min everything waited because the records could not be written (once)."
    )


def test_no_moment_is_counted_twice() -> None:
    """Two accounts held up at once cost the time of one."""
    other = PaceChanged(
        at=0, account="a", before=2, after=1, reason=PaceReason.RATE_LIMIT, pause_seconds=200
    )

    assert words(other, pace(0, PaceReason.RATE_LIMIT, pause=200)) == ""
    assert words(other, pace(200, PaceReason.RATE_LIMIT, pause=200)) != ""


def test_nothing_is_said_of_nothing() -> None:
    """An evaluation that never began."""
    assert Holdups().words() == ""
