"""Check: each wrong idea of a lesson plan is one that a student could hold, and the lesson meets it."""

from collections.abc import Iterator

from sandbox.bundled.artifacts.lesson_plan import LessonPlan, Misconception
from sandbox.bundled.reading.lesson_words import all_stems, is_about, is_spanish, knows_words, topic_stems
from sandbox.bundled.reading.wording import either, fold, word_set
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_WORD = late_pattern(r"[^\W_]+(?:'[^\W_]+)*")
_ARTICLES = word_set("a an the so that el la los las un una")
_DENIALS = word_set(
    "no not never none cannot don't doesn't didn't isn't aren't wasn't weren't can't won't nor"
    " wrong incorrect false"
)
_TOPIC = late_pattern(
    either(
        r"(?:difficult(?:y|ies)|trouble|problems?|issues?|struggles?|challenges?) (?:with|in|of"
        r"|understanding)\b.*",
        r"(?:a )?(?:lack|misunderstanding|confusion|ignorance)s? (?:of|about|with|over|between)\b.*",
        r"(?:(?:students|they|some|children|learners|many)(?: students| children)? "
        r"(?:may |might |often |will |sometimes )?)?(?:(?:do|does|may|might|will) not|don't|cannot"
        r"|can't|fail to"
        r"|struggle to|struggle with)(?: fully| really| always)? "
        r"(?:understand|know|grasp|comprehend|see|get|learn)\b.*",
        r"(?:students )?(?:may |might |often )?(?:struggle|have (?:trouble|difficulty))\b.*",
        r"not (?:understanding|knowing|grasping)\b.*",
    )
)
_EMPTY_RESPONSE = late_pattern(
    r"(?:the teacher (?:will )?)?(?:please )?(?:correct|explain|clarify|address|review|reteach|re-teach"
    r"|remind"
    r"|discuss|go over|tell|give|provide|repeat)s?"
    r"(?: (?:the|this|that|it|them|their|a|an|students?|class|learners|children|misconceptions?"
    r"|concepts?|ideas?"
    r"|correct|right|again|of|about|to|with|misunderstandings?|wrong|mistakes?|errors?|answers?"
    r"|definitions?"
    r"|explanations?|topic|material|lesson|information|clearly|carefully|and|why|is|how|works?|actual"
    r"|rules?"
    r"|facts?|what|truth|more|examples?|feedback))*[.! ]*"
)


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    if not plan.misconceptions:
        return not_applicable("The plan names no wrong ideas.")
    if not knows_words(subject):
        return not_applicable("The words of this language cannot be compared by this check.")
    if faults := [found for i, item in enumerate(plan.misconceptions) for found in _faults(plan, i, item)]:
        return failed(faults[0][0], *(evidence for _, evidence in faults))
    spanish = is_spanish(subject)
    lesson = _lesson_stems(plan, spanish=spanish)
    if doubts := [
        found
        for i, item in enumerate(plan.misconceptions)
        for found in _doubts(lesson, i, item, spanish=spanish)
    ]:
        return warned(doubts[0][0], *(evidence for _, evidence in doubts))
    n = len(plan.misconceptions)
    return passed("The wrong idea is met." if n == 1 else f"The {n} wrong ideas are met.")


def _faults(plan: LessonPlan, index: int, item: Misconception) -> Iterator[tuple[str, Evidence]]:
    idea = _sequence(item.misconception)
    for fact in (*plan.key_points, *plan.prior_knowledge):
        if len(idea) >= 3 and idea == _sequence(fact):
            yield (
                "What is called a wrong idea is one of the lesson's own facts.",
                Evidence(quote=item.misconception, where=f"misconceptions[{index}].misconception"),
            )
            break
    response = _sequence(item.response)
    if (len(response) >= 3 and f" {' '.join(response)} " in f" {' '.join(idea)} ") or (
        len(response) >= 4 and set(response) <= set(idea) and _denied(response) == _denied(idea)
    ):
        yield (
            "The response only says the wrong idea again.",
            Evidence(quote=item.response, where=f"misconceptions[{index}].response"),
        )


def _doubts(
    lesson: frozenset[str], index: int, item: Misconception, *, spanish: bool
) -> Iterator[tuple[str, Evidence]]:
    idea = Evidence(quote=item.misconception, where=f"misconceptions[{index}].misconception")
    response = Evidence(quote=item.response, where=f"misconceptions[{index}].response")
    if _is_topic(item.misconception):
        yield "This is a topic or a trouble, not an idea that a student would say.", idea
    if not item.misconception.strip() or not item.response.strip():
        return
    if _EMPTY_RESPONSE.fullmatch(fold(item.response)):
        yield "The response does not say what the teacher says or shows.", response
    else:
        said = topic_stems(item.response, spanish=spanish) - topic_stems(
            item.misconception, spanish=spanish
        )
        if not said and not _denied(_sequence(item.misconception)) and _denied(_sequence(item.response)):
            yield "The response denies the idea, and shows nothing.", response
    if not is_about(item.misconception, lesson, spanish=spanish):
        yield "The lesson never comes back to this wrong idea.", idea


def _is_topic(idea: str) -> bool:
    folded = fold(idea).strip(" .")
    if _TOPIC.fullmatch(folded):
        return True
    words = folded.split()
    ends_as_sentence = idea.rstrip(" \"'”’")[-1:] in {".", "!", "?"}
    return 0 < len(words) <= 3 and not ends_as_sentence and folded.isascii()


def _lesson_stems(plan: LessonPlan, *, spanish: bool) -> frozenset[str]:
    """What the rest of the lesson is about."""
    return all_stems(
        (
            plan.title,
            plan.objective,
            *plan.key_points,
            *plan.success_criteria,
            plan.worked_example,
            *(text for part in plan.segments for text in (part.title, part.teacher_does, part.students_do)),
            *(part.check_for_understanding for part in plan.segments),
            *(text for item in (*plan.practice, *plan.exit_ticket) for text in (item.task, item.answer)),
        ),
        spanish=spanish,
    )


def _sequence(text: str) -> list[str]:
    """The words in their order, without articles: all squares are rectangles is not the other way round."""
    return [word for word in _WORD.findall(fold(text)) if word not in _ARTICLES]


def _denied(words: list[str]) -> bool:
    return not _DENIALS.isdisjoint(words)


CHECK = Check(
    name="misconceptions_met",
    version="1.0.0",
    title="Wrong ideas are named and met",
    why=(
        "A wrong idea that nobody brings up survives the lesson. A teacher can plan for 'you add the "
        "bottoms "
        "too', but not for 'difficulty with fractions'."
    ),
    how=(
        "It fails if a wrong idea is word for word one of the lesson's own facts, or if the response "
        "only says "
        "it again. It warns if the wrong idea is a topic ('Denominators', 'Difficulty with fractions'), "
        "if the "
        "response says nothing ('Correct the misconception') or only denies it, and if nothing in the "
        "rest of "
        "the lesson shares a word with it."
    ),
    mend=(
        "Ask for each wrong idea as a student would say it, in a full sentence, and for the question, "
        "picture "
        "or example with which the teacher answers it."
    ),
    source=(
        "Oak National Academy, lesson planning guidance; Sadler and others (2013) on teachers' "
        "knowledge of "
        "students' misconceptions."
    ),
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits=(
        "It cannot tell whether students really hold the idea, nor whether the response is right. Empty "
        "responses and topics are found in English only."
    ),
)
