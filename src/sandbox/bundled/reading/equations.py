"""Equations in a text, each judged true or false; what is not understood is left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sandbox.bundled.reading.exact_numbers import Exact
from sandbox.bundled.reading.expressions import Expression, read_expression
from sandbox.bundled.reading.tokens import Token, tokenize
from sandbox.bundled.reading.wording import word_set

_MEASURES = {
    "length": "mm|cm|m,meter,metre|km|in,inch,inches|ft,foot,feet|yd,yard|mi,mile",
    "time": "s,sec,second|min,minute|h,hr,hour|day|week|month|year",
    "mass": "mg|g,gram|kg|oz,ounce|lb,lbs,pound|ton",
    "volume": "ml,mL|l,liter,litre|cup|pint|quart|gallon",
    "money": "¢,cent,penny,pennies,nickel,dime,quarter|$,dollar",
}
_UNITS = {
    form: (measure, spellings.partition(",")[0])
    for measure, units in _MEASURES.items()
    for spellings in units.split("|")
    for name in spellings.split(",")
    for form in (name, f"{name}s")
}
_LEADS_IN = word_set("of than times plus minus over point x y n z")
"""A number behind such a word is only a part of what is meant."""
_WHOLES = word_set("total sum product difference quotient cost")
"""Unless it stands behind such a word and `of`: a total of 3 + 4."""
_SAME_SIGN = dict.fromkeys(("×", "·", "x", "times"), "*") | dict.fromkeys(("÷", "divided"), "/")
_SAME_SIGN |= {"plus": "+", "minus": "-", "−": "-", "–": "-"}
_BEGINNINGS = frozenset({"number", "operator", "currency", "open"})
"""Kinds of tokens that a side can begin with."""
_LABELS = word_set(
    "step question problem part number no example exercise item line row day grade level figure task"
)


@dataclass(frozen=True, slots=True)
class Equation:
    """Two sides that are said to be equal."""

    text: str
    start: int
    end: int
    is_true: bool
    left: Exact
    """What its left side comes to."""
    signs: str
    """Its numbers and signs alone, to tell whether two texts say the same."""


def read_equations(text: str) -> list[Equation]:
    """The equations of a text that could be understood."""
    tokens = tokenize(text) if "=" in text else []
    found: list[Equation] = []
    rounded: set[Exact] = set()
    at = 0
    while at < len(tokens):
        sides = list(_read_sides(tokens, at)) if tokens[at].kind in _BEGINNINGS else []
        if not sides:
            at += 1
            continue
        at = sides[-1].end
        for index in range(len(sides) - 1):
            left, right, is_last = sides[index], sides[index + 1], index + 2 == len(sides)
            if not _can_be_judged(left, right):
                continue
            is_true = _is_true(left, right, rounded)
            if not is_true and not is_last and right.first is not None:
                is_true = _is_true(left, right.first, rounded)
            found.append(_equation(text, tokens, left, right, is_true=is_true))
    return found


def _read_sides(tokens: Sequence[Token], at: int) -> Iterator[Expression]:
    """The sides of a chain a = b = c that begins at a token."""
    side = read_expression(tokens, at)
    if side is not None and _is_cut_off(tokens, side):
        side = _murky(side)
    while side is not None:
        yield _murky(side) if _runs_on(tokens, side) else side
        if side.end >= len(tokens) or tokens[side.end].kind != "equals":
            return
        side = read_expression(tokens, side.end + 1)


def _murky(side: Expression) -> Expression:
    return side._replace(is_murky=True)


def _is_cut_off(tokens: Sequence[Token], side: Expression) -> bool:
    """Whether what stands before the first side belongs to it, so that only a part was read."""
    if side.start == 0:
        return False
    before = tokens[side.start - 1]
    is_glued = before.end == tokens[side.start].start and tokens[side.start].kind != "currency"
    if before.kind == "word":
        is_label = before.word in _LABELS and tokens[side.start].kind == "number"
        earlier = tokens[max(side.start - 2, 0)].word
        is_led = (before.word in _LEADS_IN and earlier not in _WHOLES) or (
            before.word == "by" and earlier in {"divided", "multiplied"}
        )
        return is_led or is_label or is_glued
    if before.kind == "open" and side.start > 1:
        return tokens[side.start - 2].kind == "word" and tokens[side.start - 2].end == before.start
    return before.kind not in {"pause", "mark", "open", "equals", "unequal"}


def _runs_on(tokens: Sequence[Token], side: Expression) -> bool:
    """Whether something that was not understood is glued to the end of a side: 25_0, 3x, 5/k."""
    if side.end >= len(tokens) or tokens[side.end - 1].end != tokens[side.end].start:
        return False
    return tokens[side.end].kind in {"other", "open", "number", "murky", "ordinal"}


def _can_be_judged(left: Expression, right: Expression) -> bool:
    if left.is_murky or right.is_murky:
        return False
    if left.number and right.number and left.number.is_plain and right.number.is_plain:
        return left.is_percent != right.is_percent and not left.units and not right.units
    kinds = {_UNITS[word] for word in (*left.units, *right.units) if word in _UNITS}
    return len(kinds) == len({measure for measure, _ in kinds})


def _is_true(left: Expression, right: Expression, rounded: set[Exact]) -> bool:
    if any(_agree(a, b, left, right, rounded) for a, b in zip(left.amounts, right.amounts, strict=True)):
        return True
    if left.is_percent != right.is_percent:
        return left.amounts[0] == right.amounts[1] or left.amounts[1] == right.amounts[0]
    return False


def _agree(
    left: Exact, right: Exact, left_side: Expression, right_side: Expression, rounded: set[Exact]
) -> bool:
    """Whether two amounts are equal, or one is the other, rounded or cut to the digits that it shows."""
    if left == right:
        return True
    left, right = Fraction(left), Fraction(right)
    for shown, exact, side in ((right, left, right_side), (left, right, left_side)):
        number = side.number
        if number is None or not (number.decimals or side.is_percent):
            continue
        step = Fraction(1, 10**number.decimals) * (shown / number.value if number.value else 1)
        is_rounded = 2 * abs(shown - exact) <= abs(step)
        is_cut = 0 <= abs(exact) - abs(shown) < abs(step) and exact * shown >= 0
        if is_rounded or is_cut:
            rounded.add(number.value)
            return True
    begins_rounded = left_side.first is not None and left_side.first.amounts[1] in rounded
    return begins_rounded and abs(left - right) * 200 <= abs(right)


def _equation(
    text: str, tokens: Sequence[Token], left: Expression, right: Expression, *, is_true: bool
) -> Equation:
    start, end = tokens[left.start].start, tokens[right.end - 1].end
    signs = "".join(
        _SAME_SIGN.get(token.text.lower(), token.text)
        for token in tokens[left.start : right.end]
        if token.kind not in {"word", "currency", "mark"} or token.text.lower() in _SAME_SIGN
    )
    return Equation(text[start:end], start, end, is_true, left.amounts[0], signs)
