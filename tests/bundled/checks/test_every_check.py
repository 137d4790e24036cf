"""What holds for every check: it never raises, gives a reason, ends, and sees only its own defect."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.bundled.artifacts.feedback import Confidence, Feedback, NextStep, Strength
from sandbox.bundled.plugin import sandbox_checks
from sandbox.contracts.check import Judgement, Subject
from sandbox.domain.finding import Outcome
from sandbox.domain.trial import Case

CHECKS = {check.name: check for check in sandbox_checks()}

WORK = (
    "I think 1/2 and 2/4 are the same becuase if you fold the paper agian you get 2 of 4 parts. "
    "But 3/6 is bigger, it has bigger numbers. The end."
)
HARD_WORDS = (
    "Subsequently, systematically investigate the proportional relationships underlying these "
    "representations, considering mathematically equivalent transformations, multiplicative "
    "comparisons, and hierarchical classifications of subdivided quantities. Notwithstanding "
    "superficial numerical differences, demonstrate comprehensively, utilizing appropriate "
    "terminological distinctions, precisely how simultaneous modifications of numerators and "
    "denominators nevertheless preserve proportionality throughout every conceivable configuration. "
    "Additionally, communicate methodological considerations influencing interpretations of "
    "geometrical representations, incorporating sophisticated argumentation regarding dimensional "
    "characteristics and generalizability of underlying mathematical principles."
)

PIECES = st.sampled_from(
    [
        "3 + 4 = 8",
        "= ",
        "½ ",
        "\\frac{1}{0}",
        "((((",
        "1/0 = 2",
        "٣ + ٤",
        "9999999999999999999999",
        "“",
        "”",
        "'",
        "\u200f",
        "\U0001f469\U0001f3fd\u200d\U0001f3eb ",
        "You are so ",
        "www.",
        "https://",
        "@",
        "ISBN 97",
        "(Kim, 2019)",
        "...",
        "\n- ",
        "\n\n",
        " ",
        "%",
        "^9",
        "^{99}",
        "$",
        "x",
        "word ",
        "the answer is ",
        "you could write: ",
        "thumbs up?",
        "I can ",
        "_",
        "ß",
        "İ",
        "\x00",
        "ﬁ",
        "水",
        "2,5",
        "12:30 ",
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=40).map("".join))
FILLED = TEXTS.map(lambda text: text[:190].strip() or "x")
FEEDBACK = st.builds(
    Feedback,
    strengths=st.tuples(st.builds(Strength, quote=FILLED, why=FILLED)),
    next_steps=st.tuples(st.builds(NextStep, quote=FILLED, what=FILLED, how=FILLED)),
    question=FILLED,
    is_revision_needed=st.booleans(),
    teacher_note=FILLED,
    confidence=st.sampled_from(Confidence),
)
CASES = st.builds(
    Case,
    id=st.just("case"),
    inputs=st.fixed_dictionaries(
        {"student_work": TEXTS, "minutes": TEXTS, "language": st.sampled_from(["en", "es", "", "English"])},
        optional={"grade": st.sampled_from(["K", "4", "12"])},
    ),
    answer_key=st.lists(TEXTS, max_size=2).map(tuple),
    must=st.lists(TEXTS, max_size=2).map(tuple),
    must_not=st.lists(TEXTS, max_size=2).map(tuple),
)

LONG = {
    "words": "fold the strip again " * 10_000,
    "one word": "a" * 200_000,
    "digits": "7" * 200_000,
    "brackets": "(" * 200_000,
    "spaces": " " * 200_000 + "end",
    "line breaks and dashes": "\n - " * 50_000,
    "sums": "1+" * 20_000 + "1=3 " + "fold " * 32_000,
    "equations": ("3 + 4 = 8, " + "as we wrote it down before, " * 3) * 2_100,
    "nested sums": "(1+" * 10_000 + "1=2 " + "fold " * 34_000,
    "dots": "." * 200_000,
    "quotes": "“a" * 100_000,
    "apostrophes": " 'a" * 70_000,
    "praise": "you are really " * 14_000,
    "mail": "a.b-c" * 40_000 + "@",
    "host": "a." * 100_000,
    "address": "https://" + "a/" * 100_000,
    "citation": "(" + "Abc, " * 40_000,
    "isbn": "ISBN " + "1-" * 20_000 + "fold " * 32_000,
    "rewrites": "you could write " * 13_000,
    "answers": "the answer is not " * 12_000,
    "questions": "any " * 50_000 + "questions",
    "emoji": "👩🏽‍🏫" * 30_000,
    "right to left": "الماء ٣ = " * 20_000,
    "chinese": "水" * 200_000,
}


def _judged(subject: Subject) -> list[Judgement]:
    return [check.run(subject) for check in CHECKS.values()]


def test_a_check_explains_itself():
    """A teacher finds title, reasons, method, remedy, source and limits."""
    for name, check in CHECKS.items():
        assert check.name == name
        assert all((check.title, check.why, check.how, check.mend, check.source, check.limits)), name


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answer=st.one_of(TEXTS, FEEDBACK), case=CASES)
def test_no_check_raises(answer, case):
    """Whatever a model writes, each check gives a judgement with a reason."""
    for judgement in _judged(Subject(answer, case)):
        assert judgement.reason
        assert judgement.outcome is not Outcome.ERROR


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=TEXTS, minutes=st.integers(1, 120))
def test_no_check_raises_on_a_plan(good_lesson_plan, words, minutes):
    """The same holds for lesson plans with anything in their fields."""
    segment = good_lesson_plan.segments[0].model_copy(
        update={"check_for_understanding": words, "minutes": minutes, "teacher_does": words}
    )
    plan = good_lesson_plan.model_copy(
        update={"segments": (segment,), "objective": words, "worked_example": words, "materials": (words,)}
    )

    for judgement in _judged(Subject(plan, Case(id="case"))):
        assert judgement.reason


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_every_check_ends_on_very_long_texts(subject_for, good_feedback, good_lesson_plan, text):
    """No pattern blows up, whether the text stands in the answer or in the inputs."""
    case = {
        "inputs": {"student_work": text, "grade": "4", "minutes": text},
        "answer_key": ("5/8", "water vapor"),
        "must": ("a b", "水*"),
        "must_not": ("end of",),
    }
    part = text[:20_000]
    step = good_feedback.next_steps[0].model_copy(update={"how": part, "quote": part})
    segment = good_lesson_plan.segments[0].model_copy(update={"check_for_understanding": part})
    feedback = good_feedback.model_copy(update={"next_steps": (step,)})
    plan = good_lesson_plan.model_copy(update={"objective": part, "segments": (segment,)})

    for answer in (text, feedback, plan):
        for judgement in _judged(subject_for(answer, **case)):
            assert judgement.reason


PLAN_CASE = {
    "inputs": {"grade": "4", "minutes": 45, "topic": "Equivalent fractions", "standards": ("4.NF.A.1",)},
    "must": ("fraction",),
    "must_not": ("dyslexia",),
}
FEEDBACK_CASE = {
    "inputs": {"grade": "4", "task": "Are 1/2, 2/4 and 3/6 the same? Say why.", "student_work": WORK},
    "answer_key": ("they are all one half",),
    "must": ("strip",),
    "must_not": ("great job",),
}
PLAN_DEFECTS = {
    "sections_present": {"worked_example": "TBD"},
    "minutes_add_up": {"duration_minutes": 70},
    "objective_measurable": {"objective": "I can understand equivalent fractions."},
    "arithmetic_correct": {"worked_example": "Fold it, count the parts: 2 × 3 = 5, so 5 parts are shaded."},
    "no_invented_links": {"materials": ("paper strips", "https://strips.example/print")},
    "must_not_say": {"safety_notes": ("Keep in mind that dyslexia may slow the reading.",)},
}
FEEDBACK_DEFECTS = {
    "sections_present": {"teacher_note": "N/A"},
    "answer_not_given_away": {"question": "Do you see now that they are all one half?"},
    "arithmetic_correct": {"teacher_note": "Another pair to try: 2/3 = 4/5. It may help."},
    "no_invented_links": {"teacher_note": "There are strips to print at www.paper-strips.com today."},
    "must_not_say": {"teacher_note": "Great job on the folding, have a strip ready."},
}
STEP_DEFECTS = {
    "quotes_student_work": {"quote": "three sixths is the largest number of all"},
    "praises_the_work": {"what": "You are so smart, but here you look at the numbers only."},
    "reading_level_fits": {"how": HARD_WORDS},
}


def _failed(subject: Subject, artifact_type: str) -> set[str]:
    return {
        name
        for name, check in CHECKS.items()
        if check.applies_to(artifact_type) and check.run(subject).outcome is Outcome.FAIL
    }


def test_the_good_artifacts_have_no_defect(subject_for, good_lesson_plan, good_feedback):
    """Nothing fails or warns on a good plan and on good feedback, and most checks say so."""
    plan, feedback = subject_for(good_lesson_plan, **PLAN_CASE), subject_for(good_feedback, **FEEDBACK_CASE)

    outcomes = {
        (kind, name): check.run(subject).outcome
        for kind, subject in (("lesson_plan", plan), ("feedback", feedback))
        for name, check in CHECKS.items()
        if check.applies_to(kind)
    }

    silent = {key for key, outcome in outcomes.items() if outcome is Outcome.NOT_APPLICABLE}
    assert silent == {
        ("feedback", "arithmetic_correct"),
        ("feedback", "one_spelling"),
        ("lesson_plan", "answers_are_right"),
    }
    assert {outcome for key, outcome in outcomes.items() if key not in silent} == {Outcome.PASS}


@pytest.mark.parametrize(("name", "change"), PLAN_DEFECTS.items(), ids=PLAN_DEFECTS.keys())
def test_a_defect_planted_in_a_plan_fails_its_check_only(subject_for, good_lesson_plan, name, change):
    """Each check sees its own defect, and no other check is alarmed."""
    plan = good_lesson_plan.model_copy(update=change)

    assert _failed(subject_for(plan, **PLAN_CASE), "lesson_plan") == {name}


@pytest.mark.parametrize(("name", "change"), FEEDBACK_DEFECTS.items(), ids=FEEDBACK_DEFECTS.keys())
def test_a_defect_planted_in_feedback_fails_its_check_only(subject_for, good_feedback, name, change):
    """Each check sees its own defect, and no other check is alarmed."""
    feedback = good_feedback.model_copy(update=change)

    assert _failed(subject_for(feedback, **FEEDBACK_CASE), "feedback") == {name}


@pytest.mark.parametrize(("name", "change"), STEP_DEFECTS.items(), ids=STEP_DEFECTS.keys())
def test_a_defect_planted_in_a_next_step_fails_its_check_only(subject_for, good_feedback, name, change):
    """Each check sees its own defect, and no other check is alarmed."""
    step = good_feedback.next_steps[0].model_copy(update=change)
    feedback = good_feedback.model_copy(update={"next_steps": (step,)})

    assert _failed(subject_for(feedback, **FEEDBACK_CASE), "feedback") == {name}


def test_a_segment_without_a_check_fails_its_check_only(subject_for, good_lesson_plan):
    """An empty check for understanding is one defect, not two."""
    first, *others = good_lesson_plan.segments
    bare = first.model_copy(update={"check_for_understanding": ""})
    plan = good_lesson_plan.model_copy(update={"segments": (bare, *others)})

    assert _failed(subject_for(plan, **PLAN_CASE), "lesson_plan") == {"formative_checks"}


def test_a_plan_that_leaves_out_a_phrase_fails_that_check_only(subject_for, good_lesson_plan):
    """What a case asks for is looked for by one check."""
    case = PLAN_CASE | {"must": ("number line",)}

    assert _failed(subject_for(good_lesson_plan, **case), "lesson_plan") == {"must_say"}


@pytest.mark.parametrize("name", CHECKS)
def test_every_check_of_ours_is_quick(name: str) -> None:
    """None needs a process of its own."""
    assert CHECKS[name].is_quick
