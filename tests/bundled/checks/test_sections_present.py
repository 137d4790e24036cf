"""Sections that say nothing are found; short answers that say something are not."""

import pytest

from sandbox.bundled.artifacts.lesson_plan import LessonPlan, Task
from sandbox.bundled.checks.sections_present import CHECK
from sandbox.domain.finding import Outcome

EMPTY = {
    "dots": "...",
    "the schema's word": "string",
    "not applicable": "N/A",
    "to be determined": "TBD.",
    "latin filler": "Lorem ipsum dolor sit amet, consectetur",
    "a bracket to fill": "[Insert worked example here]",
    "a template left open": "Show {{topic}} step by step.",
    "nothing": "",
    "a dash": "—",
    "the field's name": "Worked example",
    "the field's description": "One example done step by step, as the teacher would show it.",
    "a zero-width space": "\u200b",
    "see above": "(see above)",
}

FULL = {
    "one line": "Fold, shade, count: 2 of 4.",
    "mathematics": "1/2 = 2/4",
    "latex": r"\(\frac{1}{2} = \frac{2}{4}\)",
    "spanish": "Dobla la tira y colorea dos de cuatro partes.",
    "arabic": "اطو الشريط ولون جزأين من أربعة.",
    "chinese": "把纸条对折，涂两份。",
    "a bracket in a text": "Say: [hold up the strip] what do you see?",
    "the word string": "Take the string and cut it into 4 equal parts.",
    "dots at the end": "Fold once, fold twice, and so on...",
    "the word none": "None of the parts is larger than another, so 2 of 4 are half.",
}


@pytest.mark.parametrize("text", EMPTY.values(), ids=EMPTY.keys())
def test_a_section_that_says_nothing_fails(subject_for, good_lesson_plan, text):
    """Words that only hold a place are found, with their place."""
    plan = good_lesson_plan.model_copy(update={"worked_example": text})

    judgement = CHECK.run(subject_for(plan))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "worked_example"


@pytest.mark.parametrize("text", FULL.values(), ids=FULL.keys())
def test_a_section_that_says_something_passes(subject_for, good_lesson_plan, text):
    """Short is not empty."""
    plan = good_lesson_plan.model_copy(update={"worked_example": text})

    assert CHECK.run(subject_for(plan)).outcome is Outcome.PASS


def test_short_answers_and_lists_that_may_be_empty_pass(subject_for, good_lesson_plan):
    """An answer may be one sign, and materials may be none."""
    plan = good_lesson_plan.model_copy(
        update={
            "practice": (Task(task="What is 3 + 5?", answer="8"), Task(task="Choose A or B.", answer="B")),
            "materials": ("None",),
            "safety_notes": (),
            "standards": (),
        }
    )

    assert CHECK.run(subject_for(plan)).outcome is Outcome.PASS


def test_the_same_words_in_every_field_fail(subject_for, good_lesson_plan):
    """Small models fill a whole form with one sentence."""
    same = "Students will learn about fractions."
    segments = tuple(
        segment.model_copy(update={"teacher_does": same.upper() if index else same})
        for index, segment in enumerate(good_lesson_plan.segments)
    )

    judgement = CHECK.run(subject_for(good_lesson_plan.model_copy(update={"segments": segments})))

    assert judgement.outcome is Outcome.FAIL
    assert [found.where for found in judgement.evidence] == [
        f"segments[{n}].teacher_does" for n in range(3)
    ]


def test_two_fields_of_one_record_with_the_same_words_fail(subject_for, good_feedback):
    """What is not right yet cannot be how to mend it."""
    step = good_feedback.next_steps[0]
    feedback = good_feedback.model_copy(
        update={"next_steps": (step.model_copy(update={"what": step.how}),)}
    )

    assert CHECK.run(subject_for(feedback)).outcome is Outcome.FAIL


def test_the_same_quote_twice_passes(subject_for, good_feedback):
    """One place in the work may be good and worth another look."""
    step = good_feedback.next_steps[0].model_copy(update={"quote": good_feedback.strengths[0].quote})

    assert (
        CHECK.run(subject_for(good_feedback.model_copy(update={"next_steps": (step,)}))).outcome
        is Outcome.PASS
    )


def test_a_single_word_where_a_sentence_belongs_is_a_warning(subject_for, good_feedback):
    """It may be enough, but somebody should look."""
    feedback = good_feedback.model_copy(update={"teacher_note": "Fractions."})

    judgement = CHECK.run(subject_for(feedback))

    assert judgement.outcome is Outcome.WARN
    assert judgement.evidence[0].where == "teacher_note"


def test_a_plan_filled_with_one_word_fails(subject_for, good_lesson_plan):
    """What a model does that only knows the schema."""
    filled = good_lesson_plan.model_dump()
    filled |= {"key_points": ["string", "string"], "prior_knowledge": ["string"]}

    judgement = CHECK.run(subject_for(LessonPlan.model_validate(filled)))

    assert {found.where for found in judgement.evidence} == {
        "key_points[0]",
        "key_points[1]",
        "prior_knowledge[0]",
    }


def test_plain_text_is_not_judged(subject_for):
    """A text has no sections."""
    assert CHECK.run(subject_for("...")).outcome is Outcome.NOT_APPLICABLE
