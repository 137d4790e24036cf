"""Words that point at a place in a student's work: its quotes, its numbers, its words, a line or a step."""

from sandbox.bundled.reading.content_words import content_stems
from sandbox.bundled.reading.exact_numbers import numbers_in
from sandbox.bundled.reading.spoken_numbers import spoken_numbers_in
from sandbox.bundled.reading.wording import EDGE_MARKS, fold
from sandbox.contracts.late import late_pattern

_PART = (
    "(?:steps?|lines?|sentences?|words?|paragraphs?|rows?|columns?|parts?|parentheses|brackets?|equations?"
    "|endings?|openings?|titles?|labels?|reasons?|stanzas?|verses?|measures?|bars?|examples?|signs?"
    "|numerators?|denominators?|tops?|bottoms?|digits?|drawings?|diagrams?|graphs?|units?)"
)
_PLACE = late_pattern(
    rf"\b(?:first|second|third|fourth|fifth|last|next|final|opening|closing|middle|top|bottom|other)"
    rf" (?:\w+ )?{_PART}\b|\b(?:your|this|that|the) {_PART}\b|\b{_PART} (?:\d+|one|two|three|four|five)\b"
)
_WORDS_THAT_POINT = 2
_QUOTED = late_pattern(r"[\"]([^\"]{2,200})[\"]|(?<!\w)'([^'\n]{3,200})'(?!\w)")


class Work:
    """What a student wrote, ready for seeing whether somebody points at it."""

    def __init__(self, text: str) -> None:
        self._folded = fold(text)
        self._stems = frozenset(content_stems(text))
        self._values = frozenset(n.value for n in (*numbers_in(text), *spoken_numbers_in(text)))

    def is_pointed_at(self, text: str) -> bool:
        """Whether a text quotes it, names one of its numbers, or a place in it, or two of its words."""
        folded = fold(text)
        if _PLACE.search(folded) or self.is_quoted(folded):
            return True
        if any(n.value in self._values for n in (*numbers_in(text), *spoken_numbers_in(text))):
            return True
        return len(self._stems.intersection(content_stems(text))) >= _WORDS_THAT_POINT

    def is_quoted(self, folded: str) -> bool:
        """Whether words in quotation marks stand in it."""
        return any(
            (found[1] or found[2]).strip(EDGE_MARKS) in self._folded for found in _QUOTED.finditer(folded)
        )
