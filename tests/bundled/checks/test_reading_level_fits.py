"""Feedback that is too hard for its grade is found; easy feedback never is."""

import pytest

from sandbox.bundled.artifacts.family_message import FamilyMessage
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


HARD_TURNS = {
    "terms": (
        "Reconsider the multiplicative relationship underlying your proportional representation, and "
        "subsequently investigate whether equivalence necessitates simultaneous modification of "
        "numerator and denominator."
    ),
    "one long sentence": (
        "Considering the evidence that you have accumulated regarding photosynthesis, could you "
        "elaborate on the interdependence of atmospheric composition and vegetation in terrestrial "
        "environments?"
    ),
    "nominal style": (
        "An examination of the paragraph's organization demonstrates considerable inconsistency "
        "between the introductory generalization and the particular illustrations that subsequently "
        "accompany it."
    ),
    "for a second grader": (
        "Subtraction necessitates regrouping whenever individual quantities are insufficient; "
        "consequently, decomposition of an additional ten is mathematically appropriate in these "
        "circumstances."
    ),
    "polite and hard": (
        "Congratulations on communicating your methodological considerations; nevertheless, "
        "additional justification concerning experimental variables remains absolutely indispensable "
        "for validity of your conclusions."
    ),
}
EASY_TURNS = {
    "counting": (
        "You started at the big number and counted on. Put down 4 blocks and touch each one. Which "
        "number do you say first?"
    ),
    "a picture": (
        "Picture two cakes of the same size. One is cut in 4, one in 3. In which one is a piece bigger?"
    ),
    "a term of the subject": (
        "You used the word denominator, and you used it well. What does it tell you about the size of"
        " each part in your drawing?"
    ),
    "a hurry": (
        "The bus is close, so let's take one small step. Think of a full bottle that freezes. What "
        "happens to its sides?"
    ),
    "the story": (
        "Friendship is in every part of this story. Go back to the page with the letter. What does "
        "the girl do, and why?"
    ),
}
PLAIN_LETTERS = {
    "rhymes": (
        "This week we listen for words that sound alike, such as cat and hat. We sing each morning. "
        "It helps children to read later. It does not matter yet how a word is spelled. It is all "
        "about the ear, and about fun."
    ),
    "clocks": (
        "We are learning to tell time. On Monday each child makes a paper clock and takes it home. "
        "Knowing the time helps children to plan their day. They will learn to read the long hand "
        "first and then the short hand."
    ),
    "moon": (
        "We watch how the moon changes its shape. The children draw what they see and look for a "
        "pattern. Later we use a lamp and a ball to find out why. Looking with care is what "
        "scientists do every day of the year."
    ),
    "percent": (
        "We work with prices that go up and down. Your child learns to ask one thing first: a percent"
        " of what? This helps to see if an offer is as good as it looks. There is a short test on "
        "Friday, with notes."
    ),
    "essay": (
        "The students write about one moment in their lives. They choose what to tell and what to "
        "keep for themselves. They learn to show what happened, so that a reader can see it. First "
        "drafts are due in March."
    ),
}
BUREAUCRATIC = {
    "assessment": (
        "Formative assessment data indicate considerable variability in phonological awareness; "
        "accordingly, differentiated instructional interventions are implemented throughout the "
        "reading curriculum."
    ),
    "standards": (
        "Instructional sequences are intentionally aligned with grade-level expectations, "
        "facilitating comprehensive conceptual understanding of multiplicative relationships and "
        "proportional representations."
    ),
    "policy": (
        "Participation necessitates completion of the accompanying authorization documentation in "
        "accordance with administrative regulations concerning extracurricular transportation and "
        "supervision."
    ),
    "goals": (
        "Our interdisciplinary investigation cultivates metacognitive sophistication by encouraging "
        "collaborative experimentation, independent documentation and evidence-based argumentation."
    ),
    "expectations": (
        "Considerable familial involvement is anticipated regarding supplementary educational "
        "opportunities, particularly the systematic reinforcement of fundamental computational "
        "procedures."
    ),
}


def letter(words: str) -> FamilyMessage:
    """A message to families that tells this."""
    return FamilyMessage(
        subject_line="What we learn",
        language="en",
        greeting="Dear families,",
        what_we_learn=words,
        one_action=words[:290],
        optional_extras=(words[:190],) * 3,
        questions_welcome="Please ask us anything, in any language.",
        contact="[TEACHER CONTACT]",
        back_translation="",
        teacher_note=HARD[:290],
    )


@pytest.mark.parametrize("words", HARD_TURNS.values(), ids=HARD_TURNS.keys())
def test_a_tutor_who_is_far_too_hard_is_worth_a_look(subject_for, saying, words):
    """A turn is short, so that even a very hard one is no more than a warning."""
    assert CHECK.run(subject_for(saying(words), inputs={"grade": "3"})).outcome is Outcome.WARN


@pytest.mark.parametrize("words", EASY_TURNS.values(), ids=EASY_TURNS.keys())
def test_a_plain_tutor_passes(subject_for, saying, words):
    """Short sentences fit a third grader."""
    assert CHECK.run(subject_for(saying(words), inputs={"grade": "3"})).outcome is Outcome.PASS


@pytest.mark.parametrize("words", BUREAUCRATIC.values(), ids=BUREAUCRATIC.keys())
def test_a_message_that_families_cannot_read_fails(subject_for, words):
    """It does not matter how old the child is."""
    assert CHECK.run(subject_for(letter(words), inputs={"grade": "12"})).outcome is Outcome.FAIL


@pytest.mark.parametrize("grade", ["K", "12"])
@pytest.mark.parametrize("words", PLAIN_LETTERS.values(), ids=PLAIN_LETTERS.keys())
def test_a_plain_message_passes(subject_for, words, grade):
    """The reader is an adult, also in kindergarten; the note to the teacher may be hard."""
    assert CHECK.run(subject_for(letter(words), inputs={"grade": grade})).outcome is Outcome.PASS


def test_a_message_in_spanish_is_not_judged(subject_for):
    """The formula is made for English."""
    spanish = subject_for(letter(SPANISH[:490]), inputs={"grade": "4", "language": "es"})

    assert CHECK.run(spanish).outcome is Outcome.NOT_APPLICABLE
