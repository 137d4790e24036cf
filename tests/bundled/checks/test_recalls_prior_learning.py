"""The lesson begins with what students know already."""

import pytest

from sandbox.bundled.checks.recalls_prior_learning import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import (
    REVIEW,
    STARTER,
    but,
    but_segment,
    in_order,
    language_of,
    segment,
)
from tests.bundled.checks.lessons import AGUA, CLAIMS, FRACTIONS, GOOD_PLANS, POND, SHARING


def _starter(plan, teacher, students, check="", title="Start", **changes):
    return but(
        plan, segments=(segment(title, STARTER, 5, teacher, students, check), *plan.segments[1:]), **changes
    )


CAUGHT = {
    "no starter": in_order(FRACTIONS, 1, 2, 3, 4),
    "no starter in science": in_order(POND, 1, 2, 4),
    "attendance": _starter(SHARING, "Takes attendance and greets the class.", "Say good morning."),
    "tells the aim": _starter(FRACTIONS, "Reads the agenda of the day.", "Listen."),
    "a video": _starter(POND, "Plays a video about a lake.", "Watch the video."),
    "a new topic": _starter(
        CLAIMS, "Asks what a hyperbole is.", "Write what you think.", "What is a hyperbole?"
    ),
    "a game": _starter(FRACTIONS, "Leads a game of Simon Says.", "Play along.", "Who is still in?"),
    "teacher recalls alone": _starter(POND, "Reminds the class what a food chain is.", "Listen and watch."),
    "only listening": _starter(FRACTIONS, "Says again what a denominator is.", "Listen to the teacher."),
    "copies the date": _starter(CLAIMS, "Hands out folders.", "Copy the date and sit down."),
    "Spanish, a new topic": _starter(AGUA, "Saluda a la clase.", "Cantan una canción.", "¿Qué día es hoy?"),
}
LEFT_ALONE = {
    **GOOD_PLANS,
    "quiz": _starter(FRACTIONS, "Gives a quiz of two items.", "Solve: what part of the whole is shaded?"),
    "turn and talk": _starter(SHARING, "Asks what money is for.", "Tell a partner what people buy."),
    "from memory": _starter(POND, "Waits.", "Draw a food chain from memory."),
    "other word form": _starter(
        POND,
        "Asks.",
        "List two things that chains show.",
        "What do we call it?",
        prior_knowledge=("A food chain shows who eats whom.",),
    ),
    "sorting": _starter(
        CLAIMS, "Gives out strips.", "Sort the statements: could someone argue against it?"
    ),
    "recall in the check": _starter(
        FRACTIONS, "Holds up a bar.", "Hold up a card.", "Is the whole cut into equal parts?"
    ),
    "warm-up called review": but_segment(
        in_order(FRACTIONS, 0, 1, 2, 3, 4), 0, title="Review of last week"
    ),
    "review opens": but(
        FRACTIONS,
        segments=(FRACTIONS.segments[0].model_copy(update={"phase": REVIEW}), *FRACTIONS.segments[1:]),
    ),
    "notation instead of words": _starter(
        FRACTIONS,
        "Shows three sums.",
        "Solve 3/4 - 1/4 on a board.",
        "What is 3/4 - 1/4?",
        prior_knowledge=("How to subtract fractions",),
    ),
    "KWL chart": _starter(POND, "Draws a chart.", "Write what you already know about plants and food."),
}


@pytest.mark.parametrize("plan", CAUGHT.values(), ids=CAUGHT.keys())
def test_a_start_that_recalls_nothing_is_a_warning(subject_for, plan):
    """It never fails: some lessons begin with something new on purpose."""
    judgement = CHECK.run(subject_for(plan, inputs=language_of(plan)))

    assert judgement.outcome is Outcome.WARN
    assert judgement.evidence


@pytest.mark.parametrize("plan", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_a_start_that_recalls_passes(subject_for, plan):
    """Quizzes, talks, drawings and lists all count."""
    assert CHECK.run(subject_for(plan, inputs=language_of(plan))).outcome is Outcome.PASS


def test_without_prior_knowledge_nothing_is_said(subject_for):
    """There is nothing to compare with."""
    assert CHECK.run(subject_for(but(POND, prior_knowledge=()))).outcome is Outcome.NOT_APPLICABLE
