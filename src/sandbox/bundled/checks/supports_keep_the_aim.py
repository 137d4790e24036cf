"""Check: the supports of a lesson plan lead to the same objective, and label nobody."""

import re
from collections.abc import Iterator

from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.reading.wording import before, either, fold, is_english, tidy, word_set
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_TASKS = (
    r"(?:problems?|questions?|tasks?|exercises?|work|worksheets?|sheets?|assignments?|activit(?:y|ies)"
    r"|items?"
    r"|standards?|objectives?|goals?|aims?|expectations?|sums)"
)
_DIAGNOSIS = late_pattern(
    either(
        r"\bADHD\b|\bADD\b(?! up)|\bASD\b|\bODD\b(?= |$|[.,;])",
        r"(?i:\b(?:dyslexi[ac]s?|dyscalculi[ac]s?|dysgraphi[ac]s?|dyspraxi[ac]s?|autis(?:m|tic)"
        r"|asperger\w*|down(?:['’]s)? syndrome"
        r"|attention deficit|cerebral palsy|tourette\w*|epileps\w+|epileptic|bipolar|schizophren\w+"
        r"|(?:learning|intellectual|emotional|cognitive|specific learning|developmental|reading"
        r"|behaviou?ral) (?:disabilit(?:y|ies)"
        r"|disorders?|disturbances?|impairments?)|anxiety disorder|sensory processing disorder"
        r"|mental(?:ly)? retard\w+"
        r"|auditory processing disorder|selective mutism|low iq)\b)",
    )
)
_LOWERS = late_pattern(
    either(
        rf"\b(?:easier|simpler|less (?:challenging|demanding|difficult|complex)) (?:[\w-]+ )?{_TASKS}\b",
        r"\b(?:fewer|lower|reduced?|below[- ]grade[- ]level|lowered) (?:[\w-]+ )?(?:standards?|objectives?"
        r"|goals?|aims?|expectations?)\b",
        r"\b(?:lower|reduce|drop|change|modify)(?:s|ed|ing)? the (?:[\w-]+ )?(?:standards?|objectives?"
        r"|goals?|aims?|expectations?)\b",
        r"\bskip(?:s|ped|ping)? (?!count|a line|lines|every|to |ahead|a row|rows|a space)(?:[\w-]+ )?",
        r"\b(?:is|are|be) (?:excused|exempt(?:ed)?)\b|\bexcuse(?:s|d)? (?:them |the student |students "
        r"|him |her )?from\b",
        r"\b(?:gets?|does|do|receives?|provides?|offers?|assigns?|give (?:them|students|the student)"
        r"|works? on|completes?) (?:a "
        r"|an )?(?:different|alternate|alternative|separate|other) "
        r"(?:worksheets?|sheets?|lessons?|objectives?|goals?|topics?|assignments?)\b",
        r"\bcolors? (?:in )?(?:a |the )?(?:\w+ ){0,5}instead of\b",
        r"\b(?:(?:do|does|need|needs) not (?:have |need )?(?:to )?|don't (?:have|need) to |doesn't "
        r"(?:have|need) to |without having to )"
        r"(?:answer|explain|say why|solve|justify|complete|finish|do|give|reason|take the|prove)\b",
        r"\b(?:give|gives|provide|provides|show|hand) (?:\w+ ){0,3}(?:the|all the|all) (?:correct "
        r")?answers?\b(?! (?:choices|sheet to|after|frame|later)\b|[^.]{0,60}\bcheck)",
        r"\bcop(?:y|ies) (?:the |down the )?answers?\b",
    )
)
_DOUBTFUL = late_pattern(
    either(
        r"\b(?:slow|weak|low|lazy|bad|poor|lower)(?:[- ](?:ability|level|achieving|performing"
        r"|functioning))? (?:learners?|students?|kids?|children|readers?|achievers?|group)\b",
        r"\b(?:easier|simpler) (?:[\w-]+ )?(?:numbers|words to spell|version|content|concepts?)\b",
        r"\bonly (?:needs?|has|have) to (?:do|complete|answer|solve|finish|copy|color)\b",
        r"\bcoloring (?:page|sheet)s?\b",
        r"\b(?:low|high)s\b(?= (?:group|students|kids))",
    )
)
_EASIER_TEXT = late_pattern(r"\b(?:easier|simpler) (?:[\w-]+ )?(?:articles?|texts?|books?|passages?)\b")
_READING_SUBJECT = late_pattern(r"\b(?:english|reading|literacy|language|literature|ela)\b")
_OF_TIME = word_set("""
    please give gives allow allows offer offers provide provides grant get gets have has take takes may can
    them student students learner learners the a an some extra additional more extended longer time minute
    minutes five ten fifteen twenty to for finish complete work working draw write read on task tasks and
    practice ticket exit deadline deadlines it with their this all if needed as double half
""")
_TIME = late_pattern(r"\b(?:time|minutes?|deadlines?|longer)\b")
_WORD = late_pattern(r"[^\W\d_]+")
_TAKEN_BACK = late_pattern(
    r"(?:\b(?:not|never|no|without|instead of|rather than|nobody|none|avoid\w*|so that no|don't"
    r"|doesn't)\b|n't)[^.;:]{0,25}$"
)
_HAND = late_pattern(r"\bby hand\b|\baloud\b|\btype\b|\bdictate\b|\bin writing\b")


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    if not plan.differentiation:
        return not_applicable("The plan has no supports.")
    if not is_english(subject):
        return not_applicable("The lists of words are English, and this plan is in another language.")
    return _read(plan)


def _read(plan: LessonPlan) -> Judgement:
    texts = [
        (f"differentiation[{index}].{field}", tidy(getattr(support, field)))
        for index, support in enumerate(plan.differentiation)
        for field in ("need", "support")
    ]
    if labels := list(_found(_DIAGNOSIS, texts)):
        return failed(f"A diagnosis stands where a need belongs: '{labels[0].quote}'.", *labels)
    offered = [(where, text) for where, text in texts if where.endswith("support")]
    if lowered := list(_found(_LOWERS, offered)):
        return failed(f"A support gives up the objective: '{lowered[0].quote}'.", *lowered)
    doubtful = list(_found(_DOUBTFUL, texts))
    if _READING_SUBJECT.search(fold(plan.subject)):  # elsewhere, an easier text may lead to the same aim
        doubtful += _found(_EASIER_TEXT, offered)
    if doubtful:
        return warned(f"These words label learners or lower the aim: '{doubtful[0].quote}'.", *doubtful)
    if all(_is_time_only(text) for _, text in offered):
        return warned(
            "Time is all that is offered, and more time alone teaches nothing.",
            *(Evidence(quote=text, where=where) for where, text in offered),
        )
    return passed(f"The {len(plan.differentiation)} supports keep the objective.")


def _found(pattern: re.Pattern[str], texts: list[tuple[str, str]]) -> Iterator[Evidence]:
    for where, text in texts:
        plain = text if pattern is _DIAGNOSIS else text.casefold().replace("’", "'")
        for found in pattern.finditer(plain):
            if pattern is _LOWERS and _is_something_else(plain, found):
                continue
            yield Evidence(quote=text[found.start() : found.end()].strip() or text, where=where)


def _is_something_else(text: str, found: re.Match[str]) -> bool:
    """Whether the words are taken back, or only the hand is spared and not the thought."""
    if _TAKEN_BACK.search(before(found.start(), text)):
        return True
    rest = text[found.end() :].partition(".")[0]
    return found[0].startswith(("do", "need")) and _HAND.search(rest) is not None


def _is_time_only(text: str) -> bool:
    folded = fold(text)
    return _TIME.search(folded) is not None and _OF_TIME.issuperset(_WORD.findall(folded))


CHECK = Check(
    name="supports_keep_the_aim",
    version="1.0.0",
    title="Supports keep the same aim",
    why=(
        "Students who are given easier goals fall further behind with every lesson. A support should "
        "change the "
        "way, not the aim, and a plan is no place for a diagnosis."
    ),
    how=(
        "A diagnosis in the supports fails, as does a support that gives up the objective: easier "
        "problems, "
        "skipping, another worksheet, the answers. Labels ('slow learners'), an easier text, and "
        "supports that "
        "offer nothing but time are warnings. 'Not easier', 'skip counting' and the like are let be."
    ),
    mend=(
        "Say in the prompt that every support has to lead to the same objective, that needs are told by "
        "what "
        "helps, and that no diagnosis may be named."
    ),
    source="CAST (2024), Universal Design for Learning Guidelines 3.0; TNTP (2018), The Opportunity Myth.",
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits=(
        "It knows English phrases from lists; a lower aim in other words is not found, nor whether a "
        "support "
        "helps. Where the objective itself is about reading, an easier text may be wrong or right."
    ),
)
