"""Words that a question asks for, and sentences that say them: what a shape is called, what a square is."""

import re

from sandbox.bundled.reading.wording import fold
from sandbox.contracts.late import late_pattern

_TURN_OF_A_TUTOR = late_pattern(r"(?:^|\n)\s*(?:tutor|teacher)\s*:([^\n]{0,600})", re.IGNORECASE)
_ASKS_FOR_A_NAME = late_pattern(
    r"\b(?:name (?:of|for)|named|called|do (?:we|you) call"
    r"|(?:what|which) (?:kind of )?(?:shape|word|term))\b"
)
_ASKS_FOR_A_NUMBER = late_pattern(
    r"\b(?:how (?:many|much|long|far|old|tall)|value|sum|product|difference|quotient|total|area|perimeter"
    r"|(?:what|which) (?:number|fraction|\w{2,12} (?:\d|equals?)|times|plus|minus)|\d ?[-+*/x×÷])"
    r"|what (?:is|are|do you get)[^?]{0,60}\d"
)
_ASKS_WHAT_IT_IS = late_pattern(
    r"\bwhat (?:is|are|does) (?:(?:the )?(?:characteristics|properties|features|definition|meaning) of )?"
    r"(?:an? )?(\w{3,30})(?: mean)?(?= ?[?.,]|$)"
)
_NAMED = late_pattern(
    r"\b(?:called|known as|named|name (?:of|for) [^.!?]{1,60} is)(?: an?| the)? [\"']?(?P<called>\w{4,30})"
    r"|\b(?:an?|the) (?P<owner>\w{4,30}) (?:\w+ly )?(?:has|is|means)\b"
)
_SAYS_WHAT_IT_IS = (
    r"\b(?:an? |the )?{thing}(?:s|es)? (?:\w+ )?(?:is|are|has|have|means?)\b(?P<what>[^.!?]{{0,200}})"
)
_WORD = late_pattern(r"[^\W\d_]{4,}")
_NEW_WORDS_OF_A_DEFINITION = 3


def last_question(dialogue: str) -> str:
    """The last turn of a tutor that asks something, as folded; nothing if the text is no dialogue."""
    asked = [words for words in _TURN_OF_A_TUTOR.findall(dialogue) if "?" in words]
    return fold(asked[-1]) if asked else ""


def asks_for_a_number(question: str) -> bool:
    """Whether a question, given as folded, is answered by a number."""
    return _ASKS_FOR_A_NUMBER.search(question) is not None


def says_asked_words(sentence: str, question: str, given: frozenset[str]) -> str:
    """The words of a sentence that the question asks for and nobody had said; nothing if there are none."""
    folded = fold(sentence)
    if _ASKS_FOR_A_NAME.search(question):
        for found in _NAMED.finditer(folded):
            name = found["called"] or found["owner"]
            if name not in given:
                return name
    if asks := _ASKS_WHAT_IT_IS.search(question):
        says = re.search(_SAYS_WHAT_IT_IS.format(thing=re.escape(asks[1].removesuffix("s"))), folded)
        if says and len(set(_WORD.findall(says["what"])) - given) >= _NEW_WORDS_OF_A_DEFINITION:
            return says[0]
    return ""
