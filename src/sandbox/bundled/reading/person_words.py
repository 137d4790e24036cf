"""Words about the student as a person: praise, blame, and praise that leaves nothing to learn."""

import re

from sandbox.bundled.reading.wording import either, fold, word_set
from sandbox.contracts.late import late_pattern

_GIFTED_WORDS = (
    "brilliant|smart|clever|gifted|talented|intelligent|bright|brainy|ingenious|amazing|incredible|awesome"
    "|wonderful|exceptional"
)
_PEOPLE = (
    "boy|girl|kid|child|student|learner|pupil|person|writer|author|poet|storyteller|mathematician|scientist"
    "|thinker|reader|artist|historian|musician|speaker|speller|cookie|man|lady|woman|one"
)
_STARS = "genius|prodigy|superstar|star|whiz|wizard|natural|mastermind"
_FAULTY = (
    "lazy|careless|sloppy|stupid|dumb|slow|hopeless|clumsy|inattentive|messy|thoughtless|unmotivated|weak"
)
_OTHERS = (
    "failure|bad|terrible|born|talent|gift|knack|mind|intelligence|brilliance|giftedness|smarts|ability|best|smartest"
    "|brightest|pathetic|awful|garbage|embarrassing|shameful|shame|ashamed|even|laziness|carelessness|stupidity"
    "|sloppiness|flawless|flawlessly|perfect|better|blowing|mindblowing|world|beyond|nothing|lad|hard|effort"
)
_HINTS = frozenset(f"{_GIFTED_WORDS}|{_STARS}|{_FAULTY}|{_OTHERS}".split("|"))
_PEOPLE_HINTS = frozenset(_PEOPLE.split("|"))
_HINTS_BESIDE_PEOPLE = word_set("good great strong excellent fantastic poor greatest")

_GIFTED = f"(?:{_GIFTED_WORDS})"
_GOOD = f"(?:{_GIFTED_WORDS}|good|great|strong|excellent|fantastic|natural|born|perfect)"
_SOMEBODY = f"(?:young )?(?:{_PEOPLE})"
_STAR = rf"(?:(?:math |rock |science |spelling )?(?:{_STARS})|born \w+)"
_POOR = f"(?:{_FAULTY}|a failure|(?:bad|terrible|no good) at)"
_SLOPPY = "(?:lazy|careless|sloppy)"
_VERY = (
    "(?:(?:really|truly|very|so|such|quite|clearly|obviously|certainly|definitely|just|simply|too|incredibly"
    "|extremely|super|always|also|being|be|an?|the|one|my|most|little|naturally|already) ){0,4}"
)
_YOU_ARE = (
    r"\byou(?:['’]re| (?:\w+ly |really |must |always |just )?(?:are|were|be|have been|seem|sound|look))"
    rf"(?: all)? {_VERY}"
)
_ENDS = (
    r"(?= ?[.!?,;:)—-]| (?:and|at|enough|to|with|because|in math|for (?:a|your)|when|indeed|here|again"
    r"|today|lately|this time)\b|$)"
)
"""What follows an adjective that belongs to no noun."""
_STOPS = "(?= ?[.!?,;]|$)"
_STARTS = "(?:^|[.!?,] )"
_FAULTS = "(?:mistakes?|errors?|slips?)"
_WORK = (
    "(?:work|writing|handwriting|spelling|answers?|thinking|reasoning|effort|job|calculations?|paragraph"
    "|essay|story|attitude|punctuation)"
)


PERSON_PRAISE = late_pattern(
    either(
        rf"{_YOU_ARE}{_GIFTED}{_ENDS}",
        rf"{_YOU_ARE}{_GOOD} (?:{_GIFTED} |little |young )?{_SOMEBODY}\b",
        rf"{_YOU_ARE}{_STAR}(?= ?[.!?,;]| (?:at|and|in|with)\b|$)",
        rf"\b(?:what|such) an? (?:very )?{_GIFTED} {_SOMEBODY}\b",
        rf"{_STARTS}(?:such an? )?(?:smart|clever|good|bright|brilliant)"
        rf" (?:boy|girl|kid|cookie|lad|child|student)\b{_STOPS}",
        r"\byou (?:clearly |really |obviously |definitely )?have "
        r"(?:an? |such |so much |real |great |natural |true )*"
        r"(?:talent|gift|knack|genius|(?:brilliant|sharp|beautiful) mind)\b",
        r"\byour (?:\w+ )?(?:talent|intelligence|genius|brilliance|giftedness|smarts"
        r"|natural (?:gift|ability))\b",
        r"\b(?:this|the) student is (?:\w+ )?(?:smart|gifted|brilliant|talented|bright|clever)\b",
        r"\byou(?:['’]re| are) (?:simply |just )?the (?:best|smartest|brightest)"
        rf"(?:{_STOPS}| (?:student|writer|in)\b)",
    ),
    re.IGNORECASE,
)
"""You are brilliant; smart boy; you have a gift. Not: your brilliant opening line."""

BLAME = late_pattern(
    either(
        rf"{_YOU_ARE}{_POOR}(?! to\b){_ENDS}",
        rf"{_YOU_ARE}(?:bad|poor|weak|terrible|{_SLOPPY}) {_SOMEBODY}\b",
        rf"\byour (?:\w+ )?{_SLOPPY} (?:\w+ )?(?:{_FAULTS}|{_WORK})\b",
        r"\byou (?:\w+ )?(?:made|make|left|leave|have|did|do|rushed) (?:\w+ ){0,2}"
        rf"{_SLOPPY} (?:{_FAULTS}|{_WORK})\b",
        rf"\b(?:this is|these|those|some|(?:a )?few|(?:too )?many|several|such|more) (?:\w+ )?{_SLOPPY}"
        rf" (?:{_FAULTS}|{_WORK})\b",
        rf"\b(?:your {_WORK}|this(?: {_WORK})?) (?:is|was|looks?|seems?|feels?) (?:\w+ ){{0,2}}"
        rf"(?:{_SLOPPY}|stupid|dumb|pathetic|terrible|awful|garbage|embarrassing|shameful)\b",
        rf"{_STARTS}{_SLOPPY} ?(?:{_FAULTS}|{_WORK})?{_STOPS}",
        r"\b(?:shame on you|you should be ashamed)\b",
        r"\byou (?:did ?n['’]t|did not|never|do ?n['’]t|do not) "
        r"(?:even (?:try|bother)|try (?:very |at all )?hard|make (?:any|an) effort)\b",
        r"\byour (?:laziness|carelessness|stupidity|sloppiness)\b",
    ),
    re.IGNORECASE,
)
"""You are careless; your sloppy work. Not: Tom is careless in your story."""

EMPTY_PRAISE = late_pattern(
    either(
        r"\bflawless(?:ly)?\b",
        r"\b(?:is|was|are|were|it['’]s|that['’]s|absolutely|simply|just|completely|totally) perfect"
        r"(?= ?[.!,;]|$| (?:and|in every|as it is)\b)",
        r"(?:^|[.!?] )(?:absolutely |simply |just )?perfect"
        r"(?: (?:work|job|score|paper|essay|answer|paragraph))?(?= ?[!.]|$)",
        r"\b(?:could ?n['’]t|could not|cannot|can['’]t) be (?:any )?better\b",
        r"\b(?:best|greatest) (?:\w+ )?i(?:['’]ve| have)? ever\b",
        r"\b(?:mind-?blowing|out of this world|world-class|beyond amazing|nothing to improve)\b",
    ),
    re.IGNORECASE,
)
"""Flawless; perfect! Not: a perfect square, the past perfect."""

DENIED = late_pattern(
    r"(?:\b(?:not|never|nobody|no one|nothing|without|instead of|even if|whether"
    r"|(?:need|have) to be)\b|n't\b)"
    r"[^.!?;]{0,25}$"
)
"""What takes back the words behind it."""
_WORD = late_pattern(r"[a-z]+")


def may_judge_people(text: str) -> bool:
    """Whether one of the patterns may be found: a quick look that spares most texts the slow one."""
    words = set(_WORD.findall(fold(text)))
    if not _HINTS.isdisjoint(words):
        return True
    return not (_PEOPLE_HINTS.isdisjoint(words) or _HINTS_BESIDE_PEOPLE.isdisjoint(words))
