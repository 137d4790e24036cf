"""Check: each segment of a lesson plan shows who understood."""

from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.reading.placeholders import is_placeholder
from sandbox.bundled.reading.wording import either, fold, is_english, is_question, sentences, word_set
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_ALL = "(?:everyone|everybody|anyone|all students|students|all of you|you all|you|they|we all)"
_GOT_IT = (
    "(?:understand|understood|get|got|follow|with me|ready|clear|okay|ok|good|confused|sure|see)\\b.{0,40}"
)
_LEAD = r"(?:(?:ok|okay|so|now|then|(?:the )?teacher asks|ask(?: (?:students|the class|everyone))?)[,:]? )*"
_ASKS_NOTHING = either(
    r"(?:[\w ]{0,30} )?(?:any|some) (?:more |other |further )?(?:questions?|concerns)"
    r"(?: so far| about (?:this|that|it|anything))?",
    f"(?:does|did|do|is|are|has|have) {_ALL}(?: all){{0,2}} {_GOT_IT}",
    r"(?:is|was) (?:that|this|it|everything) (?:all )?(?:clear|ok|okay|understood|good)\b.{0,20}",
    r"(?:does|did) (?:that|this|it|everything) (?:all )?make (?:any )?sense\b.{0,25}",
    r"how (?:confident|comfortable|sure|well) .{0,60}",
    r"who (?:understands|gets it|has (?:any )?questions)\b.{0,30}",
    r"(?:got|get) (?:it|that)|all good|right|ok(?:ay)?|understood|ready",
    r"everyone (?:ok|okay|good|with me)",
)
_EMPTY_QUESTION = late_pattern(rf"{_LEAD}[\"'(]*{_ASKS_NOTHING}[\"')]*[?.! ]*")
"""What only those answer who understood; the text is folded."""
_THUMBS = late_pattern(r"\bthumbs?\b")
_THUMB_WORDS = word_set(
    "up down sideways check signal show vote students give hold a the or and me of your if"
)
_FEELINGS = word_set(
    "understand understands understanding understood get gets got confident confidence feel feels feeling"
    " ready clear sure comfortable follow following lost confused"
)
_RESPONSES = word_set(
    "write solve whiteboard board miniboard exit talk tell explain poll vote sketch draw choose"
    " circle underline sort match list label answer complete quiz stand finger card corner name give"
    " record compute calculate find identify describe summarize summarise compare predict rank place"
    " mark say show jot fill order build make read retell justify demonstrate share respond act clap"
    " signal hold turn point work"
)
"""What a student does or uses to show an answer."""
_SOMEBODY_ELSE = late_pattern(
    r"^(?:the )?teacher\b|^(?:circulate|observe|monitor|listen|watch|walk|look)\b"
    r"|^check (?:for|that|if|their)\b"
    r"|\b(?:volunteers?|a few students|one student|call on|raise (?:a |their |your )?hands?)\b"
)
_WORD = late_pattern(r"\w+")
_ENDING = late_pattern(r"(?:ies|es|s|ing|d)$")


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    english = is_english(subject)
    missing = [
        Evidence(
            quote=segment.check_for_understanding or f"(nothing; the segment is '{segment.title}')",
            where=f"segments[{index}].check_for_understanding",
        )
        for index, segment in enumerate(plan.segments)
        if not shows_understanding(segment.check_for_understanding, english=english)
    ]
    if missing:
        return failed(
            f"Nothing shows who understood in {len(missing)} of {len(plan.segments)} segments.",
            *missing,
        )
    if not english:
        return not_applicable(
            "Every segment has a check, but its words are not English, so they were not judged."
        )
    return passed(
        f"Each of the {len(plan.segments)} segments has a question or a task that students answer."
    )


def shows_understanding(text: str, *, english: bool = True) -> bool:
    """Whether a check is a real question, or a task that students answer."""
    if is_placeholder(fold(text)):
        return False
    return not english or any(_asks_for_evidence(fold(sentence)) for sentence in sentences(text))


def _asks_for_evidence(sentence: str) -> bool:
    if _EMPTY_QUESTION.fullmatch(sentence):
        return False
    words = set(_WORD.findall(sentence))
    if _THUMBS.search(sentence):
        return words.isdisjoint(_FEELINGS) and len(words - _THUMB_WORDS) >= 2
    if is_question(sentence):
        return len(sentence.split()) >= 3
    return _SOMEBODY_ELSE.search(sentence) is None and any(map(_is_response, words))


def _is_response(word: str) -> bool:
    stem = _ENDING.sub("", word)
    return not _RESPONSES.isdisjoint({word, stem, f"{stem}e", f"{stem}y"})


CHECK = Check(
    name="formative_checks",
    version="1.0.0",
    title="Each segment shows who understood",
    why=(
        "'Any questions?' is answered by those who understood. A teacher can only react to what every "
        "student shows."
    ),
    how=(
        "The check for understanding of each segment has to be a real question or a task that students "
        "answer. 'Any questions?', 'Does everyone understand?', a thumb for a feeling, and 'observe' do "
        "not count."
    ),
    mend=(
        "Ask for a question about the content in every segment, answered by every student on paper, on a "
        "board or with fingers."
    ),
    source=(
        "Black and Wiliam (1998), Assessment and Classroom Learning; Wiliam (2011), Embedded Formative "
        "Assessment."
    ),
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits="It knows English words only, and cannot tell whether the question fits the objective.",
)
