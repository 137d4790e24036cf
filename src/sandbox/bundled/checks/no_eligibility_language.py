"""Check: supports and accommodations decide nothing that belongs to a learner's team."""

import re

from sandbox.bundled.reading.wording import before, either, fold, is_english, sentences, tidy
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence
from sandbox.domain.passages import Passage

_COPIED = frozenset({"source_words", "task", "objective"})
"""Fields that hold the teacher's own words."""
_LEARNER = "(?:student|learner|child|pupil|he|she|they|who)"
_SERVICE = (
    "(?:special education|specialized instruction|specially designed "
    "instruction|(?:speech|occupational|physical|language) therapy|related services?|services?\\b(?! "
    "(?:station|dog))|a 504|section 504|an? iep|accommodations?|extended time)"
)
_DISABILITY = (
    "(?:(?:specific )?learning disability|disability category|emotional disturbance|an? disability)"
)
_ROOM = (
    "(?:resource room|self-contained|special (?:education )?(?:class|school|room)|separate "
    "(?:class|room|school)|inclusion class)"
)
_PROGRAM = (
    "(?:special education|(?:an )?iep\\b|(?:a )?504 plan|(?:the )?resource room|specialized "
    "instruction|(?:speech|occupational|physical) therapy)"
)
_PERIOD = "(?:per|a|each|every|/) ?(?:day|week|month|session)"
_THERAPY = (
    "(?:services?\\b|special(?:ized|ly designed)? "
    "(?:education|instruction)|(?:speech|occupational|physical|language)(?:[- ]language)? "
    "therapy|counseling)"
)

_DECIDES = late_pattern(
    either(
        rf"\b(?:is|are|be|was|become|becomes|remains) (?:not |no longer |also |clearly )?eligible for "
        rf"{_SERVICE}",
        rf"\b(?:qualif(?:y|ies|ied)|meets? the criteria|meets? eligibility) (?:\w+ )?(?:for|as|under) "
        rf"(?:an? )?"
        rf"{either(_SERVICE, _DISABILITY, '504')}",
        r"\b(?:is|are) (?:legally |by law )?entitled to\b",
        r"\b(?:has|have) (?:an? )?(?:legal )?rights? to (?:extended|extra|more|an? (?:scribe|reader|aide"
        r"|iep|504)"
        r"|accommodations?|services?|support|have)\b",
        r"\b(?:by law|under (?:idea|section 504|the ada|federal law|state law)|legally)\b[^.!?]{0,60}"
        r"\b(?:must|has to|have to|is required|are required|shall)\b",
        r"\b(?:idea|section 504|the ada|(?:federal|state) law|the law) (?:requires?|guarantees?"
        r"|demands?)\b",
        r"\b(?:fape|free appropriate public education)\b",
        r"\bmeets? (?:the )?eligibility\b|\bguaranteed\b[^.!?]{0,40}\b(?:504|iep)\b",
        r"\b(?:move|place|put|transfer) (?:him|her|them|the (?:student|learner|child)) (?:in|into|to) "
        r"an? (?:\w+[- ]){0,3}"
        r"(?:class|classroom|school|program)\b",
        r"\b34 c\.?f\.?r\.?",
        r"\b(?:is|are) (?:legally )?(?:obligated|obliged|required by law|protected (?:under|by)) ",
        r"\b(?:required|guaranteed|protected|mandated) (?:by|under) (?:the )?(?:(?:federal|state) "
        r")?(?:law|idea|ada|section 504)\b",
        rf"\b{_LEARNER}(?: \w+)? (?:should|must|has to|needs? to|needs?|requires?|will) (?:be |get "
        rf"|receive |have )?"
        rf"(?:\w+ ){{0,3}}?{_PROGRAM}",
        r"\b(?:provide|add|give|offer|increase|needs|receives?)\b[^.!?]{0,20}\b\d{1,3} (?:minutes|hours) "
        r"of"
        r" (?:\w+ )?(?:support|instruction|intervention|services?) (?:daily|weekly|every|each|per|a)\b",
        r"\b(?:push-in|pull-out|related|special education) (?:services?|sessions?|support) of \d",
        r"\b(?:goal|target)s?\b[^.!?]{0,40}\bfrom \d{1,3}\b[^.!?]{0,30}\bto \d{1,3}\b[^.!?]{0,40}\bby\b",
        rf"\b\d{{1,3}} (?:minutes?|hours?)(?: {_PERIOD})? of (?:\w+ )?{_THERAPY}",
        rf"\b{_THERAPY}[^.!?]{{0,30}}\b(?:once|twice|(?:two|three|four|five|\d) times) {_PERIOD}",
        r"\bservice minutes (?:to|of|by) \d",
        rf"\b(?:be|is|are) (?:placed|moved|put) (?:in|into|to) (?:an? |the )?{_ROOM}",
        r"\bby (?:the end of|january|february|march|april|may|june|july|august|september|october|november"
        rf"|december|next)\b[^.!?]{{0,40}}\b{_LEARNER} will\b[^.!?]{{0,80}}(?:\d ?%|percent|accuracy|out "
        rf"of)",
        r"\b(?:in|on) (?:\d|four|three|two) (?:out )?of (?:\d{1,2}|five|four|three) (?:trials"
        r"|opportunities|attempts)\b",
    ),
    re.IGNORECASE,
)
"""Words that decide."""
_TOPICS = late_pattern(
    either(
        rf"\beligib(?:le|ility) (?:for|to receive|under|criteria|determination)\b(?= ?{_SERVICE})",
        r"\bleast restrictive environment\b",
        r"\b(?:self-contained (?:class|room|setting)|pull-?out (?:service|class|session|support))",
        r"\bchange (?:of|in) placement\b",
        r"\b(?:present levels?|plaafp)\b",
        rf"\b{_LEARNER} (?:currently |now )?(?:reads?|writes?|performs?|works?|functions?|decodes?)(?: "
        rf"\w+)?"
        r" (?:at|on) an? (?:\w+[- ])?(?:grade|grade \d{1,2}) level\b",
        r"\b(?:\d|one|two|three|four) (?:years|grades|grade levels) (?:below|behind)\b",
        r"\bbelow grade level\b",
        r"\b\d{1,2}(?:st|nd|rd|th) percentile\b",
        r"\bstandard score of \d",
        r"\b(?:iep|annual|504) goals?\b",
        r"\b(?:paraprofessional|one-to-one aide)s?\b[^.!?]{0,30}\bassigned\b",
        r"\bspecial education\b|\bieps?\b|\b(?:section 504|504 plan)\b|\bother health impairment\b",
        r"\bindividualized education\b|\bdisability categor",
        r"\b(?:push-in|pull-out|pull out) (?:services?|sessions?|support)\b",
        rf"\b{_LEARNER} (?:is|are) (?:currently |now )?(?:reading|writing|performing|working"
        rf"|functioning)(?: \w+)?"
        r" (?:at|on) an? (?:\w+[- ])?(?:grade|grade \d{1,2}) level\b",
        r"\b(?:\d|one|two|three|four) (?:years|grades|grade levels) (?:below|behind)\b",
        r"\bminutes of (?:special education|speech|specialized|specially designed|services?\b)",
        r"\bservice minutes\b",
    ),
    re.IGNORECASE,
)
"""Words about what a team describes or decides."""
_LEFT_TO_PEOPLE = late_pattern(
    either(
        r"\bwhether\b",
        r"\bteam (?:\w+ )?(?:decides?|determines?|discuss|considers?|looks?|answers?|reviews?|settles?"
        r"|says?)\b",
        r"\b(?:for|to|with|by|ask|asks) (?:the|a|your|his|her|their) (?:\w+['’]?s? ){0,3}"
        r"(?:team|district|case manager|coordinator|committee|counsel|family)\b",
        r"\bonly the (?:\w+ )?team\b",
        r"\b(?:does|do) not (?:say|hold|cover|speak|tell|decide|change)\b",
        r"\bno (?:part|place) of\b",
    ),
    re.IGNORECASE,
)
"""A sentence that leaves it to those who may decide."""
_DENIED = late_pattern(
    r"\b(?:nothing|none of (?:this|it)|not(?: \w+)? (?:about|on|to do)|no)\b[^.!?;]{0,50}$", re.IGNORECASE
)


def _run(subject: Subject) -> Judgement:
    if not is_english(subject):
        return not_applicable("The lists of words are English, and this answer is in another language.")
    given = fold(subject.given)
    decided: list[Evidence] = []
    named: list[Evidence] = []
    for passage in subject.passages:
        if passage.field in _COPIED or _is_copied(passage, given):
            continue
        for sentence in sentences(tidy(passage.text)):
            if _LEFT_TO_PEOPLE.search(sentence):
                continue
            decided += _found(_DECIDES, sentence, passage.path)
            if passage.field != "not_covered":
                named += _found(_TOPICS, sentence, passage.path)
    if decided:
        words = "; ".join(f"'{evidence.quote}'" for evidence in decided[:3])
        return failed(f"It decides what belongs to the learner's team: {words}.", *decided)
    if named:
        words = "; ".join(f"'{evidence.quote}'" for evidence in named[:3])
        return warned(f"Words about what a learner's team describes and decides: {words}.", *named)
    return passed("It decides nothing that belongs to the learner's team.")


def _is_copied(passage: Passage, given: str) -> bool:
    """Whether a field only repeats what the teacher gave; a question may be asked, not answered so."""
    return passage.field == "learner_need" and fold(passage.text).strip(" .") in given


def _found(pattern: re.Pattern[str], sentence: str, path: str) -> list[Evidence]:
    return [
        Evidence(quote=found[0].strip(), where=path)
        for found in pattern.finditer(sentence)
        if not _DENIED.search(before(found.start(), sentence))
    ]


CHECK = Check(
    name="no_eligibility_language",
    version="1.0.0",
    title="Leaves to the team what only the team may decide",
    why=(
        "Whether a learner is eligible, where they are taught, how many minutes of service they get and "
        "which goals they have is decided by a team that knows them. A draft that sounds like a decision "
        "may be taken for one."
    ),
    how=(
        "The answer is searched for words that decide on eligibility, placement, services or rights, "
        "which fail, and for words about present levels and annual goals, which are a warning. A "
        "sentence that leaves it to the team is let be, and so are the teacher's own words under 'source "
        "words'."
    ),
    mend=(
        "Say in the prompt that eligibility, placement, minutes of service, present levels, goals and "
        "law are never written about, and what to write instead: that the team decides."
    ),
    source=(
        "34 CFR 300.320 to 300.324: what an individualized education program holds, and that a team "
        "writes it; 34 CFR 300.306 for eligibility."
    ),
    run=_run,
    is_quick=True,
    artifacts=("accommodations", "differentiation"),
    limits=(
        "It knows English words from lists. A decision in other words is not found, and what the law "
        "says in a state is not known to it."
    ),
)
