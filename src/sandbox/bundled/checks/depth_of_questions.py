"""Check: a lesson plan asks for more than recall at least once."""

from sandbox.bundled.artifacts.lesson_plan import LessonPlan, Phase
from sandbox.bundled.reading.lesson_words import is_spanish
from sandbox.bundled.reading.wording import either, fold, is_english
from sandbox.contracts.check import Check, Judgement, Subject, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_DEEP = late_pattern(
    either(
        r"\b(?:why|how come|how (?:do|does|did|can|could|would|might|will|is|are|was|were)\b(?! you "
        r"spell| you say))",
        r"\bhow (?!many\b|much\b|old\b|long\b|far\b|tall\b|big\b|often\b|are you\b)(?:\w+ ){1,4}\w+",
        r"\b(?:explain|justif|prov(?:e|es|ing)\b|defend|argu(?:e|es|ing|ment)|compar|contrast|analy[sz]"
        r"|evaluat|critiqu"
        r"|assess|predict|infer|hypothes|conclud|conclusion|generali[sz]|design|invent|compos|creat"
        r"|formulat|revis"
        r"|interpret|summari[sz]|investigat|classif|categori[sz]|distinguish|differentiat|estimat"
        r"|persuad|support"
        r"|reason|sort|relat|appl(?:y|ies)\b|connect|rank|rewrit|retell|demonstrat)\w*",
        r"\bwhat (?:if|would|might|could|will happen|happens|changes?|makes?|tells?|shows?|does .{1,40} "
        r"(?:mean|tell|show"
        r"|suggest)|can (?:you|we) (?:conclude|tell|infer)|evidence|pattern|do you (?:notice|think"
        r"|wonder))\b",
        r"\bwhich .{0,60}\b(?:best|better|strong\w*|most|more|weak\w*|likely|reasonable)\b",
        r"\b(?:better|best|strongest|most likely) (?:way|choice|reason|evidence|answer|title"
        r"|explanation)\b",
        r"\b(?:your own|of your own|in your own words|another way|a different way|two (?:different "
        r")?ways|more than one"
        r" way)\b",
        r"\b(?:mistakes?|errors?|goes wrong|went wrong|is wrong|wrong|misconception)\b",
        r"\b(?:agree|disagree|is (?:he|she|it|this|that|\w+) (?:right|correct))\b",
        r"\b(?:show|check|tell) (?:that|how|why|whether)\b|\b(?:say|tell|write|give|state|shows?) "
        r"(?:\w+ ){0,3}(?:why|how|reasons?|because)\b",
        r"\bbecause\b|\bhow you know\b|\bdoes (?:it|this|that) (?:always|ever)\b",
        r"\bwrite (?:a|an|your|one|two) (?:\w+ ){0,3}(?:problem|story|paragraph|argument|claim|equation"
        r"|poem|letter|essay"
        r"|question|response|sentence)",
        r"\bdraw\b.{0,60}\b(?:show|model|explain|web|diagram|graph)\w*|\bmodel\b|\brepresent\w*"
        r"|\bgraph\b|\bplan\b",
    )
)
_DEEP_IN_SPANISH = late_pattern(
    r"\b(?:por qu[eé]|c[oó]mo|expli[cq]\w*|justif\w+|compar\w+|contrast\w+|analiz\w+|analic\w+|predi\w+"
    r"|infier\w+"
    r"|inferi\w+|demuestr\w+|argument\w+|diseñ\w+|invent\w+|cre(?:a|en)\b|eval[uú]\w+|interpret\w+"
    r"|clasifi\w+|ordena"
    r"|conclu\w+|razon\w*|razón|opinas|crees|pasaría|pasaria|error|errores|equivoc\w+|acuerdo|porque"
    r"|tus propias palabras|resum\w+|relacion\w+|apli[cq]\w+)"
)
_PRACTICE = (Phase.GUIDED_PRACTICE, Phase.INDEPENDENT_PRACTICE)


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    spanish = is_spanish(subject)
    if not (spanish or is_english(subject)):
        return not_applicable(
            "The question words are English and Spanish; this plan is in another language."
        )
    asked = [evidence for evidence in _asked(plan) if evidence.quote.strip()]
    if not asked:
        return not_applicable("The plan asks nothing.")
    deep = _DEEP_IN_SPANISH if spanish else _DEEP
    n_deep = sum(deep.search(fold(evidence.quote)) is not None for evidence in asked)
    if n_deep:
        return passed(f"{n_deep} of {len(asked)} questions and tasks ask for more than recall.")
    return warned(f"All {len(asked)} questions and tasks ask for recall or routine only.", *asked[:6])


def _asked(plan: LessonPlan) -> list[Evidence]:
    """Everything that students are asked, with its place."""
    return [
        *(Evidence(quote=item.task, where=f"practice[{i}].task") for i, item in enumerate(plan.practice)),
        *(
            Evidence(quote=item.task, where=f"exit_ticket[{i}].task")
            for i, item in enumerate(plan.exit_ticket)
        ),
        *(
            Evidence(quote=part.check_for_understanding, where=f"segments[{i}].check_for_understanding")
            for i, part in enumerate(plan.segments)
        ),
        *(
            Evidence(quote=part.students_do, where=f"segments[{i}].students_do")
            for i, part in enumerate(plan.segments)
            if part.phase in _PRACTICE
        ),
    ]


CHECK = Check(
    name="depth_of_questions",
    version="1.0.0",
    title="Some question goes beyond recall",
    why=(
        "Questions that only ask to name, list or compute can be answered without understanding. One "
        "'why' or "
        "'how do you know' shows more."
    ),
    how=(
        "The practice, the exit ticket, the checks for understanding and what students do in practice are "
        "searched for verbs and questions that ask for reasons, comparisons, predictions, mistakes, models "
        "or something of the student's own. If there is none in the whole plan, it warns."
    ),
    mend="Ask for at least one task that students can only solve by explaining, comparing or finding a "
    "mistake.",
    source="Webb (1997), Criteria for Alignment of Expectations and Assessments: depth of knowledge.",
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits=(
        "Verbs mislead: 'explain' may be answered from memory, and a word problem without such a verb "
        "may be deep."
    ),
)
