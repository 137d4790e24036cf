"""At least one question asks for more than recall."""

import pytest

from sandbox.bundled.checks.depth_of_questions import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import but, language_of, tasks
from tests.bundled.checks.lessons import AGUA, CLAIMS, FRACTIONS, GOOD_PLANS, POND, SHARING


def _asking(plan, task, *checks):
    """The plan with this as its only practice and exit ticket, and these checks for understanding."""
    said = checks or ("Name one.",)
    segments = tuple(
        segment.model_copy(
            update={"check_for_understanding": said[index % len(said)], "students_do": "Do the task."}
        )
        for index, segment in enumerate(plan.segments)
    )
    asked = tasks((task, "It is on the board."))
    return but(plan, segments=segments, practice=asked, exit_ticket=asked)


CAUGHT = {
    "name": _asking(POND, "Name three animals in a pond."),
    "list": _asking(SHARING, "List two needs.", "Say one want."),
    "define": _asking(CLAIMS, "Define the word claim.", "What is a claim?"),
    "sums": _asking(FRACTIONS, "2/5 + 1/5 = ?", "What is 1/4 + 1/4?"),
    "label": _asking(POND, "Label the parts of the picture.", "Point to the snail."),
    "who and when": _asking(CLAIMS, "Who wrote the article? When?", "Which page is it on?"),
    "copy": _asking(SHARING, "Copy the words need and want.", "Read the word aloud."),
    "fill in": _asking(POND, "Fill in the blank: a ___ breaks down dead plants.", "Circle the decomposer."),
    "match": _asking(FRACTIONS, "Match each word to its meaning.", "Hold up the card with the word."),
    "true or false": _asking(POND, "True or false: a snail is a plant.", "Thumbs up if it is a plant."),
    "Spanish": _asking(AGUA, "Nombra tres estados del agua.", "¿Qué es el vapor?"),
}
LEFT_ALONE = {
    **GOOD_PLANS,
    "why": _asking(POND, "Name an animal.", "Why does the arrow point to the fish?"),
    "how do you know": _asking(FRACTIONS, "2/5 + 1/5 = ?", "How do you know that it is not 3/10?"),
    "compare": _asking(SHARING, "List two needs.", "Compare your list with a partner's. What differs?"),
    "what if": _asking(POND, "Name a plant.", "What would happen if all snails left?"),
    "find the mistake": _asking(FRACTIONS, "Find the mistake: 1/4 + 1/4 = 2/8.", "What is 1/4?"),
    "write your own": _asking(FRACTIONS, "Write your own word problem for 2/5 + 1/5."),
    "justify": _asking(CLAIMS, "Choose a quotation and justify your choice."),
    "predict": _asking(POND, "Predict which leaf rots first."),
    "design": _asking(SHARING, "Design a shop that sells only needs."),
    "agree or not": _asking(CLAIMS, "Do you agree with the writer? Give a reason."),
    "Spanish": _asking(AGUA, "Nombra un estado.", "¿Por qué se seca el charco?"),
    "show that": _asking(FRACTIONS, "Show that 2/5 + 1/5 is less than one whole."),
}


@pytest.mark.parametrize("plan", CAUGHT.values(), ids=CAUGHT.keys())
def test_nothing_but_recall_is_a_warning(subject_for, plan):
    """What is asked is quoted."""
    judgement = CHECK.run(subject_for(plan, inputs=language_of(plan)))

    assert judgement.outcome is Outcome.WARN
    assert judgement.evidence


@pytest.mark.parametrize("plan", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_one_question_beyond_recall_is_enough(subject_for, plan):
    """In a task, an exit ticket or a check for understanding."""
    assert CHECK.run(subject_for(plan, inputs=language_of(plan))).outcome is Outcome.PASS


def test_a_language_that_we_cannot_read_is_not_judged(subject_for):
    """The question words are English and Spanish."""
    plan = _asking(POND, "Nenne drei Tiere.")

    assert CHECK.run(subject_for(plan, inputs={"language": "de"})).outcome is Outcome.NOT_APPLICABLE
