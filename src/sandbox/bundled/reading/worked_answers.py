"""Questions that are plain arithmetic, and whether an answer to them is right."""

from fractions import Fraction
from math import isqrt

from sandbox.bundled.reading.equations import read_equations
from sandbox.bundled.reading.exact_numbers import Exact, numbers_in
from sandbox.bundled.reading.wording import fold, sentences
from sandbox.contracts.late import late_pattern

_LEAD = late_pattern(
    r"(?:\(?[a-e\d]{1,2}[.)]\s+)?(?:(?:please |now )?(?:what(?: is|'s)|how much is|what does|which"
    r"(?: (?:number|fraction|decimal|amount|expression|of these))* (?:is )?(?:equal to|equals|the same as)"
    r"|calculate|compute|work out|solve|evaluate|find|simplify|add|subtract|multiply|divide|give|write)\b"
    r":?\s*)?"
    r"(?:the (?:value|result|answer|sum) (?:of|to) (?=[^a-z]*\d[^a-z]*[-+*/x×÷]))?"
)
_TAIL = late_pattern(
    r"(?:\s*(?:equals?|equal to|make|come to))?\s*[=?.:!]*\s*(?:_{1,20}|\?|\[ \]|□)?\s*(?:in simplest form"
    r"|in lowest terms|as an? (?:mixed number|fraction|decimal|whole number|improper fraction|percent))?"
    r"[=?.!\s]*"
)
_OPERATION = late_pattern(
    r"[-+*/x×÷·−–^²³%]|\b(?:times|plus|minus|divided by|multiplied by|of)\b|\\(?:times|div|cdot)"
)
_SPOKEN = (
    (late_pattern(r"(?:the )?sum of (.{1,30}?) and (.{1,30})"), "{0} + {1}"),
    (late_pattern(r"(?:the )?product of (.{1,30}?) and (.{1,30})"), "{0} × {1}"),
    (late_pattern(r"(?:the )?difference (?:between|of) (.{1,30}?) and (.{1,30})"), "{0} - {1}"),
    (late_pattern(r"(?:the )?quotient of (.{1,30}?) and (.{1,30})"), "{0} ÷ {1}"),
    (late_pattern(r"half of (\d[\d.,]{0,12})()"), "{0} ÷ 2"),
    (late_pattern(r"(?:twice|double) (\d[\d.,]{0,12})()"), "{0} × 2"),
    (late_pattern(r"(\d{1,6}) squared()"), "{0} × {0}"),
    (late_pattern(r"the square of (\d{1,6})()"), "{0} × {0}"),
    (late_pattern(r"(\d{1,4}) cubed()"), "{0} × {0} × {0}"),
)
_ROOT = late_pattern(r"(?:the )?(?:square root of|√) ?(\d{1,9})")
_LEAVES_IT_OPEN = late_pattern(
    r"\b(?:estimate|about|approximate\w*|round\w*|nearest|not|except|least|first step|how many digits"
    r"|true or false|before|after|next|time|o'clock|a\.?m\.?|p\.?m\.?)\b|[≠≈<>]"
)
_REMAINDER = late_pattern(
    r"(\d{1,9})\s*(?:r\.?|rem\.?|remainder|with (?:a )?remainder(?: of)?)\s*(\d{1,9})"
)
_DIVISION = late_pattern(r"(\d{1,9}) ?(?:÷|/|divided by) ?(\d{1,9})")
_CLOCK = late_pattern(r"\d:\d\d")
_INSTRUCTION = late_pattern(
    r"(?:show|draw|explain|say|tell|use|give|write|check|simplify|reduce|round|include|remember)\b[^=]*"
)
_LONGEST = 240


def arithmetic_of(question: str) -> str:
    """The sum that a question consists of, such as `3/4 + 1/8`; empty if it asks anything else."""
    if len(question) > _LONGEST or not any(letter.isdecimal() for letter in question):
        return ""
    folded = fold(question).replace("$$", "$").replace("\\(", " ").replace("\\)", " ").replace("**", "")
    parts = [part for part in sentences(folded) if not _is_instruction(part)]
    if len(parts) != 1 or _LEAVES_IT_OPEN.search(parts[0]) or _CLOCK.search(folded):
        return ""
    lead = _LEAD.match(parts[0])
    asked = parts[0][lead.end() :] if lead else parts[0]
    end = next((at for at in range(1, len(asked) + 1) if _is_tail(asked, at)), 0)
    asked = asked[:end].strip()
    for pattern, written in _SPOKEN:
        if found := pattern.fullmatch(asked):
            asked = written.format(*(part.strip() for part in found.groups()))
            break
    if found := _ROOT.fullmatch(asked):
        return f"√{found[1]}"
    return asked if _OPERATION.search(asked) and _reads_whole(asked) else ""


def _is_instruction(sentence: str) -> bool:
    """Whether a sentence only says how to answer: Draw it. Give your answer as a fraction."""
    return _INSTRUCTION.fullmatch(sentence) is not None and len(numbers_in(sentence)) == 0


def _is_tail(asked: str, at: int) -> bool:
    """Whether what was cut off at a place was only the end of a question."""
    if at > 0 and (asked[at - 1].isspace() or asked[at - 1] in "=?.:!_□[]"):
        return False
    return _TAIL.fullmatch(asked, at) is not None


def _reads_whole(asked: str) -> bool:
    """Whether nothing but one sum was asked."""
    found = read_equations(f"{asked} = 0.5")
    return len(found) == 1 and found[0].start == 0 and found[0].end == len(asked) + 6


def is_answer_right(arithmetic: str, answer: str) -> bool | None:
    """Whether an answer is what a sum comes to; None if that cannot be told."""
    answer = fold(answer).replace("\\(", " ").replace("\\)", " ").strip()
    if len(answer) > _LONGEST:
        return None
    if arithmetic.startswith("√"):
        return _is_root(int(arithmetic[1:]), answer)
    if _REMAINDER.match(answer):
        return _is_rest_right(arithmetic, answer)
    found = read_equations(f"{arithmetic} = {answer}")
    if not found or found[0].start != 0:
        return None
    chain = [equation for equation in found if equation.start < found[0].end]
    if "=" in answer or all(equation.is_true for equation in chain):
        return all(equation.is_true for equation in chain)
    return None if _names_the_value(found[0].left, answer) else False


def _is_rest_right(arithmetic: str, answer: str) -> bool | None:
    """Whether an answer such as 3 R 2 is what a division comes to."""
    said, division = _REMAINDER.fullmatch(answer.strip(" .")), _DIVISION.fullmatch(arithmetic)
    if not said or not division:
        return None
    rest, divisor = int(said[2]), int(division[2])
    return rest < divisor and int(division[1]) == divisor * int(said[1]) + rest


def _is_root(square: int, answer: str) -> bool | None:
    numbers = numbers_in(answer)
    if not numbers or isqrt(square) ** 2 != square:
        return None
    return any(abs(number.value) == isqrt(square) for number in numbers)


def _names_the_value(value: Exact, answer: str) -> bool:
    """Whether the right number stands somewhere in the answer, behind another one."""
    return any(Fraction(value) in number.amounts for number in numbers_in(answer))
