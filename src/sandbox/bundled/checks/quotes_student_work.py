"""Check: what feedback quotes really stands in the student's work."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.reading.wording import fold
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_NEAR = 0.9
_LONG_ENOUGH = 3
_LONGEST = 400
_MOST_TRIES = 12
_MOST_PLACES = 200
_TOKEN = late_pattern(r"\w+|[^\w\s]")
_WORD = late_pattern(r"\w+")
_DIGITS = late_pattern(r"\d+")
_ELLIPSIS = late_pattern(r"\s*(?:[\[(]\s*)?(?:\.{3,}|…|\. \. \.)(?:\s*[\])])?\s*")
_AROUND = " \"'.,;:!?-()[]*_"


def _run(subject: Subject) -> Judgement:
    feedback = subject.artifact
    if not isinstance(feedback, Feedback):
        return not_applicable("It looks at feedback only.")
    work = _Work(subject.input_text("student_work"))
    if not _WORD.search(work.text):
        return not_applicable("The case has no student work to quote from.")
    quotes = [
        *(Evidence(quote=s.quote, where=f"strengths[{i}].quote") for i, s in enumerate(feedback.strengths)),
        *(
            Evidence(quote=s.quote, where=f"next_steps[{i}].quote")
            for i, s in enumerate(feedback.next_steps)
        ),
    ]
    invented = [evidence for evidence in quotes if not work.holds(evidence.quote)]
    if invented:
        words = "; ".join(f"'{evidence.quote}'" for evidence in invented)
        return failed(f"Quotes that do not stand in the student's work: {words}.", *invented)
    needed = _length(work.text)
    if all(_length(evidence.quote) < needed for evidence in quotes):
        return failed(f"No quote has {needed} words or more, so none shows which place is meant.", *quotes)
    return passed(f"All {len(quotes)} quotes stand in the student's work.", *quotes)


def _length(text: str) -> int:
    """How many words and signs a text has; as many as are long enough, if there are more."""
    return len(list(islice(_TOKEN.finditer(text), _LONG_ENOUGH)))


class _Work:
    """A student's work, ready for looking quotes up."""

    def __init__(self, text: str) -> None:
        self.text = fold(text)

    @cached_property
    def _words(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.text))

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        """Where each word stands."""
        places = defaultdict(list)
        for index, word in enumerate(self._words):
            places[word[0]].append(index)
        return places

    def holds(self, quote: str) -> bool:
        """Whether the work says this, or nearly: what an ellipsis leaves out may be anything."""
        pieces = [piece for part in _ELLIPSIS.split(fold(quote)) if (piece := part.strip(_AROUND))]
        if not pieces:
            bare = fold(quote).strip()
            return bool(bare) and bare in self.text
        return all(self._says(piece) or self._nearly_says(piece) for piece in pieces)

    def _says(self, piece: str) -> bool:
        start = self.text.find(piece)
        if len(piece) > _LONGEST:
            return start >= 0
        while start >= 0:
            end = start + len(piece)
            is_whole = not (
                (start and _is_in_word(self.text[start - 1], piece[0]))
                or (end < len(self.text) and _is_in_word(self.text[end], piece[-1]))
            )
            if is_whole:
                return True
            start = self.text.find(piece, start + 1)
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
                window = self.text[self._words[first].start() : self._words[last].end()]
                if _DIGITS.findall(window) == _DIGITS.findall(piece) and _is_near(window, piece):
                    return True
        return False


def _is_near(window: str, piece: str) -> bool:
    matcher = SequenceMatcher(None, window, piece, autojunk=False)
    return matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR


def _is_in_word(neighbour: str, edge: str) -> bool:
    """Whether a quote was cut out of the middle of a word; scripts without spaces have no such middle."""
    return neighbour.isalnum() and edge.isalnum() and neighbour < "\u0e00" and edge < "\u0e00"


CHECK = Check(
    name="quotes_student_work",
    version="1.0.0",
    title="Quotes the student's own words",
    why=(
        "A quote that the student never wrote shows that nobody read the work; a true one shows where to "
        "look."
    ),
    how=(
        "Each quote is looked for in the student's work; capitals, spaces, kinds of quotation marks and a "
        f"mended typo do not matter (likeness of {_NEAR} or more). One quote has to be {_LONG_ENOUGH} "
        "words long, or all of the work."
    ),
    mend=(
        "Ask for quotes that are copied exactly, mistakes included, and put the work between clear marks "
        "in the prompt."
    ),
    source=(
        "Hattie and Timperley (2007), The Power of Feedback: feedback has to be about the task that was "
        "done."
    ),
    run=_run,
    is_quick=True,
    artifacts=("feedback",),
    limits=(
        "A quote that is true but beside the point passes. What the text quotes outside the quote fields "
        "is not looked at."
    ),
)
