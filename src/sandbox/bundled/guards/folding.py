"""Text as it is compared: no accents, no invisible characters, plain quotes, dashes, spaces and digits."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_UNUSUAL = re.compile(r"[^\x00-_a-\x7f]")
_APOSTROPHES = "‘’‚‛′`´ʹʻʼʽˈ＇"
_HIDDEN_LETTERS = "\u115f\u1160\u3164\uffa0"
_WHOLE_LETTERS = {
    **dict(zip("łŁđĐðÐħĦŧŦøØıəƏ", "lLdDdDhHtToOieE", strict=True)),
    **dict(zip("ßẞæÆœŒþÞ", ("ss", "SS", "ae", "Ae", "oe", "Oe", "th", "Th"), strict=True)),
    **dict.fromkeys(_HIDDEN_LETTERS, ""),
}
"""Letters that Unicode does not take apart."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and the way back to the text that it was made of. Upper and lower case are kept."""

    text: str
    origins: tuple[int, ...] | None
    """Where each character stood, then the length of the original; None if nothing moved."""

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the original, with its accents and joiners."""
        if self.origins is None:
            return start, end
        return self.origins[start], max(self.origins[end], self.origins[end - 1] + 1)


def fold(text: str) -> Folded:
    """The text as it is compared."""
    if text.isascii() and "`" not in text:
        return Folded(text, None)
    folded = _UNUSUAL.sub(lambda match: _folding(match[0]), text)
    origins: list[int] = []
    done = 0
    for match in _UNUSUAL.finditer(text) if folded is not text else ():
        length = len(_folding(match[0]))
        if length != 1:
            origins += range(done, match.start())
            origins += [match.start()] * length
            done = match.end()
    return Folded(folded, (*origins, *range(done, len(text) + 1)) if done else None)


@cache
def _folding(character: str) -> str:
    category = unicodedata.category(character)
    if character in _WHOLE_LETTERS:
        return _WHOLE_LETTERS[character]
    if character in _APOSTROPHES:
        return "'"
    if category[0] == "M" or category == "Cf":  # accents that stand alone; zero-width and soft hyphens
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category[0] in "ZP":
        return {"Pd": "-", "Zs": " ", "Zl": "\n", "Zp": "\n"}.get(category, character)
    return _plain_letter(character) if category[0] == "L" else character


def _plain_letter(letter: str) -> str:
    if "가" <= letter <= "힣":  # a Korean syllable is one letter to its readers
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    return letter if parts == letter else "".join(_folding(part) for part in parts)
