"""Students do something that can be seen or heard for most of the lesson."""

import pytest

from sandbox.bundled.checks.students_are_active import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import EXPLAIN, REVIEW, but, segment
from tests.bundled.checks.lessons import AGUA, CLAIMS, ENGLISH_PLANS, FRACTIONS, POND


def _doing(*doings, check="Any questions?"):
    """A lesson in which students do these things, for so many minutes each."""
    return but(
        POND,
        segments=tuple(
            segment("Part", EXPLAIN, minutes, "Talks.", what, check) for minutes, what in doings
        ),
    )


FAILS = {
    "only listening": _doing((20, "Listen to the teacher."), (25, "Listen carefully.")),
    "a film": _doing((45, "Watch a film about ponds."), (5, "Listen.")),
    "sit and look": _doing((10, "Sit quietly and look at the board."), (30, "Pay attention.")),
    "follow along": _doing((15, "Follow along in the book."), (20, "Watch the demonstration.")),
    "observe the teacher": _doing((25, "Students observe the teacher."), (20, "They hear a story.")),
    "students are told": _doing((25, "Students listen as the teacher reads."), (5, "Students watch.")),
}
WARNS = {
    "five minutes of thirty": _doing((25, "Listen to the teacher."), (5, "Write one sentence.")),
    "notes": _doing((30, "Listen and take notes."), (10, "Solve two sums.")),
    "copying": _doing((30, "Copy the notes from the board."), (15, "Explain the idea to a partner.")),
    "a film and a little talk": _doing((35, "Watch the video."), (10, "Discuss it in pairs.")),
    "questions only in the checks": but(
        POND,
        segments=(
            segment(
                "Talk", EXPLAIN, 30, "Talks.", "Listen to the talk.", "Write the word for it on a board."
            ),
            segment("End", REVIEW, 10, "Talks.", "Watch the slides.", "Show with your fingers: 1, 2 or 3?"),
        ),
    ),
    "look and listen, then sort": _doing((20, "Look at slides and listen."), (15, "Sort the cards.")),
}
PASSES = {
    **ENGLISH_PLANS,
    "listen and then write": _doing(
        (20, "Listen to the poem and write down each rhyme."), (20, "Discuss.")
    ),
    "watch and predict": _doing(
        (25, "Watch the ball and predict where it lands."), (15, "Measure the path.")
    ),
    "observe and record": _doing(
        (30, "Observe the snails and record what they eat."), (10, "Compare notes.")
    ),
    "sing and clap": _doing((15, "Sing the song."), (15, "Clap the beat while others listen.")),
    "half and half": _doing((20, "Listen to the story."), (20, "Act out the story.")),
    "verbs we do not know": _doing((20, "Whittle a spoon."), (20, "Crochet a square.")),
    "run": _doing((20, "Run two laps and take their pulse."), (20, "Stretch.")),
    "read alone": _doing((20, "Read chapter 3 and mark the claims."), (10, "Listen to one answer.")),
    "listening is the task": _doing(
        (20, "Listen for the claim and hold up a card when you hear it."), (9, "Vote.")
    ),
    "passes the ball": _doing((20, "Listen, then pass the ball."), (10, "Listen to the whistle.")),
    "Students will": _doing((20, "Students will work in pairs to build a circuit."), (10, "Listen.")),
}


@pytest.mark.parametrize("plan", FAILS.values(), ids=FAILS.keys())
def test_a_lesson_in_which_students_do_nothing_fails(subject_for, plan):
    """Nothing can be seen or heard of them."""
    assert CHECK.run(subject_for(plan)).outcome is Outcome.FAIL


@pytest.mark.parametrize("plan", WARNS.values(), ids=WARNS.keys())
def test_mostly_listening_is_a_warning(subject_for, plan):
    """The segments are quoted."""
    judgement = CHECK.run(subject_for(plan))

    assert judgement.outcome is Outcome.WARN
    assert judgement.evidence[0].where == "segments[0].students_do"


@pytest.mark.parametrize("plan", [*PASSES.values(), FRACTIONS, CLAIMS], ids=[*PASSES.keys(), "a", "b"])
def test_a_lesson_in_which_students_do_much_passes(subject_for, plan):
    """Listening for something, and doing what no list knows, is let be."""
    assert CHECK.run(subject_for(plan)).outcome is Outcome.PASS


def test_in_another_language_nothing_is_said(subject_for):
    """The verbs are English."""
    assert CHECK.run(subject_for(AGUA, inputs={"language": "es"})).outcome is Outcome.NOT_APPLICABLE
