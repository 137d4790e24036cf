"""Check: the success criteria of a lesson plan say what good work on its objective looks like."""

from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.reading.lesson_words import all_stems, is_about, is_spanish, knows_words
from sandbox.bundled.reading.wording import either, fold
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_WORK = (
    r"(?:work|worksheets?|sheets?|tasks?|assignments?|problems?|exercises?|pages?|packets?|booklets?"
    r"|activity"
    r"|activities|questions|homework)"
)
_CONDUCT = late_pattern(
    either(
        rf"\b(?:finish|complete|do|hand in|turn in|submit)(?:es|s|ed)? (?:(?:all|my|the|of|our|their"
        rf"|every|this|best)\b ?){{0,4}}{_WORK}\b",
        r"\b(?:finish|complete|hand (?:it |\w+ )?in|turn (?:it |\w+ )?in)\b.{0,40}\bon time\b",
        r"\blistens? (?:carefully|quietly|well|to (?:the|my|our|their) (?:teacher|class|directions))\b"
        r"|\blisten[.!]?$",
        r"\b(?:work|sit|talk|behave)s? (?:quietly|well|nicely|hard|properly)\b",
        r"\b(?:stay|remain|am|are|be)\b.{0,10} on task\b",
        r"\bfollow(?:s|ed)? (?:(?:all|the|my)\b ?){0,3}(?:directions|rules|instructions)\b",
        r"\b(?:try|do)(?:es|s)? (?:my|our|their) best\b",
        r"\bparticipat(?:e|es|ed) (?:in|actively|fully)\b|\bparticipate[.!]?$",
        r"\bpay(?:s|ing)? attention\b",
        r"\braise (?:my|our|their) hands?\b",
        r"\b(?:behave|am respectful|be respectful|have fun|enjoy the lesson)\b",
    )
)


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    n = len(plan.success_criteria)
    if n < 2:
        return failed(
            f"There should be at least two success criteria; there {'is one' if n else 'are none'}.",
            Evidence(quote=plan.success_criteria[0] if n else "(nothing)", where="success_criteria"),
        )
    if not knows_words(subject):
        return not_applicable("The words of this language cannot be compared by this check.")
    return _compared(plan, spanish=is_spanish(subject))


def _compared(plan: LessonPlan, *, spanish: bool) -> Judgement:
    aim = all_stems((plan.objective, plan.title, *(word.term for word in plan.keywords)), spanish=spanish)
    whole = aim | all_stems(plan.key_points, spanish=spanish)
    if not aim:
        return not_applicable("The objective has no words that could be compared.")
    criteria = [
        Evidence(quote=text, where=f"success_criteria[{index}]")
        for index, text in enumerate(plan.success_criteria)
    ]
    conduct = [
        each
        for each in criteria
        if _CONDUCT.search(fold(each.quote)) and not is_about(each.quote, aim, spanish=spanish)
    ]
    if len(conduct) == len(criteria):
        return failed("The criteria are about conduct and being done, not about the work.", *conduct)
    if not any(is_about(each.quote, whole, spanish=spanish) for each in criteria):
        return failed("None of the success criteria has anything to do with the objective.", *criteria)
    if conduct:
        return warned("A criterion is about conduct or being done, not about the work.", *conduct)
    return passed(f"The {len(criteria)} success criteria are about the objective.")


CHECK = Check(
    name="success_criteria_fit",
    version="1.0.0",
    title="The success criteria fit the objective",
    why=(
        "Students who know what good work looks like can tell how far they are. 'I finish my sheet' tells "
        "them only to be done."
    ),
    how=(
        "At least two criteria are needed, and one of them has to share a word with the objective, the "
        "title, "
        "a keyword or a key point; else it fails. It also fails if all of them are about conduct or being "
        "done ('I finish the worksheet', 'I listen'); if some are, it is a warning. Words such as "
        "'complete' "
        "or 'listen' are let be where the criterion shares a word with the objective."
    ),
    mend=(
        "Ask for two to four criteria that say what can be seen in good work, in the words of the "
        "objective, "
        "and rule out criteria for conduct and for being done."
    ),
    source="Wiliam (2011), Embedded Formative Assessment; a rule of this project for the words shared.",
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits=(
        "It compares words and cannot tell whether the criteria are enough or at the right height. "
        "Conduct is "
        "found in English only."
    ),
)
