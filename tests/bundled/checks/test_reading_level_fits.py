"""Feedback that is too hard for its grade is found; easy feedback never is."""

import pytest

from sandbox.bundled.checks.reading_level_fits import CHECK
from sandbox.bundled.reading.readability import count_syllables, read_ease, school_grade
from sandbox.domain.finding import Outcome

EASY = (
    "You fold the strip and see two parts. That is a good way to find out. Now look at the next "
    "strip. It has six parts. Shade three of them. Put it next to the first one. Where does the red "
    "end? Where does the blue end? Write down what you see. Then read your last line again. Does it "
    "still fit? If not, change one word. Tell a friend why you changed it. Ask your friend to fold a "
    "strip too. Do you both see the same thing? Draw it on the page."
)
MIDDLE = (
    "Your first paragraph tells the reader clearly what you want to prove, and the example of the "
    "flooded street makes it easy to picture. In the second paragraph you give two reasons, but only "
    "the first one is explained with facts from the article. Go back to the article and find one "
    "number that supports your second reason. Then write one sentence that shows how the number and "
    "the reason belong together. Finally, read your last sentence again and decide whether it still "
    "matches your claim."
)
HARD = (
    "The argumentative organization of your composition demonstrates considerable sophistication, "
    "although the evidentiary foundation necessitates substantially more rigorous elaboration, "
    "particularly regarding the interrelationship between industrialization and the deterioration of "
    "environmental conditions. Consider incorporating authoritative documentation that contextualizes "
    "these developments chronologically, while simultaneously acknowledging alternative "
    "interpretations that contemporary historians have articulated. Furthermore, reconsider the "
    "terminological inconsistencies throughout the introductory section, because imprecise "
    "conceptualization inevitably compromises the persuasiveness of an otherwise extraordinarily "
    "comprehensive investigation of multidimensional historical phenomena."
)
SPANISH = (
    "Tu primer párrafo explica muy bien lo que piensas y el ejemplo de la calle inundada ayuda a "
    "imaginarlo. En el segundo párrafo das dos razones, pero solamente la primera está explicada con "
    "datos del artículo. Vuelve al artículo y busca un número que apoye tu segunda razón. Después "
    "escribe una oración que muestre cómo el número y la razón van juntos. Al final lee otra vez tu "
    "última oración y decide si todavía dice lo mismo que tu primera idea sobre el río y la ciudad "
    "donde vives con tu familia."
)


@pytest.mark.parametrize(
    ("grade", "text"),
    [("2", HARD), ("3", HARD), ("4", HARD), ("5", HARD), ("6", HARD), ("7", HARD), ("8", HARD)],
)
def test_feedback_far_above_the_grade_fails(subject_for, grade, text):
    """More than four grades above is too hard."""
    judgement = CHECK.run(subject_for(text, inputs={"grade": grade}))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].quote in text


def test_feedback_a_little_above_the_grade_is_a_warning(subject_for):
    """More than two grades above is worth a look."""
    outcomes = [
        CHECK.run(subject_for(MIDDLE, inputs={"grade": grade})).outcome for grade in ("2", "3", "4")
    ]

    assert outcomes == [Outcome.WARN, Outcome.WARN, Outcome.PASS]


@pytest.mark.parametrize("grade", ["2", "3", "4", "5", "6", "8", "10", "12"])
def test_easy_feedback_always_passes(subject_for, grade):
    """Nobody is too old for short sentences."""
    assert CHECK.run(subject_for(EASY, inputs={"grade": grade})).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("inputs", "text"),
    [
        ({}, HARD),
        ({"grade": "K"}, HARD),
        ({"grade": "1"}, HARD),
        ({"grade": "4"}, "Too short to be judged by a formula."),
        ({"grade": "4"}, ""),
        ({"grade": "4", "language": "es"}, SPANISH),
        ({"grade": "4"}, SPANISH),
        ({"grade": "4"}, "水" * 500),
        ({"grade": "4"}, "👍 " * 300),
    ],
    ids=[
        "no grade",
        "kindergarten",
        "grade 1",
        "short",
        "empty",
        "asked in Spanish",
        "is Spanish",
        "Chinese",
        "emoji",
    ],
)
def test_what_a_formula_cannot_tell_is_not_judged(subject_for, inputs, text):
    """There is no figure without grade, words or English."""
    assert CHECK.run(subject_for(text, inputs=inputs)).outcome is Outcome.NOT_APPLICABLE


def test_only_the_words_to_the_student_count(subject_for, good_feedback):
    """A hard note to the teacher does not make the feedback hard."""
    step = good_feedback.next_steps[0].model_copy(update={"how": EASY})
    feedback = good_feedback.model_copy(update={"teacher_note": HARD, "next_steps": (step,)})

    assert CHECK.run(subject_for(feedback, inputs={"grade": "4"})).outcome is Outcome.PASS


def test_a_plan_for_the_teacher_is_not_judged(subject_for, good_lesson_plan):
    """Its reader is no student."""
    assert CHECK.run(subject_for(good_lesson_plan, inputs={"grade": "4"})).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("cat", 1),
        ("table", 2),
        ("maple", 2),
        ("walked", 1),
        ("wanted", 2),
        ("strength", 1),
        ("banana", 3),
        ("Tree", 1),
    ],
)
def test_syllables_are_counted_as_spoken(word, syllables):
    """Silent endings do not count."""
    assert count_syllables(word) == syllables


def test_a_harder_text_reads_like_a_higher_grade():
    """The order of three texts is the order of their grades, and the hardest sentence is theirs."""
    grades = [read_ease(text).grade for text in (EASY, MIDDLE, HARD)]

    assert grades == sorted(grades)
    assert school_grade(8) < school_grade(9) < school_grade(30)
