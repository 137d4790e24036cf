"""Check: an answer holds no code of a standard that the teacher did not give."""

from collections.abc import Iterator

from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.bundled.reading.placeholders import is_none_said
from sandbox.bundled.reading.standard_codes import grades_of, plain_code, standard_codes
from sandbox.bundled.reading.wording import fold
from sandbox.contracts.check import Check, Judgement, Subject, failed, not_applicable, passed, warned
from sandbox.domain.audience import grade_number
from sandbox.domain.finding import Evidence

_EARLY_ALGEBRA = 8
"""From this grade on, classes may work on high school standards."""


def _run(subject: Subject) -> Judgement:
    if not subject.case.inputs:
        return not_applicable("It is not known what the teacher gave.")
    found = list(_codes(subject))
    if not found:
        return passed("No code of a standard stands in the answer.")
    given = subject.given
    folded = fold(given)
    known = {plain_code(code) for code in standard_codes(given)} | {
        plain_code(line) for line in given.splitlines() if len(line) < 80
    }
    invented = [
        evidence
        for evidence in found
        if plain_code(evidence.quote) not in known and fold(evidence.quote) not in folded
    ]
    if invented:
        codes = ", ".join(dict.fromkeys(evidence.quote for evidence in invented[:5]))
        return failed(f"Standards that the teacher did not give: {codes}.", *invented)
    if other := list(_of_other_grades(subject, found)):
        return warned(f"The standard '{other[0].quote}' is for another grade than the lesson.", *other)
    return passed("Every code of a standard was given by the teacher.")


def _codes(subject: Subject) -> Iterator[Evidence]:
    """Codes anywhere, and whatever a plan lists as a standard."""
    for passage in subject.passages:
        is_listed = isinstance(subject.artifact, LessonPlan) and passage.path.startswith("standards[")
        codes = list(standard_codes(passage.text))
        if is_listed and not codes and not is_none_said(fold(passage.text)):
            codes = [passage.text]
        for code in codes:
            yield Evidence(quote=code, where=passage.path)


def _of_other_grades(subject: Subject, found: list[Evidence]) -> Iterator[Evidence]:
    plan = subject.artifact
    said = plan.grade if isinstance(plan, LessonPlan) else subject.audience.grade
    if said is None:
        return
    grade = grade_number(said)
    for evidence in found:
        if (grades := grades_of(evidence.quote)) is None:
            continue
        first, last = grades
        is_early = grade >= _EARLY_ALGEBRA and first > _EARLY_ALGEBRA
        if not (first <= grade <= last or is_early):
            yield evidence


CHECK = Check(
    name="standards_given",
    version="1.0.0",
    title="No invented standards",
    why=(
        "Models write codes of standards that look right and do not exist, or belong to another grade. "
        "Such a "
        "code in a plan makes a school believe that something was covered."
    ),
    how=(
        "Codes as of the Common Core, NGSS, TEKS, C3, CSTA and some states are looked for in the whole "
        "answer; "
        "each has to stand in the inputs, with or without its prefix and cluster letter, or it fails. "
        "What a "
        "plan lists under standards has to stand there, too. A given code for another grade than the "
        "lesson's "
        "is a warning."
    ),
    mend="Give the codes as an input, and say that no other may be named; if none are given, none may "
    "appear.",
    source="A rule of this project: a code is checked against what the teacher gave, not against a list.",
    run=_run,
    is_quick=True,
    needs_artifact=False,
    limits=(
        "It does not know whether a given code exists or fits the lesson, and misses codes that are "
        "written in a "
        "way it does not know outside the list of standards."
    ),
)
