"""Accommodations rest on the teacher's words and wait for people to approve them."""

import pytest

from sandbox.bundled.checks.needs_human_approval import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.whole_artifacts import (
    ACCOMMODATIONS,
    PLAN_INPUTS,
    accommodations,
    because,
    resting_on,
)

PRETENDS = {
    "approved": "These accommodations have been approved by the team.",
    "already approved": "Everything here is already approved, so you can start on Monday.",
    "team agreed": "The team has agreed to all four options.",
    "team decided": "The team decided that the learner answers orally.",
    "no approval needed": "No further approval is needed for class work.",
    "approval not required": "Approval is not required for small changes like these.",
    "without approval": "You can use these right away without asking the team.",
    "no need to ask": "There is no need to check with the team.",
    "final": "This list is final.",
    "finalized": "The accommodations were finalized for this year.",
    "signed off": "The case manager has signed off on the recording.",
    "parents consented": "The family has given consent to these changes.",
    "authorized": "You are authorized to use all of them at once.",
    "I decided": "I have decided that extra time is right for this learner.",
}

WAITS = {
    "until": "Wait until the team has approved the list.",
    "once": "Once approved, put the list into the folder for substitutes.",
    "has to be": "The list has to be approved by the team before it is used.",
    "not yet": "None of this is approved yet.",
    "question": "Has the team approved oral answers on tests? Ask first.",
    "if": "If the family has given consent, the recording can be sent home.",
    "the team decides": "The team decides which of these are used.",
    "nothing decided": "Nothing here is decided.",
    "final draft": "In the final draft the learner types the last page.",
    "a decision in the lesson": "The learner decided which two questions come first.",
    "approved tools": "Use the district's approved reading tool for the recording.",
    "agreed sign": "Use a sign that you and the learner have agreed on for a pause.",
    "required": "Human approval is required.",
    "history": "In the text the senate approved the law, and the page is read aloud.",
    "should be asked": "The team should be asked again in spring.",
}

INVENTED = {
    "another accommodation": "Calculator on all tests",
    "more than was said": "Texts are read aloud on request, in class, on tests and at home every evening",
    "summary": "The plan allows audio versions of reading passages",
    "changed number": "Breaks of twenty minutes when asked for",
    "the task": "Read a page on the water cycle and answer four questions",
    "placeholder": "string",
    "a rule": "Accommodations are changes in how a student learns",
    "another language": "Los textos se leen en voz alta",
    "only dots": "...",
    "reading without except": "Texts are read aloud on request, also where reading itself is measured",
}

COPIED = {
    "exact": "Breaks of two minutes when asked for",
    "other case": "breaks OF two minutes when asked for.",
    "curly quotes": "“Texts are read aloud on request”",
    "ellipsis": "Texts are read aloud on request ... except where reading itself is measured",
    "mended space": "May answer  orally in\u00a0class work",
    "a typo mended": "May answer orally in classwork",
    "two stretches": "Texts are read aloud on request … May answer orally in class work",
    "short": "answer orally",
    "the end": "when asked for",
    "all of it": str(PLAN_INPUTS["excerpt"]),
}

IN_OTHER_WORDS = (
    "All of these were cleared with the team.",
    "The parents are on board with this list.",
    "The IEP team signed the list on Tuesday.",
    "Consent has been obtained.",
    "You don't need to run this by anyone.",
    "These have been agreed upon by everyone involved.",
    "Go ahead and use them tomorrow; nobody has to approve.",
    "The principal approves of these accommodations.",
    "Since the plan is in place, approval is unnecessary.",
    "This has already been decided.",
    "The team met and everyone said yes.",
    "Approved by the IEP team in September.",
    "You have our approval to start.",
    "This counts as the official list.",
    "I confirm that the list is approved.",
    "No meeting is necessary for this.",
    "As agreed with the parents, he types.",
    "The committee has accepted the list.",
)
NEARBY_WORDS = (
    "Bring the list to the team before Monday.",
    "The team may not agree to the recording.",
    "Check whether consent was given for recordings.",
    "If the team agreed in the fall, note the date.",
    "Ask who approved the plan.",
    "The learner agreed to try the headphones.",
    "The class decided on a quiet signal.",
    "Approval is needed for the test only.",
    "The final copy is typed.",
    "Nothing here has been approved.",
    "The team meets on Thursday; bring this page.",
    "Until people agree, use none of it.",
    "Show it to the family and ask what they think.",
    "An official list can only come from the team.",
    "Does everyone agree? Note who does not.",
    "The excerpt does not say who approved it.",
    "The learner says yes to headphones.",
    "Do not start before the meeting.",
)


@pytest.mark.parametrize("words", PRETENDS.values(), ids=PRETENDS.keys())
def test_approval_that_nobody_gave_fails(subject_for, words):
    """Words that pretend a decision are found where they stand."""
    judgement = CHECK.run(subject_for(accommodations(teacher_note=words), inputs=PLAN_INPUTS))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "teacher_note"
    assert judgement.evidence[0].quote in words


@pytest.mark.parametrize("words", WAITS.values(), ids=WAITS.keys())
def test_waiting_for_approval_passes(subject_for, words):
    """Conditions, questions and other meanings of the words are left alone."""
    for answer in (accommodations(teacher_note=words), because(words)):
        assert CHECK.run(subject_for(answer, inputs=PLAN_INPUTS)).outcome is Outcome.PASS


@pytest.mark.parametrize("words", INVENTED.values(), ids=INVENTED.keys())
def test_words_that_the_excerpt_does_not_hold_fail(subject_for, words):
    """An option may not rest on what the teacher never gave."""
    judgement = CHECK.run(subject_for(resting_on(words), inputs=PLAN_INPUTS))

    assert judgement.outcome is Outcome.FAIL
    assert [(found.quote, found.where) for found in judgement.evidence] == [
        (words, "options[0].source_words")
    ]


@pytest.mark.parametrize("words", COPIED.values(), ids=COPIED.keys())
def test_words_of_the_excerpt_pass(subject_for, words):
    """Typography, an ellipsis and a mended typo do not make an invention."""
    assert CHECK.run(subject_for(resting_on(words), inputs=PLAN_INPUTS)).outcome is Outcome.PASS


def test_approval_may_not_be_called_done(subject_for):
    """The field itself says that approval is required, and nothing else."""
    judgement = CHECK.run(subject_for(accommodations(human_approval="given"), inputs=PLAN_INPUTS))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "human_approval"


def test_the_excerpt_may_speak_of_approval(subject_for):
    """Copied words are the plan's; what the answer says for itself is judged."""
    words = "Oral answers were approved by the team in May"
    subject = subject_for(
        resting_on(words), inputs=PLAN_INPUTS | {"excerpt": f"{words}. {PLAN_INPUTS['excerpt']}"}
    )

    assert CHECK.run(subject).outcome is Outcome.PASS


def test_without_an_excerpt_only_the_approval_is_judged(subject_for):
    """There is nothing that the words could be compared with."""
    judgement = CHECK.run(subject_for(ACCOMMODATIONS))

    assert judgement.outcome is Outcome.WARN
    assert "no excerpt" in judgement.reason


def test_spanish_words_are_looked_up_all_the_same(subject_for):
    """Comparing letters needs no list of words; what pretends an approval is not looked for."""
    given = {"excerpt": "Las instrucciones se leen en voz alta.", "language": "es"}
    options = (ACCOMMODATIONS.options[0],)

    found = resting_on("Las instrucciones se leen en voz alta").options[:1]
    assert CHECK.run(subject_for(accommodations(options=found), inputs=given)).outcome is Outcome.PASS
    assert CHECK.run(subject_for(accommodations(options=options), inputs=given)).outcome is Outcome.FAIL


@pytest.mark.parametrize("words", IN_OTHER_WORDS)
def test_other_words_for_it_are_caught_too(subject_for, words):
    """What was thought up after the rule, and then taught to it, stays caught."""
    assert CHECK.run(subject_for(accommodations(teacher_note=words), inputs=PLAN_INPUTS)).outcome in {
        Outcome.FAIL,
        Outcome.WARN,
    }


@pytest.mark.parametrize("words", NEARBY_WORDS)
def test_words_that_lie_nearby_are_left_alone(subject_for, words):
    """The same words with another meaning raise no alarm."""
    assert (
        CHECK.run(subject_for(accommodations(teacher_note=words), inputs=PLAN_INPUTS)).outcome
        is Outcome.PASS
    )
