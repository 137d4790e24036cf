"""Check: the keywords of a lesson plan are explained in few words that students know, and are used."""

from collections.abc import Iterator

from sandbox.bundled.artifacts.lesson_plan import Keyword, LessonPlan
from sandbox.bundled.reading.lesson_words import all_stems, is_spanish, knows_words, topic_stems
from sandbox.bundled.reading.readability import count_words
from sandbox.bundled.reading.wording import find_phrase, fold
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.domain.audience import grade_number
from sandbox.domain.finding import Evidence

_LONGEST_BY_GRADE = ((2, 12), (5, 20), (12, 35))
"""Up to this grade, a definition has at most so many words."""
_YOUNGEST = 2
_NEW_AT_ONCE = 3


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    if not plan.keywords:
        return not_applicable("The plan has no keywords.")
    if not knows_words(subject):
        return not_applicable("The words of this language cannot be compared by this check.")
    spanish = is_spanish(subject)
    circles = [
        Evidence(quote=word.definition, where=f"keywords[{index}].definition")
        for index, word in enumerate(plan.keywords)
        if _says_itself(word)
    ]
    if circles:
        return failed("A keyword is explained by itself, which helps only those who know it.", *circles)
    doubts = [*_doubts(plan, spanish=spanish), *_crowded(plan)]
    if doubts:
        return warned(
            " ".join(dict.fromkeys(reason for reason, _ in doubts)), *(evidence for _, evidence in doubts)
        )
    return passed("Each keyword is explained in few words, and the lesson uses it.")


def _says_itself(word: Keyword) -> bool:
    """Whether the definition holds the very term; a hyphen in it makes no difference."""
    term, definition = (fold(text).replace("-", " ") for text in (word.term, word.definition))
    return len(term) > 2 and bool(find_phrase(term, definition))


def _doubts(plan: LessonPlan, *, spanish: bool) -> Iterator[tuple[str, Evidence]]:
    grade = grade_number(plan.grade)
    longest = next(n for up_to, n in _LONGEST_BY_GRADE if grade <= up_to)
    said = _said(plan)
    stems = all_stems(said, spanish=spanish)
    folded = fold("\n".join(said))
    for index, word in enumerate(plan.keywords):
        definition = Evidence(quote=word.definition, where=f"keywords[{index}].definition")
        term = topic_stems(word.term, spanish=spanish)
        if term and term <= topic_stems(word.definition, spanish=spanish):
            yield "A keyword is explained by a word of its own family.", definition
        n_words = count_words(word.definition)
        if n_words > longest:
            yield (
                f"A definition has {n_words} words; {longest} are enough for grade {plan.grade}.",
                definition,
            )
        if not (fold(word.term) in folded or (term and not term.isdisjoint(stems))):
            yield (
                "A keyword is never used in the lesson.",
                Evidence(quote=word.term, where=f"keywords[{index}].term"),
            )


def _crowded(plan: LessonPlan) -> Iterator[tuple[str, Evidence]]:
    """A segment for the youngest in which many of the words come up for the first time."""
    if grade_number(plan.grade) > _YOUNGEST or len(plan.keywords) <= _NEW_AT_ONCE:
        return
    unseen = [word.term for word in plan.keywords]
    for index, segment in enumerate(plan.segments):
        text = "\n".join(
            (segment.title, segment.teacher_does, segment.students_do, segment.check_for_understanding)
        )
        here = [term for term in unseen if find_phrase(term, text)]
        unseen = [term for term in unseen if term not in here]
        if len(here) > _NEW_AT_ONCE:
            yield (
                f"{len(here)} keywords come up for the first time in one segment.",
                Evidence(quote=segment.title, where=f"segments[{index}].title"),
            )


def _said(plan: LessonPlan) -> tuple[str, ...]:
    """Every text in which students or the teacher may use a word."""
    return (
        plan.title,
        plan.objective,
        *plan.success_criteria,
        *plan.key_points,
        *plan.prior_knowledge,
        plan.worked_example,
        *(text for item in plan.misconceptions for text in (item.misconception, item.response)),
        *(text for part in plan.segments for text in (part.title, part.teacher_does, part.students_do)),
        *(part.check_for_understanding for part in plan.segments),
        *(text for item in (*plan.practice, *plan.exit_ticket) for text in (item.task, item.answer)),
        *(item.support for item in plan.differentiation),
    )


CHECK = Check(
    name="words_are_defined",
    version="1.0.0",
    title="Keywords are explained and used",
    why=(
        "A word that is explained by itself, by a long sentence, or that never comes up again, is not "
        "learned."
    ),
    how=(
        "A definition that holds the very term fails. One that only holds a word of its family is a "
        "warning, as "
        "is one of more than 12 words up to grade 2, 20 up to grade 5 or 35 after that, a term that the "
        "rest of "
        "the plan never uses, and a segment up to grade 2 that brings more than "
        f"{_NEW_AT_ONCE} new keywords."
    ),
    mend=(
        "Ask for definitions in everyday words without the word itself, give the number of words, and "
        "ask that "
        "only words are listed that the lesson uses."
    ),
    source=(
        "Beck, McKeown and Kucan (2002), Bringing Words to Life, for everyday definitions; the numbers "
        "of words "
        "are a convention of this project."
    ),
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits=(
        "It compares words and cannot tell whether a definition is right or its words are known. "
        "English and "
        "Spanish only."
    ),
)
