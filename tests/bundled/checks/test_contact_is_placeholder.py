"""How a teacher is reached is for the teacher to fill in."""

import pytest

from sandbox.bundled.checks.contact_is_placeholder import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.whole_artifacts import MESSAGE, message

INVENTED = {
    "phone": "Call 555-0142",
    "phone with area": "(212) 555-0147",
    "phone with dots": "Tel. 212.555.0199",
    "e-mail": "teacher@school.example.org",
    "web page": "www.our-school.example.com/contact",
    "street": "12 Oak Street, Springfield",
    "a name": "Ms. Alvarez, Room 12",
    "another name": "Mr. Thomas Greene",
    "extension": "School office, extension 214",
    "mixed": "[TEACHER NAME], 555-0142",
    "international": "+44 20 7946 0958",
    "handle": "Find me on the app as @msrivera4",
}

PLACEHOLDERS = {
    "as asked": "[TEACHER CONTACT]",
    "with words": "Write to [TEACHER CONTACT] at any time.",
    "two": "[TEACHER NAME], [SCHOOL PHONE]",
    "curly": "{{ teacher_contact }}",
    "angle": "<teacher contact>",
    "guard": "[EMAIL_1]",
    "in Spanish": "[CONTACTO DEL MAESTRO]",
    "lower case": "[your contact here]",
    "underscore": "[TEACHER_CONTACT]",
    "with a full stop": "[TEACHER CONTACT].",
    "in two languages": "[TEACHER CONTACT / CONTACTO]",
}

GIVEN = {
    "phone": "555-0142",
    "e-mail": "office@example.org",
    "name": "Ms. Rivera in room 12",
    "a sentence of it": "Ms. Rivera in room 12, 555-0142",
    "curly quotes": "the “green folder”",
}
INPUTS = {"contact": 'Ms. Rivera in room 12, 555-0142 or office@example.org, or the "green folder"'}

IN_WORDS = {
    "no contact": "Please contact the school",
    "the office": "the school office",
    "folder": "Put a note into the folder",
    "ask the teacher": "your child's teacher",
}


@pytest.mark.parametrize("contact", INVENTED.values(), ids=INVENTED.keys())
def test_an_invented_contact_fails(subject_for, contact):
    """A number, an address or a name that nobody gave is found."""
    judgement = CHECK.run(subject_for(message(contact=contact)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "contact"


@pytest.mark.parametrize("contact", PLACEHOLDERS.values(), ids=PLACEHOLDERS.keys())
def test_a_place_to_fill_in_passes(subject_for, contact):
    """Any kind of brackets will do."""
    assert CHECK.run(subject_for(message(contact=contact))).outcome is Outcome.PASS


@pytest.mark.parametrize("contact", GIVEN.values(), ids=GIVEN.keys())
def test_what_the_teacher_gave_passes(subject_for, contact):
    """Then it is no invention."""
    assert CHECK.run(subject_for(message(contact=contact), inputs=INPUTS)).outcome is Outcome.PASS


@pytest.mark.parametrize("contact", IN_WORDS.values(), ids=IN_WORDS.keys())
def test_words_that_reach_nobody_are_a_warning(subject_for, contact):
    """They invent nothing, and tell a family nothing either."""
    assert CHECK.run(subject_for(message(contact=contact))).outcome is Outcome.WARN


@pytest.mark.parametrize(
    "words",
    ["Call us at 212-555-0142.", "Write to ms.lee@example.org.", "Come to 40 Maple Avenue on Friday."],
)
def test_the_rest_of_the_message_holds_no_invented_contact(subject_for, words):
    """A number in the last sentence is as wrong as one under contact."""
    judgement = CHECK.run(subject_for(message(questions_welcome=words)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "questions_welcome"


@pytest.mark.parametrize(
    "words",
    [
        "Read pages 12-14 for 10 minutes.",
        "Compare 3/4 and 2/3.",
        "Count from 100 to 555.",
        "We meet at 6:30.",
    ],
)
def test_numbers_of_the_lesson_are_no_contact(subject_for, words):
    """Pages, fractions and times are left alone."""
    assert CHECK.run(subject_for(message(one_action=words))).outcome is Outcome.PASS


def test_a_good_message_passes_in_any_language(subject_for):
    """Brackets and numbers need no list of words."""
    for language in ("en", "es", "ar"):
        assert CHECK.run(subject_for(MESSAGE, inputs={"language": language})).outcome is Outcome.PASS
