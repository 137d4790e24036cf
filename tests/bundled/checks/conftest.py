"""A good lesson plan, good feedback, and what a check looks at."""

from collections.abc import Callable

import pytest

from sandbox.bundled.artifacts.feedback import Confidence, Feedback, NextStep, Strength
from sandbox.bundled.artifacts.lesson_plan import (
    Keyword,
    LessonPlan,
    Misconception,
    Phase,
    Segment,
    Support,
    Task,
)
from sandbox.bundled.artifacts.tutor_turn import ErrorType, Strategy, TutorTurn
from sandbox.contracts.check import Subject
from sandbox.domain.artifact import Artifact
from sandbox.domain.trial import Case

SubjectFor = Callable[..., Subject]


@pytest.fixture
def good_lesson_plan() -> LessonPlan:
    """A lesson plan that no check has anything against."""
    return LessonPlan(
        title="Equivalent fractions on paper strips",
        grade="4",
        subject="Mathematics",
        duration_minutes=45,
        standards=("4.NF.A.1",),
        objective="I can show with a folded strip why two fractions are equivalent.",
        success_criteria=(
            "My strip shows both fractions.",
            "My sentence says why they cover the same length.",
        ),
        prior_knowledge=("The denominator tells into how many equal parts the whole is cut.",),
        key_points=(
            "Cutting each part in two doubles the parts and the share.",
            "Equivalent fractions cover the same length: 2/3 = 4/6.",
        ),
        keywords=(Keyword(term="equivalent", definition="worth the same, though written in another way"),),
        misconceptions=(
            Misconception(
                misconception="3/6 is more than 1/2, because 3 and 6 are more than 1 and 2.",
                response="Lay both strips side by side and ask which one is longer.",
            ),
        ),
        worked_example="Fold a strip into 2, shade 1. Fold it again: 4 parts, 2 shaded. So 1/2 = 2/4.",
        segments=(
            Segment(
                title="Which is longer?",
                phase=Phase.STARTER,
                minutes=8,
                teacher_does="Holds up two strips, one in halves and one in fourths, and waits.",
                students_do="Write on their boards which shaded part is longer.",
                check_for_understanding="Hold up your board: is 1/2 longer than 2/4, shorter, or as long?",
            ),
            Segment(
                title="Folding together",
                phase=Phase.GUIDED_PRACTICE,
                minutes=17,
                teacher_does="Folds step by step, says what doubles and what stays.",
                students_do="Fold along and label each part with its fraction.",
                check_for_understanding="Every student writes one fraction that covers as much as 1/3.",
            ),
            Segment(
                title="On your own",
                phase=Phase.INDEPENDENT_PRACTICE,
                minutes=20,
                teacher_does="Walks from desk to desk with three hint cards.",
                students_do="Find two more pairs and write why they are equivalent.",
                check_for_understanding="Exit ticket: draw strips. Are 2/6 and 1/3 the same?",
            ),
        ),
        practice=(Task(task="Write a fraction equivalent to 3/4 with 8 parts.", answer="6/8"),),
        differentiation=(
            Support(
                need="finds folding hard", support="Strips that are creased already; the same question."
            ),
        ),
        exit_ticket=(Task(task="Is 2/6 the same as 1/3? Draw it.", answer="Yes, 2/6 = 1/3."),),
        materials=("paper strips", "colored pencils"),
        safety_notes=(),
    )


@pytest.fixture
def good_feedback() -> Feedback:
    """Feedback on folded paper that no check has anything against."""
    return Feedback(
        strengths=(
            Strength(
                quote="if you fold the paper agian you get 2 of 4 parts",
                why="You tried it out and told what you saw. That makes your reason easy to believe.",
            ),
        ),
        next_steps=(
            NextStep(
                quote="But 3/6 is bigger, it has bigger numbers",
                what="Here you look at how big the numbers are, and no longer at the paper.",
                how="Fold one more strip into six parts. Shade three of them and lay it next to the first. "
                "Then look at where the shading ends on each of them.",
            ),
        ),
        question="What do you see when the two strips lie side by side, and what does it tell you?",
        is_revision_needed=True,
        teacher_note="The folding is sound. Have a strip ready for the second part.",
        confidence=Confidence.HIGH,
    )


@pytest.fixture
def subject_for() -> SubjectFor:
    """What a check looks at: an artifact or a text, with a case made of the other arguments."""

    def make(answer: Artifact | str, *, inputs: dict[str, object] | None = None, **case: object) -> Subject:
        made = Case.model_validate({"id": "case", "inputs": inputs or {}} | case)
        return Subject(answer, made)

    return make


@pytest.fixture
def with_words(good_feedback: Feedback) -> Callable[[str], Feedback]:
    """Good feedback in which the student is told something else as the way to go on."""

    def make(words: str) -> Feedback:
        step = good_feedback.next_steps[0].model_copy(update={"how": words})
        return good_feedback.model_copy(update={"next_steps": (step,)})

    return make


@pytest.fixture
def saying() -> Callable[[str], TutorTurn]:
    """A tutor's turn in which the student is told this."""

    def make(words: str) -> TutorTurn:
        return TutorTurn(
            error_type=ErrorType.RIGHT_IDEA,
            strategy=Strategy.GIVE_HINT,
            hint_level=1,
            tutor_says=words,
            teacher_note="Adds the bottoms too. The sum is 5/8, and you are so smart to have asked.",
        )

    return make
