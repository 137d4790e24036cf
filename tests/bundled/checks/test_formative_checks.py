"""Each segment has to show who understood."""

import pytest

from sandbox.bundled.checks.formative_checks import CHECK
from sandbox.domain.finding import Outcome

SHOWS_NOTHING = {
    "empty": "",
    "placeholder": "N/A",
    "any questions": "Any questions?",
    "polite": "Ok, so does anyone have any questions so far?",
    "does everyone understand": "Does everyone understand?",
    "makes sense": "Does that make sense to you all?",
    "is that clear": "“Is that clear?”",
    "thumbs": "Thumbs up / thumbs down.",
    "thumbs for a feeling": "Thumbs up if you understand equivalent fractions.",
    "confidence": "How confident do you feel about this on a scale?",
    "observe": "Observe students while they work.",
    "circulate": "Circulate and check that students are on task.",
    "teacher asks nothing": "Teacher monitors the class.",
    "volunteers": "Call on a few students who raise their hands to share.",
    "right?": "Right?",
    "two empty questions": "Got it? Any questions?",
    "ready": "Are you ready to move on?",
}

SHOWS_SOMETHING = {
    "question": "Which is larger, 3/4 or 5/8, and how do you know?",
    "boards": "Every student writes the product of 6 and 7 on a whiteboard.",
    "fingers": "Show with your fingers how many tens are in 47.",
    "exit ticket": "Exit ticket: name one cause of the flood.",
    "empty and real": "Any questions? Then: what is the denominator of 3/8?",
    "thumbs with content": "Thumbs up if 3/4 is greater than 2/3, thumbs down if it is not.",
    "pairs": "Turn and talk: explain the rule to your partner.",
    "drawing": "Students sketch the path of the water, from puddle to cloud.",
    "curly quotes": "Ask: “What would happen if the plant had no light?”",
    "sorting": "Sort the six cards into needs and wants.",
    "latex": r"What is \(\frac{1}{2} + \frac{1}{4}\)?",
    "understand in a real question": "What does Rosa understand at the end that she did not know before?",
    "spanish words": "¿Qué fracción es mayor, 1/2 o 1/3?",
    "poll": "Poll: A, B, C or D? Hold up your card.",
}


def _with_check(plan, words):
    changed = plan.segments[1].model_copy(update={"check_for_understanding": words})
    return plan.model_copy(update={"segments": (plan.segments[0], changed, plan.segments[2])})


@pytest.mark.parametrize("words", SHOWS_NOTHING.values(), ids=SHOWS_NOTHING.keys())
def test_a_check_that_shows_nothing_fails(subject_for, good_lesson_plan, words):
    """The segment is named."""
    judgement = CHECK.run(subject_for(_with_check(good_lesson_plan, words)))

    assert judgement.outcome is Outcome.FAIL
    assert [found.where for found in judgement.evidence] == ["segments[1].check_for_understanding"]


@pytest.mark.parametrize("words", SHOWS_SOMETHING.values(), ids=SHOWS_SOMETHING.keys())
def test_a_real_question_or_task_passes(subject_for, good_lesson_plan, words):
    """What students answer shows who understood."""
    assert CHECK.run(subject_for(_with_check(good_lesson_plan, words))).outcome is Outcome.PASS


def test_each_missing_check_is_evidence(subject_for, good_lesson_plan):
    """Every segment without a check is listed, with its title."""
    segments = tuple(
        segment.model_copy(update={"check_for_understanding": ""}) for segment in good_lesson_plan.segments
    )

    judgement = CHECK.run(subject_for(good_lesson_plan.model_copy(update={"segments": segments})))

    assert len(judgement.evidence) == 3
    assert "On your own" in judgement.evidence[2].quote


def test_in_another_language_only_missing_checks_are_found(subject_for, good_lesson_plan):
    """The words are English, but an empty field is empty in every language."""
    spanish = {"language": "es"}
    there = CHECK.run(subject_for(_with_check(good_lesson_plan, "Escribe una fracción."), inputs=spanish))
    missing = CHECK.run(subject_for(_with_check(good_lesson_plan, " "), inputs=spanish))

    assert (there.outcome, missing.outcome) == (Outcome.NOT_APPLICABLE, Outcome.FAIL)
