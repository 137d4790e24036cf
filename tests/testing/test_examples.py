"""The kit's own examples: whole, and safe to change."""

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.domain.scorecard import Recommendation
from sandbox.testing.examples import Note, filled_with, make_evaluation, make_summary, make_trial
from tests.examples import FEEDBACK


def test_a_text_is_put_wherever_the_type_allows_it() -> None:
    """Choices, numbers and texts that must not be empty stay as they were."""
    feedback = Feedback.model_validate(FEEDBACK)

    filled, emptied = filled_with(feedback, "水"), filled_with(feedback, "")

    assert (filled.question, filled.strengths[0].quote, filled.next_steps[0].how) == ("水", "水", "水")
    assert (filled.confidence, filled.is_revision_needed) == (feedback.confidence, True)
    assert emptied == feedback


def test_a_note_takes_any_text() -> None:
    """Up to what its schema allows a model to write."""
    note = Note(heading="Tomorrow", points=("Bring a ruler.",))

    assert filled_with(note, "x") == Note(heading="x", points=("x",))
    assert filled_with(note, "x" * 1000).heading == "Tomorrow"


def test_a_trial_has_something_in_every_field() -> None:
    """A store that loses one is found out."""
    empty = {
        name
        for name, field in type(make_trial(1)).model_fields.items()
        if not field.is_required() and getattr(make_trial(1), name) == field.default
    }

    assert empty == {"repeat", "problem", "error_kind"}


def test_examples_are_the_same_each_time_and_differ_by_number() -> None:
    """They hold no clock and no chance."""
    assert make_trial(3) == make_trial(3) != make_trial(4)
    assert make_evaluation() == make_evaluation()
    assert make_summary() == make_summary()


def test_a_summary_has_a_target_for_each_verdict() -> None:
    """With a check that has evidence and one that has none."""
    summary = make_summary(words="Odd <words>")

    verdicts = [result.verdict.recommendation for result in summary.evaluation.results]
    rates = [metric.rate for metric in summary.evaluation.results[0].scorecard.metrics]

    assert verdicts == list(Recommendation)
    assert rates == [0.75, None]
    assert "Odd <words>" in summary.model_dump_json()
