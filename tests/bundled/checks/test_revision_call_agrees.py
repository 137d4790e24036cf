"""'Done' beside a mistake and 'again' beside none are caught; what fits is let be."""

import pytest

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.checks.revision_call_agrees import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.turns import with_step

MENDS = {
    "not right": "The sum is not right yet.",
    "a mistake": "There is a mistake in the second line.",
    "wrong": "The sign is wrong here.",
    "missing": "The unit is missing.",
    "forgot": "You forgot the last group of tiles.",
    "does not say": "This sentence doesn’t say who opens the door.",
    "mixed up": "Length and width are mixed up here.",
    "does not fit": "The picture does not fit the number.",
    "no reason": "Your claim gives no reason.",
    "should be": "The subject and the verb should be alike.",
}
LEADS_ON = {
    "all right": "All is right here.",
    "a challenge": "You are ready for a challenge.",
    "harder": "Here is something harder to try.",
    "further": "Your work is complete, so you can go further.",
    "no mistake": "There is no mistake here, so take it a step further.",
}
EITHER = {
    "stronger": "This line could be even stronger.",
    "look again": "Look again at what the denominator says.",
    "a reader asks": "A reader may ask what the snow felt like.",
    "here you look": "Here you look at how big the numbers are.",
    "another idea": "Your evidence could also fit another idea.",
    "a new reason": "This is a new reason, and you leave it after five words.",
    "nothing wrong": "Nothing is wrong with this line; it could paint more.",
}
AT_ODDS = {f"done: {name}": (False, what) for name, what in MENDS.items()} | {
    f"again: {name}": (True, what) for name, what in LEADS_ON.items()
}
AGREED = (
    {f"again: {name}": (True, what) for name, what in MENDS.items()}
    | {f"done: {name}": (False, what) for name, what in LEADS_ON.items()}
    | {
        f"either, {revise}: {name}": (revise, what)
        for revise in (True, False)
        for name, what in EITHER.items()
    }
)


def calling(is_needed: bool, what: str) -> Feedback:
    """Feedback with this call and this next step."""
    return with_step(what=what).model_copy(update={"is_revision_needed": is_needed})


@pytest.mark.parametrize(("is_needed", "what"), AT_ODDS.values(), ids=AT_ODDS.keys())
def test_a_call_at_odds_with_the_steps_is_a_warning(subject_for, is_needed, what):
    """The student would not know whether to write it again."""
    judgement = CHECK.run(subject_for(calling(is_needed, what)))

    assert judgement.outcome is Outcome.WARN
    assert judgement.evidence[0].where == "next_steps[0].what"


@pytest.mark.parametrize(("is_needed", "what"), AGREED.values(), ids=AGREED.keys())
def test_a_call_that_fits_the_steps_passes(subject_for, is_needed, what):
    """A step that could be either is let be."""
    assert CHECK.run(subject_for(calling(is_needed, what))).outcome is Outcome.PASS


def test_other_artifacts_and_languages_are_not_judged(subject_for, good_lesson_plan):
    """It reads English feedback only."""
    spanish = subject_for(with_step(what="Falta la unidad."), inputs={"language": "es"})

    assert CHECK.run(subject_for(good_lesson_plan)).outcome is Outcome.NOT_APPLICABLE
    assert CHECK.run(spanish).outcome is Outcome.NOT_APPLICABLE
