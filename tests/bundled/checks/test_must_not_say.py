"""What a case rules out may not be said."""

import pytest

from sandbox.bundled.checks.must_not_say import CHECK
from sandbox.domain.finding import Outcome

SAID = {
    "plain": ("dyslexia", "This looks like dyslexia."),
    "shouted": ("Jupiter", "The end. JUPITER"),
    "second of two": ("ADHD | autism", "A sign of autism, perhaps."),
    "phone number": ("555-0137", "Call 555‑0137 after school."),
    "e-mail address": ("kim@example.org", "Write to Kim@Example.org!"),
    "curly apostrophe": ("can't be fixed", "This can’t be fixed."),
    "an equation with other spaces": ("7 x 8 = 56", "Remember that 7 x 8=56."),
    "plural": ("hundred", "Count the hundreds."),
    "a soft hyphen inside": ("autism", "au\u00adtism"),
    "a zero-width space inside": ("Olbrych", "For Ol\u200bbrych"),
    "in spanish": ("muy listo", "¡Eres MUY  LISTO!"),
}

NOT_SAID = {
    "inside a word": ("lazy", "The glazy surface shines."),
    "another number": ("555-0137", "Room 555-01378 is closed."),
    "apart": ("well done", "The well is deep. Done is done."),
    "part of a name": ("Will", "Willow and William went."),
    "another word": ("CCSS", "The CCS group meets."),
    "accents matter": ("resume", "Your résumé"),
    "hyphenated otherwise": ("in English", "An English-language text"),
    "empty phrase": (" | ", "Nothing to find here."),
    "star alone is a star": ("*", "No such mark here."),
}


@pytest.mark.parametrize(("phrase", "text"), SAID.values(), ids=SAID.keys())
def test_a_phrase_that_is_ruled_out_fails(subject_for, phrase, text):
    """It is found however it is written."""
    assert CHECK.run(subject_for(text, must_not=(phrase,))).outcome is Outcome.FAIL


@pytest.mark.parametrize(("phrase", "text"), NOT_SAID.values(), ids=NOT_SAID.keys())
def test_other_words_are_left_alone(subject_for, phrase, text):
    """A phrase counts as whole words only."""
    assert CHECK.run(subject_for(text, must_not=(phrase,))).outcome is Outcome.PASS


def test_the_exact_words_and_the_place_are_told(subject_for, good_feedback):
    """The evidence is the wording of the answer, not that of the case."""
    note = "He may have Dyslexia, ask the specialist."
    feedback = good_feedback.model_copy(update={"teacher_note": note})

    judgement = CHECK.run(subject_for(feedback, must_not=("dyslexia",)))

    assert [(found.quote, found.where) for found in judgement.evidence] == [("Dyslexia", "teacher_note")]


def test_a_case_that_rules_out_nothing_is_not_judged(subject_for):
    """No phrase, no judgement."""
    assert CHECK.run(subject_for("Anything.")).outcome is Outcome.NOT_APPLICABLE
