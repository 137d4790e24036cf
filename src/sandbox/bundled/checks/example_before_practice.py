"""Check: a lesson plan shows how it is done before students do it alone."""

from sandbox.bundled.artifacts.lesson_plan import LessonPlan, Phase
from sandbox.bundled.reading.placeholders import is_placeholder
from sandbox.bundled.reading.wording import fold, is_english, is_question, sentences, tidy
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.contracts.late import late_pattern
from sandbox.domain.finding import Evidence

_STEP_MARK = late_pattern(
    r"\n|;|→|⇒|->|=>|(?:^|\s)\(?\d{1,2}[.)]\s|\bstep \d|\b(?:then|next|finally|second|after that|so"
    r"|because)\b"
    r"|\b(?:luego|después|entonces|por eso)\b"
)
_EQUALS = late_pattern(r"(?<![<>!=])=")
_EXERCISE = late_pattern(
    r"(?:solve|find|calculate|compute|simplify|evaluate|factor|add|subtract|multiply|divide|convert"
    r"|round|write"
    r"|what|how|which|who|why|is|are|resuelve|calcula|encuentra)\b"
)
_SHOWS = late_pattern(
    r"\b(?:model(?:s|l?ed|l?ing)?|demonstrat\w+|explain\w*|shows?|step by step|works? (?:through|out"
    r"|the example"
    r"|an example|one)|worked example|think(?:s|ing)?[- ]aloud|thinks out loud|guides?|walks? "
    r"(?:students |the class )?"
    r"through|reads? (?:\w+ ){0,4}aloud|teach(?:es)?|introduc\w+|defines?|tells?|folds?|draws?|writes?"
    r"|solves?"
    r"|presents?|illustrat\w+)\b"
)
_ALONE = Phase.INDEPENDENT_PRACTICE


def _run(subject: Subject) -> Judgement:
    plan = subject.artifact
    if not isinstance(plan, LessonPlan):
        return not_applicable("It looks at lesson plans only.")
    example = Evidence(quote=plan.worked_example.strip() or "(nothing)", where="worked_example")
    folded = fold(plan.worked_example)
    if is_placeholder(folded):
        return warned("There is no worked example.", example)
    if _is_only_asked(plan.worked_example):
        return failed("The worked example is an exercise that nobody solves.", example)
    if n_steps(plan.worked_example) < 2:
        return warned("The worked example has a single step, so it shows no way to go.", example)
    phases = [segment.phase for segment in plan.segments]
    if _ALONE in phases and not _is_shown_before(plan, phases.index(_ALONE), english=is_english(subject)):
        at = phases.index(_ALONE)
        return warned(
            "Students work alone before anything is explained or shown.",
            Evidence(quote=plan.segments[at].title, where=f"segments[{at}].title"),
        )
    return passed("A worked example with its steps comes before students work alone.")


def n_steps(example: str) -> int:
    """How many steps a worked example shows: sentences, numbered steps, lines, links of an equation."""
    text = fold("\n".join(sentences(example)))  # fold makes lines one, so sentences are counted first
    marks = len(_STEP_MARK.findall(example.casefold()))
    chain = max(0, len(_EQUALS.findall(text)) - 1)
    return len(sentences(tidy(example))) + marks + chain


def _is_only_asked(example: str) -> bool:
    said = sentences(tidy(example))
    if len(said) != 1:
        return bool(said) and all(is_question(each) for each in said)
    return is_question(said[0]) or (
        _EXERCISE.match(fold(said[0])) is not None and n_steps(example) < 2 and "=" not in example
    )


def _is_shown_before(plan: LessonPlan, at: int, *, english: bool) -> bool:
    """Whether a segment before this one explains, or its teacher shows something."""
    before = plan.segments[:at]
    if any(segment.phase == Phase.EXPLAIN for segment in plan.segments):
        return any(segment.phase == Phase.EXPLAIN for segment in before)
    if not english:
        return bool(before)
    return any(_SHOWS.search(fold(segment.teacher_does)) for segment in before)


CHECK = Check(
    name="example_before_practice",
    version="1.0.0",
    title="An example comes before practice alone",
    why=(
        "Students who have seen a problem solved step by step learn more from the next one than "
        "students who "
        "are left to guess the way."
    ),
    how=(
        "The worked example is read for steps: sentences, numbers, lines, links of an equation. An "
        "exercise that "
        "nobody solves fails; no example, or one of a single step, is a warning. Before students first "
        "work "
        "alone, a segment has to explain, or its teacher has to show or model something; else it warns."
    ),
    mend="Ask for one example with each step written out, and for a segment that shows it before practice.",
    source=(
        "Sweller (1988), Cognitive Load During Problem Solving; Renkl (2014), Toward an Instructionally "
        "Oriented "
        "Theory of Example-Based Learning."
    ),
    run=_run,
    is_quick=True,
    artifacts=("lesson_plan",),
    limits="It counts steps, and cannot tell whether they are right or whether the example fits the "
    "practice.",
)
