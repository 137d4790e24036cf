"""A code of a standard stands in the answer only if the teacher gave it."""

import pytest

from sandbox.bundled.checks.standards_given import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.lesson_changes import but
from tests.bundled.checks.lessons import CLAIMS, FRACTIONS, POND, SHARING

TOPIC = {"topic": "what we do today", "grade": ""}


def _given(*codes, **inputs):
    return {"topic": "today's lesson", "standards": codes, **inputs}


INVENTED = {
    "none given": (FRACTIONS, _given()),
    "another one given": (FRACTIONS, _given("4.NF.A.1")),
    "science, none given": (POND, _given()),
    "writing, another grade": (CLAIMS, _given("W.6.1")),
    "one too many": (but(POND, standards=("5-LS2-1", "5-PS3-1")), _given("5-LS2-1")),
    "long form": (but(SHARING, key_points=("It meets CCSS.ELA-LITERACY.W.1.1.", "Yes.")), _given()),
    "in the title": (but(FRACTIONS, standards=(), title="3.OA.A.1: equal groups"), _given()),
    "TEKS": (but(FRACTIONS, standards=("TEKS 4.3(E)",)), _given()),
    "TEKS in a sentence": (but(POND, standards=(), objective="I can meet TEKS §112.16(b)(9)."), _given()),
    "C3": (but(SHARING, standards=("D2.Eco.1.K-2",)), _given()),
    "computing": ("Today you met 1B-AP-10 with loops.", _given()),
    "middle school science": ("See MS-PS1-5 for this.", _given()),
    "high school": ("This is HSA-REI.B.3 again.", _given()),
    "Florida": ("MA.4.FR.2.2 asks for it.", _given()),
    "a name of standards": (but(SHARING, standards=("State standard for economics 1",)), _given()),
}
OF_ANOTHER_GRADE = {
    "third grade for fourth": (but(FRACTIONS, standards=("3.NF.A.1",)), _given("3.NF.A.1")),
    "science of grade 3": (but(POND, standards=("3-LS4-3",)), _given("3-LS4-3")),
    "writing of grade 6": (but(CLAIMS, standards=("W.6.1",)), _given("W.6.1")),
    "high school for grade 7": (but(CLAIMS, standards=("HS-ETS1-2",)), _given("HS-ETS1-2")),
    "kindergarten for grade 1": (but(SHARING, standards=("K.CC.B.5",)), _given("K.CC.B.5")),
}
GIVEN = {
    "given": (FRACTIONS, _given("4.NF.B.3")),
    "given in the topic": (FRACTIONS, {"topic": "Adding fractions, 4.NF.B.3"}),
    "long form of what was given": (
        but(FRACTIONS, standards=("CCSS.MATH.CONTENT.4.NF.B.3",)),
        _given("4.NF.B.3"),
    ),
    "short form of what was given": (FRACTIONS, _given("CCSS.Math.Content.4.NF.B.3")),
    "without the cluster letter": (but(FRACTIONS, standards=("4.NF.3",)), _given("4.NF.B.3")),
    "none and none": (SHARING, _given()),
    "band": (but(POND, grade="7", standards=("MS-LS2-3",)), _given("MS-LS2-3")),
    "band of grades": (but(CLAIMS, grade="9", standards=("RL.9-10.4",)), _given("RL.9-10.4")),
    "high school": (but(FRACTIONS, grade="10", standards=("HSA.SSE.B.3",)), _given("HSA.SSE.B.3")),
    "computing band": (but(FRACTIONS, standards=("1B-AP-10",)), _given("1B-AP-10")),
    "algebra early": (but(FRACTIONS, grade="8", standards=("HSA.REI.B.3",)), _given("HSA.REI.B.3")),
    "numbers with points": (but(SHARING, key_points=("See 3.4 and 5.2.1 in the book.", "Yes.")), _given()),
    "a version": ("Open version 2.4.1 and section B.3.2, then look at room K-12.", _given()),
    "a chemical": ("Use H2O, CO2 and C6H12O6; the pH is 7.4.", _given()),
    "a verse": ("Read Act 3, scene 2, lines 1-10; and the poem W. wrote in 1.5 hours.", _given()),
    "no inputs known": (FRACTIONS, {}),
}


@pytest.mark.parametrize(("answer", "inputs"), INVENTED.values(), ids=INVENTED.keys())
def test_a_code_that_nobody_gave_fails(subject_for, answer, inputs):
    """The code is quoted."""
    judgement = CHECK.run(subject_for(answer, inputs=inputs))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence


@pytest.mark.parametrize(("answer", "inputs"), OF_ANOTHER_GRADE.values(), ids=OF_ANOTHER_GRADE.keys())
def test_a_given_code_of_another_grade_is_a_warning(subject_for, answer, inputs):
    """The teacher may mean it, or have mistyped it."""
    assert CHECK.run(subject_for(answer, inputs=inputs)).outcome is Outcome.WARN


@pytest.mark.parametrize(("answer", "inputs"), GIVEN.values(), ids=GIVEN.keys())
def test_what_was_given_passes(subject_for, answer, inputs):
    """In any way of writing it; and numbers that are no codes are let be."""
    judgement = CHECK.run(subject_for(answer, inputs=inputs))

    assert judgement.outcome in {Outcome.PASS, Outcome.NOT_APPLICABLE}
