"""Cutting a text into numbers, signs, words and marks, for reading equations."""

import re
from typing import NamedTuple

from sandbox.bundled.reading.exact_numbers import NUMBER, Number, read_number
from sandbox.contracts.late import late_pattern

_LETTER = r"[^\W\d_²³¹¼-¾⅐-⅞]"
_TOKEN = late_pattern(
    rf"""
      (?P<word>{_LETTER}+(?:['’-]{_LETTER}+)*|\\(?:text|mathrm)\{{[^{{}}]{{0,40}}\}}|[¢°])
    | (?P<pause>\n\s*\n\s*|(?:\A|\n)\s*(?:[-–*•]|\d{{1,2}}[.)]|[a-zA-Z][.)])\s+)
    | (?P<skip>[^\S\n]+|\n|\*\*+|`+|\\(?:left|right)\b|\\[,;!()\[\]\x20]|\$(?![ ]?[\d.])
              |[\u200b-\u200f\u202a-\u202e\u2066-\u2069])
    | (?P<date>(?<!\d)(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}|\d{{4}}-\d\d-\d\d)(?!\d))
    | (?P<ordinal>\d+(?:st|nd|rd|th)\b)
    | (?P<number>{NUMBER})
    | (?P<murky>\d[\d.,:]*)
    | (?P<power>\^\{{?[0-9]{{1,2}}\}}?|[²³])
    | (?P<unequal>[<>!~=]=+|=[<>]|=/=|[<>≈≠≤≥~≃≅→⇒])
    | (?P<equals>=)
    | (?P<operator>\\times\b|\\cdot\b|\\div\b|\\?\*|[-+−–×·⋅∙✕÷/∕])
    | (?P<currency>\\?\$|[€£¥₹])
    | (?P<percent>\\?%|percent\b)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<mark>[.,:;!?"“”‘’'«»|—…])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of text and what kind of piece it is."""

    kind: str
    text: str
    start: int
    end: int
    number: Number | None = None
    begins_line: bool = False

    @property
    def word(self) -> str:
        """The word in small letters; empty if it is none."""
        if self.kind != "word":
            return ""
        return self.text.partition("{")[2].rstrip("}").strip().lower() or self.text.lower()


def tokenize(text: str) -> list[Token]:
    """The text as tokens, without those that say nothing."""
    tokens = []
    begins_line = False
    for found in _TOKEN.finditer(text):
        kind, piece, number = found.lastgroup or "other", found[0], None
        if kind == "skip":
            begins_line = begins_line or piece == "\n"
            continue
        if kind == "number":
            number = read_number(piece, found.start())
            kind = kind if number is not None else "other"
        tokens.append(Token(kind, piece, *found.span(), number, begins_line))
        begins_line = False
    return tokens
