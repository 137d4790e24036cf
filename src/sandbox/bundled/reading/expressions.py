"""Sums and products as people write them, worked out exactly."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import takewhile
from typing import NamedTuple

from sandbox.bundled.reading.exact_numbers import Exact, Number
from sandbox.bundled.reading.tokens import Token
from sandbox.bundled.reading.wording import word_set

_SIGNS = dict.fromkeys("*×·⋅∙✕", "*") | dict.fromkeys("/÷∕", "/") | dict.fromkeys("-−–", "-") | {"+": "+"}
_SIGNS |= {"\\times": "*", "\\cdot": "*", "\\div": "/", "\\*": "*"}
_SPOKEN = {"x": "*", "times": "*", "plus": "+", "minus": "-"}
_SPOKEN_BY = {"divided": "/", "multiplied": "*"}
_CHANGES_THE_NUMBER = word_set(
    "squared cubed dozen hundred thousand million billion times half remainder r"
)
"""Words after a number that make it another number."""
_NO_UNITS = _CHANGES_THE_NUMBER | word_set(
    "of than and or to from if when is are was were equals so then because that but quarter double twice"
    " triple more off less which by over divided multiplied minus plus"
)
"""Words that stand in no unit, so that what they lead to is not understood."""
_SHORT_UNITS = word_set("m g l s h a i c f ¢ ° mm cm km kg mg ml in ft yd mi oz lb hr")
_MOST_UNIT_WORDS = 6
_MOST_OPERANDS = 60
_MOST_DEPTH = 4
_LARGEST_POWER = 10

Amounts = tuple[Exact, Exact]
"""What something comes to if a percentage is so many hundredths, and if its sign is only carried along."""


class Expression(NamedTuple):
    """One side of an equation."""

    start: int
    """Index of its first token."""
    end: int
    """Index of the first token after it."""
    amounts: Amounts
    number: Number | None
    """The number, if it is nothing but a number."""
    units: tuple[str, ...] = ()
    """The words that were carried along."""
    is_murky: bool = False
    """Whether something in it was not understood, so that no judgement may rest on it."""
    is_percent: bool = False
    first: "Expression | None" = None
    """Its first operand, if there are several."""


def read_expression(tokens: Sequence[Token], start: int, depth: int = 0) -> Expression | None:
    """The longest expression that begins at a token; None if none does."""
    operands: list[Expression] = []
    operators: list[str] = []
    at = start
    while len(operands) < _MOST_OPERANDS:
        operand = _read_operand(tokens, at, depth)
        if operand is None:
            break
        operands.append(operand)
        operator, at = _read_operator(tokens, operand)
        if not operator:
            break
        operators.append(operator)
    if not operands:
        return None
    is_cut = len(operators) >= len(operands) and not _is_dash(tokens, operands[-1].end)
    if len(operands) == 1:
        return operands[0]._replace(is_murky=is_cut or operands[0].is_murky, first=None)
    operators = operators[: len(operands) - 1]
    amounts = [
        _worked_out([operand.amounts[reading] for operand in operands], operators) for reading in (0, 1)
    ]
    return Expression(
        start,
        operands[-1].end,
        (amounts[0] or 0, amounts[1] or 0),
        None,
        tuple(word for operand in operands for word in operand.units),
        is_murky=is_cut
        or None in amounts
        or any(operand.is_murky for operand in operands)
        or (("+" in operators or "-" in operators) and _adds_unlike(operands)),
        is_percent=any(operand.is_percent for operand in operands),
        first=operands[0],
    )


def _is_dash(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sign is only the dash between two thoughts: it stands free, and words follow."""
    if _kind(tokens, at + 1) != "word" or _SIGNS.get(tokens[at].text) != "-":
        return False
    return len(tokens[at + 1].word) > 2 and not _is_glued(tokens, at) and not _is_glued(tokens, at + 1)


def _adds_unlike(operands: Sequence[Expression]) -> bool:
    """Whether only some are percentages, or only some carry a letter that may be a unit or a variable."""
    lettered = {
        any(len(word) == 1 and word.isalpha() and word != "a" for word in operand.units)
        for operand in operands
    }
    return len({operand.is_percent for operand in operands}) > 1 or len(lettered) > 1


def _worked_out(amounts: Sequence[Exact], operators: Sequence[str]) -> Exact | None:
    """The result, products before sums; None if it divides by nothing."""
    total: Exact = 0
    product = amounts[0]
    for operator, amount in zip(operators, amounts[1:], strict=True):
        if operator == "*":
            product *= amount
        elif operator == "/":
            if amount == 0:
                return None
            product = Fraction(product, amount)
        else:
            total += product
            product = amount if operator == "+" else -amount
    return total + product


def _read_operand(tokens: Sequence[Token], start: int, depth: int) -> Expression | None:
    """A number or what stands in brackets, with its sign, power and units."""
    at = start
    is_negative = _kind(tokens, at) == "operator" and _SIGNS.get(tokens[at].text) == "-"
    if is_negative:
        if not _is_glued(tokens, at + 1):
            return None
        at += 1
    if _kind(tokens, at) == "currency":
        at += 1
    operand = _read_core(tokens, at, depth)
    if operand is None:
        return None
    if is_negative:
        operand = _mapped(operand, lambda amount: -amount)
    if _kind(tokens, operand.end) == "percent":
        value = operand.amounts[0]
        hundredths = Fraction(value, 100)
        operand = operand._replace(amounts=(hundredths, value), end=operand.end + 1, is_percent=True)
    if _kind(tokens, operand.end) == "open" and _is_glued(tokens, operand.end):
        operand = _times_brackets(tokens, operand, depth)
    return _with_units(tokens, operand if operand.start == start else operand._replace(start=start))


def _read_core(tokens: Sequence[Token], at: int, depth: int) -> Expression | None:
    """A number or what stands in brackets, with its power."""
    if at >= len(tokens):
        return None
    number = tokens[at].number
    if number is not None:
        amounts = (number.value, number.value)
        operand = Expression(at, at + 1, amounts, number)
    elif tokens[at].kind == "open" and depth < _MOST_DEPTH:
        inside = read_expression(tokens, at + 1, depth + 1)
        if inside is None or _kind(tokens, inside.end) != "close":
            return None
        operand = inside._replace(start=at, end=inside.end + 1)
    else:
        return None
    if _kind(tokens, operand.end) != "power":
        return operand
    sign = tokens[operand.end].text
    power = {"²": 2, "³": 3}.get(sign) or int(sign.strip("^{}"))
    if power > _LARGEST_POWER:
        return operand._replace(is_murky=True, end=operand.end + 1)
    raised = _mapped(operand, lambda amount: amount**power)
    return raised._replace(number=None, end=operand.end + 1)


def _times_brackets(tokens: Sequence[Token], operand: Expression, depth: int) -> Expression:
    brackets = _read_core(tokens, operand.end, depth)
    if brackets is None:
        return operand._replace(is_murky=True)
    product = (operand.amounts[0] * brackets.amounts[0], operand.amounts[1] * brackets.amounts[1])
    return operand._replace(
        end=brackets.end,
        amounts=product,
        number=None,
        is_murky=operand.is_murky or brackets.is_murky,
    )


def _mapped(operand: Expression, change: Callable[[Exact], Exact]) -> Expression:
    return operand._replace(amounts=(change(operand.amounts[0]), change(operand.amounts[1])))


def _with_units(tokens: Sequence[Token], operand: Expression) -> Expression:
    """The operand with the words behind it, if an operator or an equals sign follows them."""
    at, words = operand.end, list[str]()
    if _kind(tokens, at) not in {"word", "operator"}:
        return operand
    while at < len(tokens) and len(words) < _MOST_UNIT_WORDS:
        token = tokens[at]
        if token.begins_line:
            break
        if token.kind == "word" and not _spoken_operator(tokens, at, operand)[0]:
            words.append(token.word)
        elif not (words and token.kind == "power") and not (
            token.text == "/" and _kind(tokens, at + 1) == "word"
        ):
            break
        at += 1
    goes_on = _kind(tokens, at) in {"operator", "equals"} or bool(_spoken_operator(tokens, at, operand)[0])
    if goes_on:
        is_murky = any(
            word in _NO_UNITS and not _joins_things(place, words) for place, word in enumerate(words)
        )
    else:
        at, words = operand.end, words[:1]
        is_murky = bool(_CHANGES_THE_NUMBER & set(words)) or _is_compound(tokens, at)
    is_murky = is_murky or any(len(word) == 1 and word not in _SHORT_UNITS for word in words)
    if words and _is_glued(tokens, operand.end) and len(words[0]) == 2:
        is_murky = is_murky or words[0] not in _SHORT_UNITS
    return operand._replace(end=at, units=(*operand.units, *words), is_murky=operand.is_murky or is_murky)


def _joins_things(place: int, words: Sequence[str]) -> bool:
    """Whether a word is an 'and' between things that are counted: 25 tickets on caps and bracelets."""
    return 0 < place < len(words) - 1 and words[place] == "and" and not {"half", "quarter"} & set(words)


def _is_compound(tokens: Sequence[Token], at: int) -> bool:
    """Whether an amount has a second part: 3 hours 30 minutes, 2 and a half, 5 feet and 3 inches."""
    ahead = list(
        takewhile(lambda t: t.kind in {"word", "number"} and not t.begins_line, tokens[at : at + 4])
    )
    kinds, words = [token.kind for token in ahead], [token.word for token in ahead]
    if "and" in words[:2] and {"half", "quarter"} & set(words):
        return True
    if words and words[0] != "and" and words[0] in _NO_UNITS:
        return False
    return kinds[:2] == ["word", "number"] or (
        kinds[:3] == ["word", "word", "number"] and words[1] == "and"
    )


def _read_operator(tokens: Sequence[Token], operand: Expression) -> tuple[str, int]:
    """The operator behind an operand and where it ends; an empty one if there is none."""
    at = operand.end
    if _kind(tokens, at) == "operator":
        return _SIGNS[tokens[at].text], at + 1
    operator, length = _spoken_operator(tokens, at, operand)
    return operator, at + length


def _spoken_operator(tokens: Sequence[Token], at: int, operand: Expression) -> tuple[str, int]:
    word = tokens[at].word if at < len(tokens) else ""
    if not word:
        return "", 0
    if word in _SPOKEN_BY and at + 1 < len(tokens) and tokens[at + 1].word == "by":
        return (_SPOKEN_BY[word], 2) if _starts_operand(tokens, at + 2) else ("", 0)
    if word == "of" and (operand.is_percent or (operand.number and not operand.number.is_plain)):
        return ("*", 1) if _starts_operand(tokens, at + 1) else ("", 0)
    return (_SPOKEN[word], 1) if word in _SPOKEN and _starts_operand(tokens, at + 1) else ("", 0)


def _starts_operand(tokens: Sequence[Token], at: int) -> bool:
    return _kind(tokens, at) in {"number", "currency", "open"}


def _kind(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].kind if at < len(tokens) else ""


def _is_glued(tokens: Sequence[Token], at: int) -> bool:
    """Whether no space stands before a token."""
    return 0 < at < len(tokens) and tokens[at - 1].end == tokens[at].start
