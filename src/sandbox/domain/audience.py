"""Who a text is for: grade, subject, language and needs of the learners, and who reads it."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

from sandbox.domain.record import Record

GRADES = ("K", *(str(number) for number in range(1, 13)))
_GRADE = re.compile(r"(?:grade\s*)?0?(\d{1,2})(?:\.0|st|nd|rd|th)?(?:\s*grade)?")


def parse_grade(value: object) -> object:
    """The grade that somebody wrote as 4, "4th", "Grade 4" or "kindergarten", as one of "K", "1" ... "12".

    Raises:
        ValueError: the value names no grade from K to 12.
    """
    if isinstance(value, str) and value in GRADES:
        return value
    text = str(value).strip().lower()
    if text in {"k", "0", "kg", "kindergarten", "grade k"}:
        return "K"
    match = _GRADE.fullmatch(text)
    if match and match[1] in GRADES:
        return match[1]
    raise ValueError("should be a grade from K to 12, such as 4")


Grade = Annotated[str, BeforeValidator(parse_grade)]


def grade_number(grade: str) -> int:
    """The grade as a number of years of school, kindergarten being 0."""
    return GRADES.index(grade)


class Reader(StrEnum):
    """Who reads an artifact."""

    TEACHER = "teacher"
    STUDENT = "student"
    FAMILY = "family"


class Audience(Record):
    """The learners that a text is for; what is not known is None, and no check may guess it."""

    grade: Grade | None = None
    subject: str | None = None
    language: str = "en"
    learner_needs: tuple[str, ...] = ()
