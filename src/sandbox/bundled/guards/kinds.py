"""What our guards take out, and what it is called."""

from enum import StrEnum


class Kind(StrEnum):
    """A kind of personal data; the word in its placeholder."""

    STUDENT = "STUDENT"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ID = "ID"
    ADDRESS = "ADDRESS"
    BIRTH_DATE = "BIRTH_DATE"


WORDS: dict[str, tuple[str, str]] = {
    Kind.STUDENT: ("name", "names"),
    Kind.EMAIL: ("e-mail address", "e-mail addresses"),
    Kind.PHONE: ("phone number", "phone numbers"),
    Kind.ID: ("id number", "id numbers"),
    Kind.ADDRESS: ("street address", "street addresses"),
    Kind.BIRTH_DATE: ("date of birth", "dates of birth"),
}
"""Each kind in the singular and the plural."""
