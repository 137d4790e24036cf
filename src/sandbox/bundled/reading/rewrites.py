"""Finding sentences that are handed to a student to copy."""

import re

from sandbox.bundled.reading.wording import EDGE_MARKS, either, fold
from sandbox.contracts.late import late_pattern

LONG_REWRITE = 12
"""So many words make a sentence that a student could copy; fewer are a phrase."""

_WRITE = "(?:write|say|revise|rewrite|rephrase|reword|change|replace|put|phrase|add|read|try|fix|use)"
_IT = "(?:it|this|that)"
_BETTER = (
    "(?:better|stronger|clearer|corrected|correct|revised|improved|new|possible|sample|model|complete)"
)
_LEADS_TO_WORDS = either(
    rf"you (?:could|can|might|should|may|would) (?:\w+ ){{0,2}}?{_WRITE}(?:ing)?\b[^:“\"«.!?]{{0,60}}",
    rf"(?:try to|try|please|instead,?|simply|just) (?:\w+ ){{0,2}}?{_WRITE}(?:ing)?\b[^:“\"«.!?]{{0,60}}",
    rf"(?:write|say|(?:rewrite|change|revise|replace) {_IT})(?: (?:as|to|like|with|by))?(?: this)?",
    rf"{_BETTER} (?:\w+ )?(?:version|sentence|opening|answer|paragraph|ending|way to (?:say|write) {_IT})"
    r"(?: (?:is|would be|could be|might be))?",
    rf"for example(?: you (?:could|can|might) {_WRITE})?",
    r"like this",
    r"it (?:should|could|would) (?:say|read)",
    r"here is (?:a|one|how)[^:.!?]{0,40}",
)
_REWRITE = late_pattern(
    rf"\b{_LEADS_TO_WORDS}(?:\s*:\s*[“\"«'‘]?|,?\s*[“\"«]|\s[‘'])(?=.)", re.IGNORECASE | re.DOTALL
)
"""What leads to a sentence that the student could copy."""
_LEADS_ON = late_pattern(r"[:“\"«]|\s[‘']")
"""Without one of these marks nothing leads to such a sentence."""
_CLOSING = late_pattern(r"[”\"»]|['’](?!\w)|\n")
_FRAME = late_pattern(r"_{2,}|…|\.{3}|\[[^\]]*\]|\(\s*\)")
_LONGEST_REWRITE = 1000
"""So many characters are looked at behind what leads to them."""


def rewrite_in(text: str, *, given: str) -> str:
    """A sentence that the student could copy, or how it begins; none that was given (as folded)."""
    if not _LEADS_ON.search(text):
        return ""
    start = 0
    while found := _REWRITE.search(text, start):
        start = found.end()
        words = _CLOSING.split(text[start : start + _LONGEST_REWRITE], maxsplit=1)[0].strip()
        if (
            len(words.split()) >= LONG_REWRITE
            and not _FRAME.search(words)
            and fold(words).strip(EDGE_MARKS) not in given
        ):
            return words
    return ""
