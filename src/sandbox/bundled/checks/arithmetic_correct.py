"""Check: every equation in an answer that can be worked out is true."""

import re

from sandbox.bundled.reading.equations import Equation, read_equations
from sandbox.bundled.reading.wording import before, is_question, sentences
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence
from sandbox.domain.passages import Passage

_TO_BE_JUDGED = late_pattern(
    r"\b(?:true or false|(?:dis)?agree|is (?:wrong|false|incorrect|not (?:true|right|correct))"
    r"|isn['’]t (?:true|right|correct)"
    r"|(?:find|spot|fix|explain|describe|correct|catch) (?:the|this|what|a)\b[\w ]{0,20}\b"
    r"(?:mistake|error|wrong)"
    r")\b",
    re.IGNORECASE,
)
"""An equation near such words is there for students to judge."""
_SOMEBODY_SAYS = late_pattern(
    r"\b(?:thinks?|says?|said|claims?|claimed|believes?|wrote|writes|answered)\b[^.!?=]{0,25}$",
    re.IGNORECASE,
)
_NEARBY = 100
_FALSE_BY_NATURE = frozenset({"misconception", "quote"})
"""Fields that hold a wrong idea, or a student's words."""


def _run(subject: Subject) -> Judgement:
    passages = [passage for passage in subject.passages if "=" in passage.text]
    found = [(passage, equation) for passage in passages for equation in read_equations(passage.text)]
    if not found:
        return not_applicable("There is no equation that could be worked out.")
    wrong = [(passage, equation) for passage, equation in found if not equation.is_true]
    if wrong:
        quoted = {equation.signs for equation in read_equations(subject.given)}
        quoted |= {equation.signs for passage, equation in wrong if passage.field in _FALSE_BY_NATURE}
        wrong = [
            (passage, equation)
            for passage, equation in wrong
            if equation.signs not in quoted and not _is_wrong_on_purpose(passage, equation)
        ]
    if not wrong:
        return passed(f"Equations worked out: {len(found)}; the answer's own are all true.")
    lines = "; ".join(_told(equation) for _, equation in wrong[:3])
    return failed(
        f"Wrong equations: {len(wrong)} of {len(found)}: {lines}.",
        *(Evidence(quote=equation.text, where=passage.path) for passage, equation in wrong),
    )


def _is_wrong_on_purpose(passage: Passage, equation: Equation) -> bool:
    """Whether the equation is asked about, or tells what somebody else thinks."""
    led_by = before(equation.start, passage.text)
    after = passage.text[equation.end : equation.end + _NEARBY]
    rest_of_sentence = (sentences(after) or [""])[0]
    return (
        is_question(rest_of_sentence)
        or _SOMEBODY_SAYS.search(led_by) is not None
        or _TO_BE_JUDGED.search(f"{led_by} {after}") is not None
    )


def _told(equation: Equation) -> str:
    value = equation.left
    if value.denominator == 1:
        shown = f"{value.numerator:,}"
    elif "." in equation.text or value.denominator > 100:
        shown = f"{float(value):,.6g}"
    else:
        shown = str(value)
    return f"'{equation.text}', but the left side comes to {shown}"


CHECK = Check(
    name="arithmetic_correct",
    version="1.1.0",
    title="The arithmetic is correct",
    why=(
        "A wrong sum in a plan or in feedback is taught on, and it costs the trust of everyone who finds "
        "it."
    ),
    how=(
        "Each equation of numbers, such as 3/4 + 1/8 = 7/8 or 20% of 50 = 10, is worked out with exact "
        "fractions. A decimal may be rounded to the digits that it shows. Equations of the student, of "
        "the task, of a named wrong idea, and of questions such as 'true or false?' are let be."
    ),
    mend=(
        "Ask for each answer to be worked out before it is written down and checked once more, with fewer "
        "and easier numbers; or give worked answers as an input."
    ),
    source="Plain arithmetic, worked out exactly; no study is needed.",
    run=_run,
    is_quick=True,
    needs_artifact=False,
    limits=(
        "Variables, clock times, dates, remainders, mixed units and sums told in words are left out. A "
        "chain such as 10 / 2 = 5 + 3 = 8 is let pass."
    ),
)
