"""Telling where a sentence gives a number as the result of something, or puts it in place of another."""

import re

from sandbox.bundled.reading.exact_numbers import Exact, Number, numbers_in
from sandbox.bundled.reading.wording import before, either
from sandbox.contracts.late import late_pattern

_RESULT = late_pattern(
    r"(?:[=≈]|\b(?:it['’]s|that['’]s|equals?|is|are|be|gets?|got|gives?|giving|makes?|making|leaves?|leaving|becomes?"
    r"|comes? (?:out )?to|adds? up to|works? out (?:to|as|at)|(?:would|must|should|will) (?:\w+ )?have"
    r"|goes? into [\d.,]{1,12}|total of|answer of|result of))"
    r"(?: (?:us|you|me|actually|only|exactly|really|just|indeed|now|about|approximately|roughly|around"
    r"|equal to|the same as|a total of)){0,3}[ *_]*[$€£]? ?$",
    re.IGNORECASE,
)
"""What a number that is a result stands behind."""
_IS_THE_RESULT = late_pattern(
    r"[ *_]*(?:is|was|would be|should be) (?:actually )?(?:the |your )?(?:correct |right |final |exact )?"
    r"(?:answer|value|sum|product|result|total|difference|quotient|solution)\b",
    re.IGNORECASE,
)
"""What stands behind a number that is a result."""
_GOES_ON = late_pattern(r"(?: ?\([^()]{1,20}\)| [a-z]{1,12}){0,2} ?(?:[+×÷*]|[-−/x] ?\d)", re.IGNORECASE)
"""What stands behind a number that is only one part of a calculation."""
_INSTEAD = late_pattern(
    r"[^.!?;:\d]{0,50}?,? (?:and not|not|rather than|instead of) [$€£]?\d", re.IGNORECASE
)
"""What stands behind a number that is put in place of another: 2,000 steps, not 4,000."""
_SHOULD_BE = late_pattern(
    r"\b(?:should|must|has to|needs to) (?:\w+ )?be(?: \w+ly)?[ *_]*[$€£]? ?$", re.IGNORECASE
)
_EARNED = late_pattern(r" ?(?:points?|stars?|marks?)\b", re.IGNORECASE)
_HINT = late_pattern(
    r"\b(?:try|let['’]s|carry|borrow|multiply|multiplying|add|adding|subtract|subtracting|divide|dividing"
    r"|count|draw|use|using|write|imagine|suppose|example|such as|like|if|think of|think about|instead of"
    r"|rather than|not|than|between|of the first|by)\b[^.!?,;:]{0,30}$",
    re.IGNORECASE,
)
"""What leads to a number that is there to work with."""
_CALCULATION = late_pattern(
    either(
        r"\d[^\d.!?;:]{0,30}(?:[-+*/×÷−]|\b(?:times|plus|minus|divided by|multiplied by|x|by|into|from)\b)"
        r"[^\d.!?;:]{0,12}\d",
        r"\b(?:difference|sum|product|quotient|total)\b[^.!?;]{0,40}\d",
    ),
    re.IGNORECASE,
)
"""A calculation that is written out, in signs or in words."""
_EQUATION = late_pattern(
    r"\d ?(?:[-+*/×÷−x]|times|plus|minus|divided by|multiplied by) ?[\d.,]{1,12} ?"
    r"(?:=|(?:\w+ly )?(?:is|equals?|makes?|gives?|are)\b)(?: \w+ly)? ?\d",
    re.IGNORECASE,
)


def is_told_as_result(number: Number, sentence: str) -> bool:
    """Whether the sentence says that this number is what comes out."""
    if is_part_of_calculation(number, sentence):
        return False
    rest = sentence[number.end : number.end + 60]
    if _EARNED.match(rest):
        return False
    return _leads_to_result(before(number.start, sentence)) or _IS_THE_RESULT.match(rest) is not None


def _leads_to_result(words: str) -> bool:
    """Whether words end in what a result stands behind. The last sign spares most numbers the pattern."""
    last = words.rstrip(" *_$€£")[-1:]
    is_number_gone_into = (last.isdecimal() or last in {".", ","}) and "into" in words.lower()
    may_lead = last.isalpha() or last in {"=", "≈"} or is_number_gone_into
    return may_lead and _RESULT.search(words) is not None


def is_part_of_calculation(number: Number, sentence: str) -> bool:
    """Whether a sign behind the number goes on calculating with it."""
    return _GOES_ON.match(sentence[number.end : number.end + 60]) is not None


def is_told_instead(number: Number, sentence: str) -> bool:
    """Whether the sentence puts this number in place of another."""
    if is_part_of_calculation(number, sentence):
        return False
    rest = sentence[number.end : number.end + 80]
    return _INSTEAD.match(rest) is not None or bool(_SHOULD_BE.search(before(number.start, sentence)))


def is_worked_out(number: Number, sentence: str) -> bool:
    """Whether the sentence calculates and gives this number as what comes out."""
    return is_told_as_result(number, sentence) and bool(_CALCULATION.search(before(number.start, sentence)))


def is_only_named(number: Number, sentence: str) -> bool:
    """Whether the number belongs to a hint, an example, or points that were earned, and answers nothing."""
    if _EARNED.match(sentence[number.end : number.end + 20]):
        return True
    return _HINT.search(before(number.start, sentence)) is not None


def has_equation(sentence: str) -> bool:
    """Whether a whole equation stands in the sentence, in signs or in words: 8 times 3 is 24."""
    return _EQUATION.search(sentence) is not None


def results_told(text: str) -> frozenset[Exact]:
    """The numbers that a text gives as results."""
    return frozenset(number.value for number in numbers_in(text) if is_told_as_result(number, text))
