"""The guard for personal data: what it must take out, what it must leave alone, and what always holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.bundled.guards.personal_data import GUARD
from sandbox.contracts.guard import GuardAction, GuardDecision, Outgoing
from sandbox.pipeline.guarding import restore_text


def inspect(*texts: str) -> GuardDecision:
    """What the guard decides on some texts."""
    return GUARD.guard.inspect(
        Outgoing(texts={f"text {number}": text for number, text in enumerate(texts)})
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Write to ana@example.org.", "Write to [EMAIL_1]."),
        ("o'hara+notes@mail.example.co.uk", "[EMAIL_1]"),
        ("[STUDENT_1].b@example.org", "[EMAIL_1]"),
        ("Call 212-555-0142 now", "Call [PHONE_1] now"),
        ("(212) 555-0142 ext. 12", "[PHONE_1]"),
        ("212.555.0142 or +1 212 555 0143", "[PHONE_1] or [PHONE_2]"),
        ("her number: 555-0142", "her number: [PHONE_1]"),
        ("212–555–0142", "[PHONE_1]"),
        ("**212-555-0142** <b>212-555-0142</b>", "**[PHONE_1]** <b>[PHONE_1]</b>"),
        ("my cell is 2125550142", "my cell is [PHONE_1]"),
        ("call my mom at 555 0142", "call my mom at [PHONE_1]"),
        ("text 212 555 0142 or 212 555 0143", "text [PHONE_1] or [PHONE_2]"),
        ("Ring +44 20 7946 0958", "Ring [PHONE_1]"),
        ("Teléfono: 912 345 678", "Teléfono: [PHONE_1]"),
        ("020 7946 0958", "[PHONE_1]"),
        ("SSN 219-09-9999", "SSN [ID_1]"),
        ("219-09-9999", "[ID_1]"),
        ("social security number is 219099999", "social security number is [ID_1]"),
        ("Social insurance number 046 454 286", "Social insurance number [ID_1]"),
        ("NI number AB 12 34 56 C", "NI number [ID_1]"),
        ("NI number AB123456C", "NI number [ID_1]"),
        ("Tel. (02)-3456 now", "Tel. [PHONE_1] now"),
        ("DNI 12345678Z", "DNI [ID_1]"),
        ("NIE X1234567L", "NIE [ID_1]"),
        ("IBAN GB82 WEST 1234 5698 7654 32 AND so on", "IBAN [ID_1] AND so on"),
        ("card 4111 1111 1111 1111", "card [ID_1]"),
        ("4111111111111111", "[ID_1]"),
        ("Student ID: 1234567", "Student ID: [ID_1]"),
        ("ID #A-440219", "ID #[ID_1]"),
        ("my student number is 440219", "my student number is [ID_1]"),
        ("I live at 12 Oak Street, Apt 4B, Springfield, IL 62704.", "I live at [ADDRESS_1]."),
        ("we moved to 12 oak dr last year", "we moved to [ADDRESS_1] last year"),
        ("7 W 3rd Avenue", "[ADDRESS_1]"),
        ("12 [STUDENT_1] Road", "[ADDRESS_1]"),
        ("P.O. Box 112", "[ADDRESS_1]"),
        ("DOB: 03/14/2012", "DOB: [BIRTH_DATE_1]"),
        ("born on March 3, 2013", "born on [BIRTH_DATE_1]"),
        ("[STUDENT_1]'s birthday is May 5", "[STUDENT_1]'s birthday is [BIRTH_DATE_1]"),
        ("Ana's birthday is May 5", "Ana's birthday is [BIRTH_DATE_1]"),
        ("call Ana at 555 0142", "call Ana at [PHONE_1]"),
        ("I was born in Austin on 4 May 2011", "I was born in Austin on [BIRTH_DATE_1]"),
        ("Nació el 5 de mayo de 2012", "Nació el [BIRTH_DATE_1]"),
        ("date of birth 2012-03-04", "date of birth [BIRTH_DATE_1]"),
    ],
)
def test_personal_data_never_leaves(text: str, expected: str) -> None:
    """Contacts, numbers of persons, addresses and dates of birth become placeholders of their kind."""
    assert inspect(text).texts["text 0"] == expected


@pytest.mark.parametrize(
    "text",
    [
        "555-123=432",
        "555-123-4567 = -4135",
        "555-12-3456 = -2913",
        "See page 555, lines 120-1400.",
        "The war lasted from 1914-1918.",
        "476-1453 is called the Middle Ages.",
        "x +12345678 is a sum; 5 + 12345678 too.",
        "We call 1234567 a number of seven digits.",
        "Round 1234567890 to the nearest million.",
        "Pi is 3.14159265358979 or 3.1415926535.",
        "1,234,567,890 stars",
        "250 300 1000",
        "000-12-3456, 666-12-3456 and 900-12-3456",
        "219-00-9999 and 219-09-0000",
        "4111 1111 1111 1112",
        "sin 30 and SIN 123 456 789",
        "12345678A is no DNI.",
        "GB82 WEST 1234 5698 7654 33",
        "Student number 5 has 12 apples; ID cards are blue.",
        "I did 1234 steps.",
        "ISBN 978-0-306-40615-7, ISBN 0-306-40615-2, ISBN 0306406152",
        "The score was 21-19, 15-21, 21-18.",
        "She walked 5 miles down the road.",
        "In 1776 King Street was mud.",
        "9 Supreme Court justices, 4 visits to St. Louis.",
        "Abraham Lincoln was born on February 12, 1809.",
        "Malala Yousafzai was born on 12 July 1997.",
        "Washington's birthday, February 22, is a holiday.",
        "On 10/12/2020 we read chapter 3.",
        "2/3 + 4/5 = 22/15",
        "f(x) = 2x + 1 for x in [-10, 10]",
        "user@domain and 5 @ 3 dollars",
        "[EMAIL_1], [PHONE_1], [ID_1], [ADDRESS_1], [BIRTH_DATE_1], [STUDENT_12]",
        "10^6 x 2 = 2000000, 123456 x 654321",
        "3 4 5 6 7 8 9 10 11 12 13",
        "",
    ],
)
def test_numbers_of_the_lesson_are_left_alone(text: str) -> None:
    """Sums, lists, years, scores, book numbers and dates in history may leave."""
    decision = inspect(text)

    assert decision.action is GuardAction.ALLOW
    assert decision.texts == {"text 0": text}


def test_equal_values_have_the_same_placeholder() -> None:
    """A number is the same however it is grouped, in every text."""
    decision = inspect("212-555-0142, ana@example.org", "(212) 555-0142 or ANA@example.org")

    assert list(decision.texts.values()) == ["[PHONE_1], [EMAIL_1]", "[PHONE_1] or [EMAIL_1]"]
    assert decision.replaced == {"[PHONE_1]": "212-555-0142", "[EMAIL_1]": "ana@example.org"}


def test_the_reason_counts_by_kind_and_quotes_nothing() -> None:
    """A person reads what kinds of data were taken out, and how many."""
    decision = inspect("Call 212-555-0142 or 212-555-0143, ana@example.org, 12 Oak Street.")

    assert decision.reason == "2 phone numbers, 1 e-mail address and 1 street address were taken out."


def test_placeholders_in_the_text_are_not_given_again() -> None:
    """A number that the text holds already is passed over."""
    assert inspect("[EMAIL_1] or ana@example.org").texts["text 0"] == "[EMAIL_1] or [EMAIL_2]"


def test_data_that_stand_glued_together_are_all_taken_out() -> None:
    """What one number hid by standing beside another is found when that is gone, and can be restored."""
    text = "4111111111111111+44 20 7946 0958 a@example.orgb@example.org"

    decision = inspect(text)

    assert "0958" not in decision.texts["text 0"]
    assert restore_text(decision.texts["text 0"], decision.replaced) == text


PIECES = (
    "212-555-0142|555-0142|ana@example.org|219-09-9999|219099999|SSN |DOB |born on |May 5, 2012|3/4/2012|"
    "Student ID: |A440219|12 Oak Street|live at |12 oak road|Apt 4|Springfield, IL 62704|4111111111111111|"
    "call me at |[EMAIL_1]|phone_2|1|AB123456C|²|ext. 5|P.O. Box 12|+44 20 7946 0958"
    "|@|, |.|-|+|=| |\n|\u200b"
)
FRAGMENTS = PIECES.split("|")


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_looking_twice_finds_nothing_more(text: str) -> None:
    """What the guard leaves, it leaves alone the second time."""
    assert inspect(inspect(text).texts["text 0"]).action is GuardAction.ALLOW


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12, unique=True).map("".join))
def test_a_redaction_can_be_undone(text: str) -> None:
    """Putting back what was taken out gives the text, if each value was spelled in one way."""
    decision = inspect(text)
    is_spelled_in_one_way = all(decision.texts["text 0"].count(name) == 1 for name in decision.replaced)

    restored = restore_text(decision.texts["text 0"], decision.replaced)

    assert restored == text or not is_spelled_in_one_way


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    """No text makes the guard fail."""
    assert inspect(text).texts.keys() == {"text 0"}


@given(st.integers(0, 10**6), st.sampled_from("+-×·÷*/^"), st.integers(0, 10**6))
def test_sums_survive(first: int, sign: str, second: int) -> None:
    """Arithmetic with numbers up to a million is left alone, with its result and without spaces too."""
    assert inspect(f"Work out {first} {sign} {second}.").action is GuardAction.ALLOW
    assert inspect(f"Is {first}{sign}{second}={first + second}?").action is GuardAction.ALLOW
