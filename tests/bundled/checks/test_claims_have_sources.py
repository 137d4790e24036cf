"""Evidence in a brief comes from the inputs, or is called what it is."""

import pytest

from sandbox.bundled.artifacts.decision_brief import DecisionBrief, EvidenceItem
from sandbox.bundled.checks.claims_have_sources import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.whole_artifacts import BRIEF, BRIEF_INPUTS, brief


def claiming(claim: str, source: str, strength: str) -> DecisionBrief:
    """The brief with one more piece of evidence."""
    item = EvidenceItem.model_validate({"claim": claim, "source": source, "strength": strength})
    return brief(evidence=(*BRIEF.evidence[:1], item))


NOT_GIVEN = {
    "a study": ("AI tutors help students to learn.", "Smith and Lee (2021), Journal of Learning", "strong"),
    "a university": ("Hints at once raise motivation.", "Stanford University", "mixed"),
    "a magazine": ("Many schools use tutors.", "Education Week, June 2023", "weak"),
    "an agency": ("Tutors are safe.", "U.S. Department of Education guidance", "strong"),
    "general research": ("Feedback at once helps.", "Peer-reviewed research on feedback", "strong"),
    "no source but strong": ("Students like the tutor.", "none given", "strong"),
    "no source but mixed": ("Students like the tutor.", "None given.", "mixed"),
    "unknown but strong": ("Students like the tutor.", "Source not given", "strong"),
    "common knowledge": ("Students like computers.", "Common knowledge", "mixed"),
    "invented percent": ("72% of students asked for fewer hints.", "Our pilot in period 4", "mixed"),
    "changed count": ("14 of 18 students asked for fewer hints.", "Our pilot in period 4", "mixed"),
    "invented length": ("After 12 weeks 11 of 18 students asked for fewer hints.", "Our pilot", "mixed"),
    "invented money": ("The tool saves $9,500 a year.", "The seller's brochure", "weak"),
    "invented effect": ("The effect was 0.45 standard deviations.", "Our pilot in period 4", "mixed"),
    "seller called strong": ("Scores double.", "The seller's brochure", "strong"),
}

GIVEN = {
    "as given": ("11 of 18 students asked for fewer hints.", "Our pilot in period 4, six weeks", "mixed"),
    "shorter": ("11 of 18 students asked for fewer hints.", "Our pilot", "weak"),
    "notes": ("5 students copied steps.", "Teacher notes from the pilot", "mixed"),
    "brochure": ("Scores double.", "The seller's brochure", "none"),
    "vendor for seller": ("Scores double.", "The vendor's brochure", "weak"),
    "none given": ("Students like the tutor.", "none given", "none"),
    "none given, weak": ("Families are worried.", "None given", "weak"),
    "no source": ("Students like the tutor.", "No source was given.", "none"),
    "context": ("Students get help in a homework club.", "The context", "strong"),
    "constraints": ("At most $2,000 can be spent.", "Constraints given", "strong"),
    "written out": ("The pilot lasted 6 weeks.", "Our pilot in period 4", "mixed"),
    "in words": ("Eleven of eighteen students asked for fewer hints.", "Our pilot", "mixed"),
    "worked out": ("61% of the students asked for fewer hints.", "Our pilot in period 4", "mixed"),
    "grade": ("Grade 7 has a homework club.", "Context: help on Tuesdays", "mixed"),
    "thousands": ("The price has to stay below 2000 dollars.", "Constraints", "strong"),
}


@pytest.mark.parametrize(("claim", "source", "strength"), NOT_GIVEN.values(), ids=NOT_GIVEN.keys())
def test_evidence_that_nobody_gave_is_found(subject_for, claim, source, strength):
    """Neither a source nor a number may be made up, and no source carries nothing."""
    judgement = CHECK.run(subject_for(claiming(claim, source, strength), inputs=BRIEF_INPUTS))

    assert judgement.outcome in {Outcome.FAIL, Outcome.WARN}
    assert judgement.evidence[0].where.startswith("evidence[1].")


@pytest.mark.parametrize(("claim", "source", "strength"), GIVEN.values(), ids=GIVEN.keys())
def test_evidence_that_was_given_passes(subject_for, claim, source, strength):
    """The source may be shortened, and a number written in another way."""
    answer = claiming(claim, source, strength)

    assert CHECK.run(subject_for(answer, inputs=BRIEF_INPUTS)).outcome is Outcome.PASS


@pytest.mark.parametrize("name", ["a study", "an agency", "no source but strong", "changed count"])
def test_what_is_surely_made_up_fails(subject_for, name):
    """Names, years and numbers that stand nowhere in the inputs are no matter of taste."""
    answer = claiming(*NOT_GIVEN[name])

    assert CHECK.run(subject_for(answer, inputs=BRIEF_INPUTS)).outcome is Outcome.FAIL


def test_without_inputs_nothing_is_judged(subject_for):
    """There is nothing that evidence could come from."""
    assert CHECK.run(subject_for(BRIEF)).outcome is Outcome.NOT_APPLICABLE


def test_in_other_languages_only_numbers_are_looked_up(subject_for):
    """A source may be translated, a number may not change."""
    given = {"question": "¿Usamos un tutor de IA?", "context": "42 estudiantes", "language": "es"}
    kept = brief(
        evidence=(EvidenceItem(claim="Son 42 estudiantes.", source="El contexto", strength="mixed"),)
    )
    changed = brief(evidence=(EvidenceItem(claim="Son 45.", source="El contexto", strength="mixed"),))

    assert CHECK.run(subject_for(kept, inputs=given)).outcome is Outcome.PASS
    assert CHECK.run(subject_for(changed, inputs=given)).outcome is Outcome.FAIL
