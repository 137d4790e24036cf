"""Check: the objective of a lesson plan can be observed."""

import re

from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.reading.wording import is_english, tidy, word_set
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_OBSERVABLE = word_set("""
    act add adapt analyze analyse annotate answer apply argue arrange ask assemble assess balance
    blend build calculate categorize categorise change chart check choose circle cite clap classify
    code collect combine compare compose compute conduct connect construct contrast convert convince
    correct count create critique debate debug decide decode decompose deduce defend define
    demonstrate derive describe design determine develop diagram differentiate discuss display
    distinguish divide dramatize draw edit estimate evaluate examine experiment explain express
    factor find fix follow form formulate generate give graph group hypothesize identify illustrate
    improvise infer interpret interview investigate invent judge justify label line list locate make
    map mark match measure memorize mix model modify multiply name narrate negotiate number observe
    obtain operate order organize organise outline pair paraphrase partition perform place plan play
    plot point practice predict prepare present produce program pronounce propose prove put quote
    rank rate read recall recite recognize recognise recommend record recount relate reorganize
    repeat rephrase report represent respond restate retell revise rewrite rhyme round say segment
    select sequence set share show simplify simulate sing sketch skip solve sort speak spell split
    state subtract suggest summarize summarise support survey take tap tell test trace track
    transform translate underline use verify wait weigh write
""")
"""Verbs whose doing can be seen or heard, after the levels of Bloom's taxonomy and of Webb."""

_HIDDEN = word_set("""
    understand know learn appreciate realize realise comprehend grasp believe enjoy feel explore
    think value become gain internalize internalise remember study master discover see consider be
    like love care familiarize acquire conceptualize perceive
""")
"""Verbs for what goes on inside, where nobody can see it."""

_I_CAN = late_pattern(
    r"\bI(?: can|['’]ll be able to| will be able to| am able to)\b[\s:…,.\"“”_-]*", re.IGNORECASE
)
_CAN = late_pattern(r"\b(?:(?:will )?(?:be|are|is) able to|can|will|to)\s+", re.IGNORECASE)
_WORD = late_pattern(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_SECOND = late_pattern(
    r"(?:\band(?: then)?|\bor|\bthen|,|;|&)\s+(?:also\s+|\w+ly\s+)?([a-z]+)\s+(?!of\b|in\b|for\b|between\b"
    r"|on\b|to\b)\w",
    re.IGNORECASE,
)
_ONE_ACT = late_pattern(r"\bcompare (?:and|&) contrast\b", re.IGNORECASE)
_CLAUSE = late_pattern(r"\b(?:how|why|that|what|which|when|where|who|whether|to|by|so)\b", re.IGNORECASE)
_MOST_WORDS = 30


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    if not is_english(subject):
        return not_applicable("The list of verbs is English, and this plan is in another language.")
    text = _ONE_ACT.sub("compare", tidy(plan.objective))
    student_says = _I_CAN.search(text)
    opening = student_says or _CAN.search(text)
    aim = text[opening.end() :] if opening else text
    verb = _first_verb(aim)
    evidence = Evidence(quote=plan.objective, where="objective")
    if fault := _fault(verb, n_words=len(_WORD.findall(text)), has_opening=opening is not None):
        return failed(fault, evidence)
    if doubt := _doubt(verb, aim, student_says=student_says is not None):
        return warned(doubt, evidence)
    return passed(f"'{verb}' can be observed.", evidence)


def _fault(verb: str, *, n_words: int, has_opening: bool) -> str:
    if not verb:
        return "The objective names nothing that a student does."
    if verb in _HIDDEN:
        return f"'{verb}' cannot be seen or heard, so nobody can tell whether it was reached."
    if n_words > _MOST_WORDS:
        return f"The objective has {n_words} words; more than {_MOST_WORDS} is more than one thing."
    return "" if has_opening else "The objective does not say what a student can do: 'I can ...'."


def _doubt(verb: str, aim: str, *, student_says: bool) -> str:
    if verb not in _OBSERVABLE:
        return f"'{verb}' is on neither list of verbs: can it be seen or heard?"
    if not student_says:
        return "The objective can be observed, but is not said by the student: 'I can ...'."
    second = _second_verb(aim)
    return f"The objective holds two things: '{verb}' and '{second}'." if second else ""


def _first_verb(words: str) -> str:
    for word in _WORD.findall(words.lower())[:6]:
        if word in {"also", "now", "begin", "start", "to", "both", "better"} or word.endswith("ly"):
            continue
        return str(word)
    return ""


def _second_verb(words: str) -> str:
    """A verb beside the first; one in a clause, such as how plants make and use food, is no aim."""
    for found in _SECOND.finditer(words):
        if _CLAUSE.search(words[: found.start()]):
            break
        verb = found[1].lower()
        if verb in _OBSERVABLE or verb in _HIDDEN:
            return verb
    return ""


CHECK = Check(
    name="objective_measurable",
    version="1.0.0",
    title="The objective can be observed",
    why=(
        "If nobody can see whether the objective was reached, neither the teacher nor the student can act "
        "on it."
    ),
    how=(
        "The objective has to say 'I can' and a verb that can be seen or heard, such as solve or explain, "
        f"not understand, know or learn; in at most {_MOST_WORDS} words. Two verbs are a warning."
    ),
    mend=(
        "Ask for one sentence with 'I can' and one verb that can be seen or heard; name some, and name "
        "those that cannot."
    ),
    source=(
        "Mager (1962), Preparing Instructional Objectives; Anderson and Krathwohl (2001), A Taxonomy for "
        "Learning, Teaching, and Assessing."
    ),
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits=(
        "It reads English verbs from a list, and cannot tell whether the objective fits the grade or the "
        "time."
    ),
)
