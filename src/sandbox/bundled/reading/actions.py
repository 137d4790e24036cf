"""Sentences that give a student something to do: an act that can be carried out, or a pointed question."""

from sandbox.bundled.reading.content_words import content_words
from sandbox.bundled.reading.wording import either, fold, is_question, sentences, word_set
from sandbox.contracts.late import late_pattern

_ACTS = word_set("""
    act add answer apply arrange ask begin break bring build calculate carry change check choose circle clap
    close collect color combine come compare complete compute connect consider continue convert copy correct
    count cover create cross cut decide define delete describe design divide double double-check draw edit
    estimate examine expand explain express extend factor figure fill find finish fix flip fold follow give
    go graph group guess hear highlight hold identify imagine include insert invent isolate join jot justify
    keep label lay leave line link list listen look make mark match measure mix move multiply name note
    notice number observe open order organize paint pause pick picture place plan plot plug point predict
    print prove put raise read rearrange recalculate recheck recount redo redraw regroup remove
    reorder rephrase replace reread retell rethink return reuse revise revisit rewrite round run say search
    see select set shade share show simplify sing sketch skip solve sort spell split start state stop
    substitute subtract summarize swap take talk tap tell test think time touch trace translate trim try
    turn underline use verify visualize walk watch weigh work write zoom
""")
_OPENERS = word_set("""
    now then next first second third finally please instead also again so and or but just simply here maybe
    perhaps okay ok yes no well great good nice remember try to let's let us don't forget be sure make go
    back ahead see if you can could i'd like want might need should one idea start by begin always before
    after that with for this time
""")
"""Words that may stand before the verb of a request."""
_MOST_OPENERS = 6
_CLAUSE = late_pattern(
    r"[,;:()\"—!]| - |\b(?:and|then|or|but|so|can you|could you|you (?:can|could)|let's)\b"
)
_WORD = late_pattern(r"\d[\d.,/]*|[^\W\d_]+(?:['-][^\W\d_]+)*")
_ASKS = late_pattern(
    r"\b(?:what|which|where|when|who|whose|why|how|can|could|do|does|did|is|are|was|were|would|will|has"
    r"|have|isn't|aren't|doesn't|wouldn't|couldn't|if|should)\b"
)
_ASKS_NOTHING = late_pattern(
    either(
        r"\bmak(?:e|ing) (?:any )?sense\b",
        r"\b(?:any|more|other) questions\b",
        r"\b(?:do|did|does) (?:you|that|this|it) (?:understand|get it|help|follow|agree|see)(?: \w+)?\?",
        r"\b(?:are|is) (?:you|that|this|it|everything) (?:sure|ok|okay|clear|ready|right|good|alright)\b",
        r"\b(?:got it|okay|ok|right|ready|understood) ?\?",
        r"\bhow (?:are|do) you (?:feel|doing)\b",
        r"\b(?:would you like|do you want) (?:me|some help|help|to (?:continue|move|stop))\b",
    )
)
_BETTER = "(?:harder|more|better|longer|again|hard|more carefully|carefully|differently|once more|over)"
_ALL_OF_IT = (
    "(?:work|answers?|calculations?|essay|writing|text|paper|spelling|grammar|math|mistakes?|errors?"
    "|paragraph|solution|problem|everything|understanding|skills?|handwriting|reasoning|style|one)"
)
_VAGUE = late_pattern(
    either(
        rf"\b(?:try|work|think|study|concentrate|focus|listen|practice|practise|read|revise|look)"
        rf"(?: (?:it|this|that|a little|a bit|much|even)){{0,2}} {_BETTER}(?: (?:about it|on it"
        rf"|next time|at it))?"
        r"(?= ?[.!?,;]|$| and\b)",
        r"\b(?:be|stay) (?:a little |a bit |much )?(?:more )?(?:careful|attentive|focused|precise"
        r"|neat|thorough"
        r"|accurate|clear|specific|creative|detailed|organized)\b",
        r"\b(?:pay (?:more |close |better )?attention|do better|do your best"
        r"|move on|keep (?:it up|going|trying|practicing|working)|give it (?:another|your best)"
        r"|take (?:your|more) (?:time|care)|slow down|put (?:in )?more effort|(?:get|need"
        r"|do) more practice)\b",
        rf"\b(?:improve|work on|develop|strengthen|polish|enhance|fix|mend|correct) (?:your|the|this|it)"
        rf"(?: (?:\w+ )?{_ALL_OF_IT})?(?= ?[.!?,;]|$| and\b| a bit\b| more\b)",
        r"\b(?:study|review|revise|reread|read|practice|learn) (?:(?:the|your|this|that|our) )?(?:\w+ )?"
        r"(?:notes|chapter|book|textbook|lesson|material|topic|unit|rules?|concepts?|facts|math"
        r"|grammar|spelling)"
        r"(?= ?[.!?,;]|$| and\b| again\b| more\b| at home\b)",
        rf"\b(?:check|recheck|double-check|review|proofread|look over|go over|reread|revise|redo|rewrite)"
        rf"(?: (?:all of|over))? (?:your|the|this|it)(?: (?:whole|entire|own))?(?: {_ALL_OF_IT})?"
        rf"(?: (?:again|once more|carefully|more carefully|for (?:mistakes|errors)))*(?= ?[.!?,;]|$"
        rf"| and\b)",
        r"\b(?:add|use|give|include|write|need) (?:some )?(?:more |better )"
        r"(?:details?|information|examples?|evidence|words|effort)(?= ?[.!?,;]|$| and\b)",
    )
)
_NO_TARGET = word_set("""
    again harder better carefully more work answer answers problem question mistake mistakes time thing
    things best way help sure good great right wrong well together step steps try think look lets next
    another keep going little bit hard learn improve understand understanding everything something
    anything okay ok attention effort practice homework job
""")
"""Words that name nothing in the work to turn to."""


def vague_advice(text: str) -> str:
    """Words of a folded text that tell a student to do better, not what to do; nothing without any."""
    found = _VAGUE.search(text)
    return found[0] if found else ""


def can_be_done(sentence: str) -> bool:
    """Whether a sentence asks for an act, or asks a question, that is about something in particular."""
    folded = fold(sentence)
    bare = _VAGUE.sub(".", folded)
    if is_question(folded):
        return not _ASKS_NOTHING.search(bare) and _ASKS.search(bare) is not None and _has_target(bare)
    return any(map(_asks_for_an_act, _CLAUSE.split(bare)))


def something_to_do(text: str) -> str:
    """The first sentence of a text that can be acted on; nothing if there is none."""
    return next((sentence for sentence in sentences(text) if can_be_done(sentence)), "")


def _asks_for_an_act(clause: str) -> bool:
    words = _WORD.findall(clause)
    for at, word in enumerate(words[: _MOST_OPENERS + 1]):
        if word in _ACTS and _has_target(" ".join(words[at + 1 :])):
            return True
        if word not in _OPENERS:
            return False
    return False


def _has_target(words: str) -> bool:
    return any(letter.isdigit() for letter in words) or not _NO_TARGET.issuperset(content_words(words))
