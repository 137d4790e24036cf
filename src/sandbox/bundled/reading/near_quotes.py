"""Finding a quote in a text, also if a typo was mended or a comma added."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cached_property

from sandbox.bundled.reading.wording import fold
from sandbox.contracts.late import late_pattern

NEAR = 0.9
"""So alike a stretch of the text has to be."""
_LONGEST = 400
_MOST_TRIES = 12
_MOST_PLACES = 200
_WORD = late_pattern(r"\w+")
_DIGITS = late_pattern(r"\d+")
_ELLIPSIS = late_pattern(r"\s*(?:[\[(]\s*)?(?:\.{3,}|…|\. \. \.)(?:\s*[\])])?\s*")
_AROUND = " \"'.,;:!?-()[]*_"


class QuotableText:
    """A text that quotes are looked up in."""

    def __init__(self, text: str) -> None:
        self.folded = fold(text)

    @cached_property
    def _words(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.folded))

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        """Where each word stands."""
        places = defaultdict(list)
        for index, word in enumerate(self._words):
            places[word[0]].append(index)
        return places

    def holds(self, quote: str) -> bool:
        """Whether the text says this, or nearly: what an ellipsis leaves out may be anything."""
        pieces = [piece for part in _ELLIPSIS.split(fold(quote)) if (piece := part.strip(_AROUND))]
        if not pieces:
            bare = fold(quote).strip()
            return bool(bare) and bare in self.folded
        return all(self._says(piece) or self._nearly_says(piece) for piece in pieces)

    def _says(self, piece: str) -> bool:
        start = self.folded.find(piece)
        if len(piece) > _LONGEST:
            return start >= 0
        while start >= 0:
            end = start + len(piece)
            is_whole = not (
                (start and _is_in_word(self.folded[start - 1], piece[0]))
                or (end < len(self.folded) and _is_in_word(self.folded[end], piece[-1]))
            )
            if is_whole:
                return True
            start = self.folded.find(piece, start + 1)
        return False

    def _nearly_says(self, piece: str) -> bool:
        """Whether a stretch of about as many words is nearly the same: a typo mended, a comma added."""
        if len(piece) > _LONGEST:
            return False
        wanted = [word[0] for word in _WORD.finditer(piece)]
        votes: Counter[int] = Counter()
        for offset, word in enumerate(wanted):
            for place in self._places.get(word, ())[:_MOST_PLACES]:
                votes[place - offset] += 1
        for start, _ in votes.most_common(_MOST_TRIES):
            for length in (len(wanted), len(wanted) - 1, len(wanted) + 1):
                first, last = max(start, 0), min(start + length, len(self._words)) - 1
                if first > last:
                    continue
                window = self.folded[self._words[first].start() : self._words[last].end()]
                if _DIGITS.findall(window) == _DIGITS.findall(piece) and _is_near(window, piece):
                    return True
        return False


def _is_near(window: str, piece: str) -> bool:
    matcher = SequenceMatcher(None, window, piece, autojunk=False)
    return matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR


def _is_in_word(neighbour: str, edge: str) -> bool:
    """Whether a quote was cut out of the middle of a word; scripts without spaces have no such middle."""
    return neighbour.isalnum() and edge.isalnum() and neighbour < "\u0e00" and edge < "\u0e00"
