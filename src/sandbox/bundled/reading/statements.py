"""What a text states: its sentences without those that ask, and what stands before a question's tag."""

import re
from collections.abc import Iterator

from sandbox.bundled.reading.wording import is_question, sentences
from sandbox.contracts.late import late_pattern

_TAG = late_pattern(
    r"[,;–—-]+ ?(?:(?:and|so|but) )?"
    r"(?:(?:can|could|would|will|do|did|does|are|is|have|shall) (?:you|we|that|this|it)\b"
    r"|(?:right|okay|ok|correct|yes|what|how|why|where|which)\b)",
    re.IGNORECASE,
)
"""Where a sentence that began as a statement turns to asking."""
_ASKS_FROM_THE_START = late_pattern(
    r"[\W_]*(?:(?:so|and|but|now|then|ok|okay|well)[, ]+)*(?:what|how|why|where|when|which|who|whose|can"
    r"|could|would|will|do|does|did|is|are|was|were|has|have|should|shall|may|if)\b",
    re.IGNORECASE,
)
_LEADING = late_pattern(
    r"\b(?:would|is|are|does|should|was|do)n['’]t (?:that|this|it|there|they|the \w+|we|you)\b",
    re.IGNORECASE,
)
"""A question that only waits for a yes."""


def statements(text: str) -> Iterator[str]:
    """Each stretch of the text that says something."""
    for sentence in sentences(text):
        if stated := stated_in(sentence):
            yield stated


def stated_in(sentence: str) -> str:
    """What a sentence states; nothing if it truly asks."""
    if not is_question(sentence) or _LEADING.search(sentence):
        return sentence
    if _ASKS_FROM_THE_START.match(sentence):
        return ""
    tags = [found.start() for found in _TAG.finditer(sentence)]
    return sentence[: tags[-1]] if tags else ""
