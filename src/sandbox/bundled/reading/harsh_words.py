"""Words that hurt, shame or shout at a student; blame for what kind of person they are stands elsewhere."""

import re

from sandbox.bundled.reading.wording import either, fold, word_set
from sandbox.contracts.late import late_pattern

_UGLY = (
    "(?:ridiculous|pathetic|nonsense|garbage|trash|rubbish|laughable|absurd|embarrassing|idiotic|worthless"
    "|useless|hopeless|a (?:joke|disaster|mess|disgrace)|horrible|horrendous|dreadful|disgraceful|junk)"
)
_WORK = (
    "(?:work|writing|handwriting|spelling|answers?|thinking|reasoning|effort|essay|story|paragraph"
    "|sentences?"
    "|calculations?|attempt|solution|explanation|drawing|idea)"
)
_OTHERS = (
    r"(?:everyone else|everybody else|(?:all )?(?:the )?other (?:students|kids|children)"
    r"|(?:all )?your classmates"
    r"|the rest of (?:the|your) class|the others|most (?:students|kids|children)|your (?:friends"
    r"|brother|sister))"
)

HARSH = late_pattern(
    either(
        rf"\b(?:this|that|it|your (?:\w+ )?{_WORK}|this {_WORK})(?: is|['’]s| was| looks| sounds| seems)"
        rf" (?:\w+ )?{_UGLY}(?= ?[.!?,;]|$| and\b| to\b)",
        rf"\b(?:what|such) (?:an? )?(?:\w+ )?{_UGLY}(?: {_WORK})?(?= ?[.!?,;]|$)",
        rf"\b(?:your|this) {_UGLY} {_WORK}\b",
        r"\byou(?:['’]re| are) (?:\w+ )?(?:an? )?(?:idiot|moron|fool|loser|joke|disgrace|hopeless"
        r"|useless|idiots)\b",
        r"\b(?:what is|what['’]s) wrong with you\b|\bwhat were you thinking\b",
        r"\bhow (?:could|can) you (?:not|possibly|even)\b",
        r"\b(?:did|do) you (?:even|ever) (?:read|try|think|listen|bother|pay|look|study)\b",
        r"\byou (?:should|ought to|must) (?:really |already |have )?(?:know|known|have known|remember)"
        r" (?:this|that|better|how|it)\b[^.!?]{0,20}(?:by now|already|[.!?]|$)",
        r"\b(?:how many times (?:do|have|must)|i(?:['’]ve| have) already (?:told|said|explained)"
        r"|i(?:['’]ve| have) (?:already )?(?:told|said|explained)"
        r"(?: you)?(?: this| that)? (?:already|before|a hundred|many|so many|again)|for the last time)\b",
        r"\bif you (?:had|['’]d) (?:only |actually |just |even )?(?:listened|paid|bothered|tried|read"
        r"|studied)\b",
        r"\byou (?:clearly|obviously|simply|just) (?:did|do|were|have|are)(?: not|n['’]t) "
        r"(?:bother|bothered|tr(?:y|ied)|listen(?:ing)?|car(?:e|ed)|paying|pa(?:y|id)|read|stud(?:y"
        r"|ied)|think)",
        rf"\b{_OTHERS} (?:\w+ )?(?:got|did (?:better|it|this|well)|managed|understood|finished|solved|could"
        r"|had no|have no|find this|found this|already|is ahead|are ahead|are (?:better|faster)|do better"
        r"|do(?: not|n['’]t) (?:make|need|have))\b",
        rf"\b(?:worse|slower|weaker|better|faster) than (?:{_OTHERS}|everyone|the class|anyone)\b",
        r"\b(?:even )?an? (?:\w+[- ]grader|kindergart[ne]+er|baby|toddler|(?:small |little |young )?child"
        r"|five-year-old|preschooler) (?:could|would|should|knows)\b",
        r"\b(?:nice|good|great) (?:try|one|job|work),? (?:genius|einstein|sherlock|smarty"
        r"|captain obvious)\b",
        r"\b(?:congratulations|bravo|wow|well done)[,!]? (?:you|on) (?:(?:have |has )?managed to"
        r"|getting (?:everything|it all)"
        r"|not|failing)\b",
        r"\bi(?:['’]m| am) (?:very |so |really )?(?:disappointed|ashamed|embarrassed|sick"
        r"|tired) (?:in|of|by|with) (?:you|your|this)\b",
        r"\bdo(?: not|n['’]t) waste (?:my|our|your teacher['’]s) time\b|\bwaste of (?:my |our )?time\b",
        r"\b(?:you['’]ll|you will) never (?:\w+ )?(?:learn|understand|get|pass|be|amount|make)\b",
    ),
    re.IGNORECASE,
)
"""It is ridiculous; you should know this by now; everyone else got it. Not: the ridiculous king."""

BELITTLING = late_pattern(
    either(
        r"\b(?:this|that|it|the (?:question|problem|task|step))(?: is|['’]s| was) (?:\w+ )?"
        r"(?:so |very |really |pretty |quite )?(?:easy|obvious|trivial|basic|elementary)(?= ?[.!?,;]"
        r"|$| (?:enough|if)\b)",
        r"\bas (?:anyone|anybody|everyone|everybody) (?:can|could|should) (?:\w+ )?(?:see|know|tell)\b",
        r"\b(?:everyone|everybody|anyone) (?:knows|should know) (?:that|this|how)\b",
        r"\b(?:obviously|clearly|surely),? you (?:did|do|are|were|have|should)(?:n['’]t| not)?\b",
        r"\byou (?:failed|refused|neglected) to\b",
        r"\byou (?:always|never|keep|constantly) (?:make|making|forget|forgetting|get|getting|do"
        r"|doing|ignore|ignoring)\b",
        r"\bwhy (?:did|do|are|were)(?:n['’]t| not)? you (?:not |still |always |again )",
        r"\b(?:simple|basic|silly|dumb|stupid|elementary) (?:mistakes?|errors?|slips?)\b",
        r"\bdo(?: not|n['’]t) be (?:silly|ridiculous|lazy|a baby)\b",
        r"\b(?:weak|poor|bad|sloppy|unacceptable|disappointing|inadequate) (?:work|effort|attempt"
        r"|essay|answer|job|writing|reasoning)\b",
        r"\b(?:totally|completely|utterly|dead|all|just plain) wrong\b",
    ),
    re.IGNORECASE,
)
"""This is easy; you failed to; totally wrong."""

SHOUTED = late_pattern(
    r"\b(?:[A-Z]{2,}['’]?[A-Z]*[ ,]+){2,}[A-Z]{2,}\b|\b(?:WRONG|INCORRECT|BAD|STOP|NEVER|AGAIN"
    r"|FALSE)\b(?=[ !.?,]|$)"
)
"""Three words in capitals in a row, or one that scolds."""

_HINTS = word_set("""
    absurd always anybody anyone ashamed baby bad basic bother bothered bravo brother care cared
    child class classmates clearly congratulations constantly disappointed disappointing disaster
    disgrace disgraceful dreadful dumb easy einstein elementary else embarrassed embarrassing even
    ever everybody everyone explained failed five fool friends garbage genius grader hopeless
    horrendous horrible how idiot idiotic idiots inadequate joke junk just keep kindergartener
    kindergartner know known last laughable listened loser mess moron most neglected never nonsense
    obvious obviously other others paid pathetic poor preschooler read refused remember ridiculous
    rubbish said sherlock sick silly simple simply sister sloppy smarty studied stupid surely than
    thinking tired toddler told trash tried trivial try unacceptable useless waste weak well why
    worthless wow wrong
""")
_WORD = late_pattern(r"[a-z]+")


def may_be_harsh(text: str) -> bool:
    """Whether one of the patterns may be found: a quick look that spares most texts the slow one."""
    return not _HINTS.isdisjoint(_WORD.findall(fold(text)))
