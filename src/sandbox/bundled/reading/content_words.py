"""The words of a text that carry its meaning, without their endings."""

from functools import lru_cache

from sandbox.bundled.reading.wording import fold, word_set
from sandbox.contracts.late import late_pattern

WORD = late_pattern(r"[^\W\d_]+(?:'[^\W\d_]+)*")
"""A word of a folded text; numbers are none."""

_SAY_LITTLE = word_set("""
    a about after again all also although am an and another any are aren't as at be because been before
    being best between both but by can cannot can't could couldn't describe describes did didn't do does
    doesn't doing don't down during each either else even ever every everyone few for from further get gets
    give gives given had hadn't has hasn't have haven't having he her here hers herself him himself his how
    however i if in into is isn't it its it's itself just let like likely made make makes many may me mean
    means might mine more most much must my myself name named neither next no nor not now of off often on
    once one only or other others our ours out over own quite rather really same say says see shall she
    should show shown shows since so some someone something still such tell tells than that that's the their
    theirs them themselves then there these they they're this those through to too toward under until up
    upon us use used uses using very was wasn't we were weren't what when where whether which while who whom
    whose why will with within without would wouldn't yes yet you your yours yourself answer answers
    choose correct question sentence statement true false following
""")
_ENDINGS = (
    "ational", "ations", "ation", "ments", "ingly", "ment", "ness", "ings", "edly", "ions",
    "ing", "ies", "ied", "ion", "ers", "est", "ed", "es", "er", "ly", "al", "s",
)  # fmt: skip
_SHORTEST_STEM = 3


@lru_cache(maxsize=8192)
def stem_of(word: str) -> str:
    """The folded word without what English hangs on: evaporates, evaporated and evaporation are one."""
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    for _ in range(2):
        if len(word) > _SHORTEST_STEM and word[-1] in "eiyt":
            word = word[:-1]
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2]:
        word = word[:-1]
    return word.removesuffix("a") if len(word) > _SHORTEST_STEM + 1 else word


def content_words(text: str) -> tuple[str, ...]:
    """The folded words that carry meaning, in their order."""
    return tuple(word for word in WORD.findall(fold(text)) if word not in _SAY_LITTLE)


def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning, in their order."""
    return tuple(map(stem_of, content_words(text)))


def likeness(some: frozenset[str], others: frozenset[str]) -> float:
    """The share of words that two sets have in common; 0 if there are none."""
    return len(some & others) / len(some | others) if some or others else 0.0
