"""Check: the numbers that a lesson plan says in words agree with its fields."""

import re
from collections.abc import Iterator

from sandbox.bundled.artifacts.lesson_plan import LessonPlan, Task
from sandbox.bundled.reading.wording import fold, is_english, word_set
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.audience import GRADES
from sandbox.domain.finding import Evidence

_SMALL = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_VALUES = {word: value for value, word in enumerate(_SMALL, 1)} | {
    "fifteen": 15,
    "twenty": 20,
    "twenty-five": 25,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_NUMBER = rf"(\d{{1,3}}|{'|'.join(sorted(_VALUES, key=len, reverse=True))})"
_COUNT = rf"(\d|{'|'.join(_SMALL)})"
_GRADE = (
    rf"(kindergarten\w*|(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})[- ]grad(?:e|er|ers)"
    r"|grade \d{1,2})"
)

_TITLE_MINUTES = late_pattern(
    rf"(?:\(\s*|[-:|,]\s*){_NUMBER}[- ]?(?:minutes?|mins?)\b\.?\s*\)?\s*$|^{_NUMBER}[- ]?(?:minutes?"
    rf"|mins?)\s*[:|-]"
)
"""A title such as `Warm-up (10 min)`; a two-minute talk is something else."""
_TIMED = late_pattern(
    r"\b(?:timer (?:for|to|of|at)|spends?|(?:write|work|read|practice|discuss|draw|talk|sort|solve|play)s?"
    r"(?: (?:quietly|alone|together|silently|independently|in pairs|in groups|on their own))?(?: for)?) "
    r"(?:about )?"
    rf"{_NUMBER}[- ]minutes?\b"
)
_LENGTH = late_pattern(
    rf"\b{_NUMBER}[- ]minute (?:lesson|class|period|session|class period)\b"
    rf"|\b(?:lesson|class|session|period) (?:lasts|takes|is) (?:about )?{_NUMBER} minutes\b"
)
_LISTED = late_pattern(
    rf"\b{_COUNT} (?:\w+ )?(?:causes|sources|steps|reasons|parts|kinds|types|ways|things|stages|phases"
    rf"|rules|words"
    r"|examples|forms|branches|groups|features|facts|ideas|factors|elements|questions|effects|properties)"
    r"(?: are| is)?: ([^.:;!?()\n]{3,200})(?:[.;!?\n]|$)"
)
_SPLIT_LIST = late_pattern(r",? (?:and|or|&) |, ")
_EXIT = late_pattern(
    rf"\b{_COUNT}[- ](?:exit[- ]ticket (?:questions?|items?|problems?|tasks?)"
    r"|(?:questions?|items?|problems?) (?:exit ticket|on the exit ticket|of the exit ticket|in the exit "
    r"ticket))\b"
    rf"|\bexit ticket (?:with|has|of) (?:the )?{_COUNT} (?:questions?|items?|problems?|tasks?)\b"
)
_KEYWORDS = late_pattern(
    rf"\b(?:the|all|our|these) {_COUNT} (?:new )?(?:keywords|key words|vocabulary words)\b"
)
_CRITERIA = late_pattern(rf"\b(?:the|all|our|these) {_COUNT} success criteria\b")
_IN_GRADE = late_pattern(rf"\b{_GRADE}\b|\bfor (\d{{1,2}}(?:st|nd|rd|th))[- ]graders?\b")
_THIS_GRADE = late_pattern(
    rf"\b(?:this|our|for (?:your|a|these|my)?) ?{_GRADE}\b(?: (?:lesson|class|students|children))?"
)
_QUESTIONS = late_pattern(r"\?|(?:^|\s)\(?[a-d\d][.)]\s")

_ABOUT_THE_LESSON = ("title", "objective", "segments", "materials", "differentiation")
"""Fields whose lesson is this one; that of a word problem may be any."""
_OPENS_A_CLAUSE = word_set("it is are they you we which that who where when because if for such so")

_Found = tuple[str, Evidence]


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    asked = subject.audience.grade
    if asked is not None and asked != plan.grade:
        return failed(
            f"The teacher asked for grade {asked}, and the plan is for grade {plan.grade}.",
            Evidence(quote=plan.grade, where="grade"),
        )
    if not is_english(subject):
        return not_applicable("It reads English words for numbers, and this plan is in another language.")
    if wrong := [*_minutes_in_titles(plan), *_length(subject, plan), *_grade_in_title(plan)]:
        return failed(" ".join(reason for reason, _ in wrong[:3]), *(evidence for _, evidence in wrong))
    if odd := [*_timed(plan), *_counts(subject, plan), *_grade_elsewhere(plan)]:
        return warned(" ".join(reason for reason, _ in odd[:3]), *(evidence for _, evidence in odd))
    return passed("The numbers in its words agree with its fields.")


def _minutes_in_titles(plan: LessonPlan) -> Iterator[_Found]:
    for index, segment in enumerate(plan.segments):
        found = _TITLE_MINUTES.search(fold(segment.title))
        if found and (said := _value(found)) != segment.minutes:
            yield (
                f"A title says {said} minutes, and its segment takes {segment.minutes}.",
                Evidence(quote=segment.title, where=f"segments[{index}].title"),
            )


def _length(subject: Subject, plan: LessonPlan) -> Iterator[_Found]:
    for path, text in _texts(subject):
        if not path.startswith(_ABOUT_THE_LESSON):
            continue
        for found in _LENGTH.finditer(text):
            if (said := _value(found)) != plan.duration_minutes:
                yield (
                    f"It speaks of {said} minutes, and the lesson takes {plan.duration_minutes}.",
                    _quoted(subject, path, found[0]),
                )


def _grade_in_title(plan: LessonPlan) -> Iterator[_Found]:
    for field in ("title", "subject"):
        text = getattr(plan, field)
        grades = {_grade_of(found) for found in _IN_GRADE.finditer(fold(text))} - {""}
        if grades and plan.grade not in grades:
            yield (
                f"The {field} speaks of another grade than {plan.grade}.",
                Evidence(quote=text, where=field),
            )


def _grade_elsewhere(plan: LessonPlan) -> Iterator[_Found]:
    """Only where it must mean this lesson: prior knowledge may well speak of the grade before."""
    places = [("objective", plan.objective)]
    places += [
        (f"segments[{i}].{field}", getattr(part, field))
        for i, part in enumerate(plan.segments)
        for field in ("title", "teacher_does", "students_do")
    ]
    for where, text in places:
        for found in _THIS_GRADE.finditer(fold(text)):
            if _grade_of(found) not in {plan.grade, ""}:
                yield f"It speaks of another grade than {plan.grade}.", Evidence(quote=text, where=where)


def _timed(plan: LessonPlan) -> Iterator[_Found]:
    for index, segment in enumerate(plan.segments):
        for field in ("teacher_does", "students_do"):
            text = getattr(segment, field)
            for found in _TIMED.finditer(fold(text)):
                if (said := _value(found)) > segment.minutes:
                    yield (
                        f"Something takes {said} minutes in a segment of {segment.minutes}.",
                        Evidence(quote=text, where=f"segments[{index}].{field}"),
                    )


def _counts(subject: Subject, plan: LessonPlan) -> Iterator[_Found]:
    n_asked = {len(plan.exit_ticket), sum(map(_n_questions, plan.exit_ticket))}
    for path, text in _texts(subject):
        for pattern, right, what in (
            (_EXIT, n_asked, "questions in the exit ticket"),
            (_KEYWORDS, {len(plan.keywords)}, "keywords"),
            (_CRITERIA, {len(plan.success_criteria)}, "success criteria"),
        ):
            for found in pattern.finditer(text):
                if (said := _value(found)) not in right:
                    yield (
                        f"It says {said} {what}; there are {max(right)}.",
                        _quoted(subject, path, found[0]),
                    )
        for found in _LISTED.finditer(text):
            listed = found[2].strip(" ,")
            items = _SPLIT_LIST.split(listed)
            said = _value(found)
            if (
                len(items) > 1
                and said not in {len(items), 1 + listed.count(", ")}
                and all(map(_is_plain_item, items))
            ):
                yield f"It says {said}, and lists {len(items)}.", _quoted(subject, path, found[0])


def _is_plain_item(item: str) -> bool:
    """Whether it is surely one thing of a list: few words, and no clause."""
    words = item.split()
    return len(words) <= 4 and _OPENS_A_CLAUSE.isdisjoint(words)


def _n_questions(task: Task) -> int:
    return max(1, len(_QUESTIONS.findall(task.task)))


def _texts(subject: Subject) -> Iterator[tuple[str, str]]:
    for passage in subject.passages:
        yield passage.path, fold(passage.text)


def _quoted(subject: Subject, path: str, words: str) -> Evidence:
    """The words as they stand in the answer; the whole text if folding changed them."""
    text = next(passage.text for passage in subject.passages if passage.path == path)
    at = text.lower().find(words)
    return Evidence(quote=text[at : at + len(words)].strip() if at >= 0 else text, where=path)


def _value(found: re.Match[str]) -> int:
    said = next((group for group in found.groups() if group), "0")
    return int(said) if said.isdecimal() else _VALUES.get(said, 0)


def _grade_of(found: re.Match[str]) -> str:
    """The grade that is said, as one of "K", "1" ... "12"; empty if it is none."""
    said = next((group for group in found.groups() if group), "")
    if said.startswith("kindergarten"):
        return "K"
    if digits := re.search(r"\d+", said):
        return digits[0] if digits[0] in GRADES else ""
    ordinal = re.split(r"[- ]", said, maxsplit=1)[0]
    return str(_ORDINALS.index(ordinal) + 1) if ordinal in _ORDINALS else ""


CHECK = Check(
    name="numbers_agree",
    version="1.0.0",
    title="Numbers in words agree with the plan",
    why=(
        "'Warm-up (10 min)' beside 8 minutes, or 'three questions' before two: such slips make a "
        "teacher lose "
        "time, and doubt the rest of the plan."
    ),
    how=(
        "It fails if the title of a segment says other minutes than the segment, if the lesson is said "
        "to take "
        "another time, if the title says another grade, or if the plan is for another grade than was "
        "asked for. "
        "It warns if something takes longer than its segment, if a number of exit questions, keywords or "
        "criteria is wrong, and if 'three causes:' is followed by a list of two."
    ),
    mend="Ask that minutes and numbers of things stand in their fields only, and not in titles and "
    "sentences.",
    source="Plain comparison; after the check for internal consistency of Oak National Academy's lesson "
    "assistant.",
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits=(
        "It knows English phrases for time, grade and number; other contradictions, and wrong facts, "
        "are not found."
    ),
)
