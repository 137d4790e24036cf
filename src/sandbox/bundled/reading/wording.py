"""Comparing words as people read them: quotes, dashes, spaces, case; sentences; quoted words."""

import re
import unicodedata
from functools import lru_cache

from sandbox.contracts.check import Subject
from sandbox.contracts.late import late_pattern

_INVISIBLE = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
)
"""Soft hyphens, zero-width characters and marks of direction: nobody reads them."""

_ALIKE = str.maketrans("‘’‚‛ʼ`´“”„‟«»‐‑‒–—―−", "'''''''\"\"\"\"\"\"-------")
"""Characters that mean the same to a reader, one for one, so that positions stay."""

EDGE_MARKS = " .,;:!?…"
"""What may stand at the end of a quote without being part of it."""

_NEARBY = 80

_QUOTATION_MARK = late_pattern("[“\"«„'‘]")
_QUOTED = late_pattern(r"[“\"«„]([^“”\"«»„]{1,600})[”\"»“]|(?<!\w)['‘]([^'‘’\n]{2,300})['’](?!\w)")
_SENTENCE_END = late_pattern(  # white space is asked for first: a look back at every letter would cost most
    r"(?=\s)(?:(?<=[.!?…؟])|(?<=[.!?…؟][\"'”’)\]*]))"
    r"(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bMrs\.)(?<!\bvs\.)(?<!\be\.g\.)(?<!\bi\.e\.)\s+"
    r"|(?<=[。？！])|\n\s*(?:\n|(?=[-*•]\s))"
)
_QUESTION = late_pattern(r"[?？؟][\s\"'”’»)\]*!.]*$")
_ENGLISH = late_pattern(r"en(?:g|glish)?(?:[-_ (].*)?", re.IGNORECASE | re.DOTALL)
_OPERATOR = late_pattern(r" ?([+=*/×÷(),]) ?| - |(?<=\w)-(?=\d)")


def word_set(words: str) -> frozenset[str]:
    """Words that are written down with spaces between them."""
    return frozenset(words.split())


def either(*patterns: str) -> str:
    """A pattern that finds any of several."""
    return f"(?:{'|'.join(patterns)})"


def tidy(text: str) -> str:
    """The text without what nobody sees, each run of white space being one space."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return " ".join(text.split())


@lru_cache(maxsize=64)  # several checks fold the same texts
def fold(text: str) -> str:
    """The text for comparing: tidy, with plain quotes and dashes, and without capitals."""
    return _alike(tidy(text)).casefold()


def _alike(text: str) -> str:
    return text.replace("`", "'") if text.isascii() else text.translate(_ALIKE)


def find_phrase(phrase: str, text: str) -> str:
    """The words of the text that say the phrase, or nothing.

    It is found as whole words, in any case, with an -s, -ed or -ing too; after `*` come any letters.
    """
    clean = tidy(text)
    found = _phrase_pattern(phrase).search(_alike(clean))
    return clean[found.start() : found.end()] if found else ""


@lru_cache(maxsize=512)
def _phrase_pattern(phrase: str) -> re.Pattern[str]:
    plain = _alike(tidy(phrase))
    is_stem = plain.endswith("*") and len(plain) > 1
    plain = plain.removesuffix("*").strip() if is_stem else plain
    if not plain:
        return re.compile(r"(?!)")
    parts: list[str] = []
    position = 0
    for operator in _OPERATOR.finditer(plain):
        sign = re.escape(operator[0].strip())
        opens, closes = operator.start() == 0, operator.end() == len(plain)
        parts.append(_literally(plain[position : operator.start()]))
        parts.append(("" if opens else " ?") + sign + ("" if closes else " ?"))
        position = operator.end()
    parts.append(_literally(plain[position:]))
    start = r"(?<!\w)" if _is_spaced_letter(plain[0]) else ""
    end = ""
    if is_stem:
        end = r"\w*"
    elif _is_spaced_letter(plain[-1]):
        endings = "(?:e?s|ed|ing)?" if plain[-3:].isalpha() and len(plain) >= 3 else ""
        end = rf"{endings}(?!\w|'t\b)"
    return re.compile(start + "".join(parts) + end, re.IGNORECASE)


def _literally(words: str) -> str:
    return re.sub(r"ss|ß", "(?:ss|ß)", re.escape(words))


def _is_spaced_letter(letter: str) -> bool:
    """Whether words in the letter's script stand apart: not so in Chinese, Japanese, Thai, Lao, Khmer."""
    spaceless = "\u0e00" <= letter <= "\u0eff" or "\u1780" <= letter <= "\u17ff" or letter >= "\u2e80"
    return (letter.isalnum() or letter == "_") and not (spaceless and not "\uac00" <= letter <= "\ud7a3")


def sentences(text: str) -> list[str]:
    """The sentences of a text; an empty line or a new bullet ends one too."""
    return [part for piece in _SENTENCE_END.split(text) if (part := piece.strip())]


def is_question(sentence: str) -> bool:
    """Whether a sentence asks."""
    return _QUESTION.search(sentence) is not None


def without_quotes(text: str, *, of: str) -> str:
    """The text with each quote emptied whose words stand in another text, given as folded."""

    def emptied(found: re.Match[str]) -> str:
        return "“”" if fold(found[1] or found[2]).strip(EDGE_MARKS) in of else found[0]

    return _QUOTED.sub(emptied, text) if _QUOTATION_MARK.search(text) else text


def before(position: int, text: str) -> str:
    """The words right before a position, far enough back for what they lead to."""
    return text[max(0, position - _NEARBY) : position]


def is_english(subject: Subject) -> bool:
    """Whether the answer should be in English."""
    return _ENGLISH.fullmatch(subject.audience.language.strip()) is not None
