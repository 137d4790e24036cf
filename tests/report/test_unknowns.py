"""What an evaluation cannot tell."""

from typing import Any

import pytest

from sandbox.contracts.check import Check
from sandbox.domain.scorecard import Evaluation, Interval
from sandbox.domain.standing import Standing
from sandbox.domain.summary import Summary
from sandbox.report.unknowns import Gaps, find_unknowns

NO_GAPS = Gaps(answers=8, unpriced=0, silent={})


@pytest.fixture
def flawless(evaluation: Evaluation) -> Evaluation:
    """The local target on the whole suite, three times, with narrow intervals and nothing missing."""
    result = evaluation.results[1]
    metrics = tuple(
        metric.model_copy(update={"interval": Interval(low=0.97, high=1)})
        for metric in result.scorecard.metrics
        if metric.n
    )
    scorecard = result.scorecard.model_copy(update={"metrics": metrics})
    return evaluation.model_copy(
        update={
            "results": (result.model_copy(update={"scorecard": scorecard}),),
            "suite_cases": 8,
            "repeats": 3,
        }
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Only 8 of the suite's 12 cases were tried; how the other 4 would go is unknown.",
        "With 8 cases every figure is rough: even the best result, 8 of 8, 100% (70–100%), leaves open",
        "that only 70% of such cases would pass.",
        "Each of the 8 cases was asked once",
        "The 6 checks went by fixed rules",
        "Uncalibrated, so that they may warn but no decision may rest on them: quotes_are_real,",
        "feedback 1.2.0 on openai/gpt-sample: 3 of 8 tries came to no answer that could be read",
        "feedback 1.2.0 on openai/gpt-sample: the check 'arithmetic_holds' broke on 1 of 6 answers",
        "what it costs is unknown, because 6 of 6 answers came without a price",
        "A service runs openai/gpt-sample",
        "“Students of this grade can read it” and “Every sum is right”: The language is not English",
        "“What it quotes is what the student wrote” does not see everything. A quote may be exact",
    ],
)
def test_each_gap_is_said(summary: Summary, sentence: str) -> None:
    """Every gap in the evidence has its sentence, with its figures."""
    assert sentence in "\n".join(summary.unknowns)


def test_only_what_holds_for_all_rules_is_said_of_a_flawless_evaluation(flawless: Evaluation) -> None:
    """No sentence is said for safety's sake."""
    said = find_unknowns(flawless, [NO_GAPS], {})

    assert len(said) == 2
    assert said[0].startswith("The 5 checks went by fixed rules")
    assert said[1].startswith("Uncalibrated, so that they may warn")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"finished_at": None}, "did not come to its end"),
        ({"results": ()}, "No target was tried"),
        ({"suite_cases": 9}, "how the other 1 would go"),
        ({"repeats": 1}, "asked once"),
    ],
)
def test_a_gap_of_the_evaluation_is_noticed(
    flawless: Evaluation, change: dict[str, Any], sentence: str
) -> None:
    """One missing piece is enough to be told."""
    changed = flawless.model_copy(update=change)
    said = find_unknowns(changed, [NO_GAPS] * len(changed.results), {})

    assert sentence in "\n".join(said)


def test_a_target_that_was_stopped_says_why(flawless: Evaluation) -> None:
    """What was planned and not tried is told, with the reason."""
    result = flawless.results[0]
    scorecard = result.scorecard.model_copy(update={"planned": 24, "stopped": "The quota is used up."})
    stopped = flawless.model_copy(update={"results": (result.model_copy(update={"scorecard": scorecard}),)})

    said = find_unknowns(stopped, [NO_GAPS], {})

    assert "16 of 24 planned answers were not tried (The quota is used up.)." in "\n".join(said)


def test_checks_with_one_reason_stand_together(flawless: Evaluation, checks: dict[str, Check]) -> None:
    """Two checks that abstain for one reason make one sentence."""
    gaps = Gaps(answers=8, unpriced=0, silent={"tone_is_kind": "Too short.", "steps_are_few": "Too short."})
    said = find_unknowns(flawless, [gaps], checks)

    (sentence,) = [sentence for sentence in said if "Too short." in sentence]
    assert "“Firm on the work, kind to the student” and “At most two next steps”: Too short." in sentence


def test_what_was_never_held_against_people_is_said(flawless: Evaluation) -> None:
    """Planted defects show what a check finds, not that teachers agree; labels need no sentence."""
    (result,) = flawless.results
    standings = [Standing.PEOPLE, *[Standing.CONSTRUCTION] * (len(result.scorecard.metrics) - 1)]
    metrics = tuple(
        metric.model_copy(update={"standing": standing})
        for metric, standing in zip(result.scorecard.metrics, standings, strict=True)
    )
    scorecard = result.scorecard.model_copy(update={"metrics": metrics})
    calibrated = flawless.model_copy(
        update={"results": (result.model_copy(update={"scorecard": scorecard}),)}
    )

    said = find_unknowns(calibrated, [NO_GAPS], {})

    assert said[1].startswith("4 checks of those asked found defects that were planted on purpose")
    assert len(said) == 2
