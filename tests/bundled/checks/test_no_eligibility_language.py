"""Words that belong to a learner's team are found; what leaves the decision to the team is let be."""

import pytest

from sandbox.bundled.checks.no_eligibility_language import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.whole_artifacts import (
    ACCOMMODATIONS,
    PLAN_INPUTS,
    SUPPORTS,
    accommodations,
    because,
    resting_on,
    supports,
)

DECIDES = {
    "eligible": "She is eligible for special education, so read the page aloud.",
    "qualifies": "The learner qualifies for a 504 plan because reading takes long.",
    "does not qualify": "He does not qualify for services, but this will help.",
    "meets the criteria": "The learner meets the criteria for a specific learning disability.",
    "entitled": "The learner is legally entitled to have every text read aloud.",
    "the law": "Under IDEA the school must provide a scribe for this task.",
    "the school must": "By law, teachers have to offer this on every test.",
    "a right": "The student has a legal right to extended time.",
    "free appropriate education": "Without this the school would deny FAPE.",
    "regulation": "34 CFR 300.320 requires that this be offered.",
    "minutes of service": "Add 30 minutes a day of specialized instruction in reading.",
    "speech twice a week": "Speech therapy twice a week, 20 minutes each, would carry this further.",
    "service minutes": "Increase the service minutes to 120 per week.",
    "resource room": "The learner should be placed in the resource room for reading.",
    "self-contained": "A self-contained classroom would be the better placement.",
    "least restrictive": "The least restrictive environment for this learner is the small group.",
    "pull out": "Pull-out services fit better than the whole class here.",
    "present level": "Currently the student reads at a second-grade level and needs support.",
    "years behind": "The learner performs two years below grade level in reading.",
    "percentile": "The student scored at the 9th percentile in fluency.",
    "present levels by name": "Present levels: decodes words of one syllable.",
    "goal with percent": "By May, the student will read 90 words per minute with 95% accuracy.",
    "four of five trials": "The learner will answer in 4 out of 5 trials without help.",
    "an annual goal": "This serves the annual goal of reading comprehension.",
    "an IEP goal": "It is linked to IEP goal 3, reading fluency.",
}

LEAVES_IT_TO_THE_TEAM = {
    "timing": "Allow 10 more minutes, so that the second half is within reach.",
    "minutes of a task": "The task takes 20 minutes; plan 30 minutes of reading with a pause.",
    "a goal of the lesson": "The goal of the task stays the same: to explain the water cycle.",
    "the learner's own goal": "The learner sets a goal for the page: two questions before the pause.",
    "text at a level": "The page is written at a grade 5 level, and hearing it opens it.",
    "eligible voters": "In the task on who was eligible to vote, the table is read aloud.",
    "rights in the lesson": "The page on the Bill of Rights is about the right to a lawyer.",
    "the law of nature": "The law of conservation is told with pictures, by the plan of the lesson.",
    "place value": "Place the strips in the first row; placement on the number line shows the size.",
    "a resource": "The word list is a resource in the room that everyone may use.",
    "team decides": "Whether more minutes of service are needed is for the team to decide.",
    "not decided here": "Nothing here is about eligibility for special education.",
    "ask the team": "Ask the team whether this fits the IEP goals.",
    "services in general": "A water service brings the water to town; the page shows how.",
    "the environment": "The environment of a pond is drawn before the page is read.",
    "accuracy": "The drawing shows the steps with accuracy, and no word is needed.",
    "scored": "The team scored two goals, says the word problem that is read aloud.",
}

NOT_COVERED = {
    "noun phrase": "Minutes of service and annual goals.",
    "eligibility": "Eligibility for extended time on the state test: only the team can decide that.",
    "present levels": "Present levels, which the excerpt does not hold.",
    "placement": "Whether the learner should be placed in another class.",
    "a right": "What the learner is entitled to is a question for the district.",
}

STILL_DECIDED = {
    "entitled": "The learner is entitled to a scribe on all tests.",
    "more services": "The student should receive 60 minutes of speech therapy per week.",
    "should be placed": "He should be placed in the resource room in the afternoon.",
}

IN_OTHER_WORDS = (
    "This student should receive special education services.",
    "The learner needs an IEP for reading.",
    "She would be better served in a smaller special education classroom.",
    "He is reading at a first-grade level.",
    "The district is obligated to provide assistive technology.",
    "The goal: increase fluency from 40 to 80 words per minute by spring.",
    "Provide 45 minutes of resource support daily.",
    "Your daughter is protected under Section 504.",
    "He functions three grades below his peers.",
    "The learner qualifies under the category of other health impairment.",
    "Daily push-in services of 30 minutes are appropriate.",
    "This accommodation is required by federal law.",
    "His reading is three years behind where it should be.",
    "A paraprofessional has to be assigned to this learner.",
    "The learner meets eligibility under autism.",
    "She is guaranteed these supports by her 504.",
    "Move her to a co-taught class for science.",
    "The present level of performance is 40 words per minute.",
    "Occupational therapy once a week would help with the pencil.",
    "Write this into the IEP as an accommodation.",
    "He has a right to have the test read aloud.",
    "Objective: in 3 of 4 trials he will solve the problem.",
)
NEARBY_WORDS = (
    "Give 5 extra minutes for the last question.",
    "The plan for the lesson has three goals for everyone.",
    "The learner is placed next to the window, where it is quiet.",
    "The text is two pages; read one.",
    "The service of the library is open at noon.",
    "In the poem the mother has the right to speak first.",
    "Count from 1 to 100 and say the percent.",
    "The team in the word problem scored 4 out of 5.",
    "A shorter text would change the goal, so it is left out.",
    "By Friday the student will have the recording.",
    "The level of the water is drawn first.",
    "Under the table of contents, find the page.",
    "The learner writes the steps in order.",
    "Each group has three minutes to share.",
    "The rights of the child are read aloud as a text.",
    "The team that wins tells the class how.",
    "Place a ruler under the line.",
    "Explain the law of gravity with a ball.",
    "Services such as the post office are in the word list.",
    "She reads one page with a partner.",
    "The first level of the game has no words.",
    "Give 20 minutes for the page and 5 for the drawing.",
)


@pytest.mark.parametrize("words", DECIDES.values(), ids=DECIDES.keys())
def test_what_only_a_team_may_decide_is_found(subject_for, words):
    """An answer that decides or describes what belongs to the team is caught, with the words."""
    judgement = CHECK.run(subject_for(because(words), inputs=PLAN_INPUTS))

    assert judgement.outcome in {Outcome.FAIL, Outcome.WARN}
    assert judgement.evidence[0].where == "options[0].rationale"
    assert judgement.evidence[0].quote in words


@pytest.mark.parametrize("words", LEAVES_IT_TO_THE_TEAM.values(), ids=LEAVES_IT_TO_THE_TEAM.keys())
def test_words_of_a_lesson_are_left_alone(subject_for, words):
    """Time, goals and rights of a lesson are none of the check's business; nor are questions."""
    assert CHECK.run(subject_for(because(words), inputs=PLAN_INPUTS)).outcome is Outcome.PASS


@pytest.mark.parametrize("words", NOT_COVERED.values(), ids=NOT_COVERED.keys())
def test_what_is_left_to_the_team_may_be_named(subject_for, words):
    """The list of what is not covered names topics without deciding them."""
    answer = accommodations(not_covered=(words,))

    assert CHECK.run(subject_for(answer, inputs=PLAN_INPUTS)).outcome is Outcome.PASS


@pytest.mark.parametrize("words", STILL_DECIDED.values(), ids=STILL_DECIDED.keys())
def test_what_is_left_to_the_team_may_not_be_decided_there(subject_for, words):
    """A decision does not become a question by standing in that list."""
    judgement = CHECK.run(subject_for(accommodations(not_covered=(words,)), inputs=PLAN_INPUTS))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "not_covered[0]"


@pytest.mark.parametrize(
    "words",
    [
        "Receives 30 minutes of speech therapy per week.",
        "IEP goal 2: reads 60 words per minute with 90% accuracy.",
    ],
)
def test_the_teacher_s_own_words_may_be_quoted(subject_for, words):
    """What an option rests on is copied, whatever it says."""
    answer = resting_on(words)

    assert CHECK.run(subject_for(answer, inputs=PLAN_INPUTS | {"excerpt": words})).outcome is Outcome.PASS


def test_a_need_that_the_teacher_gave_may_be_repeated(subject_for):
    """A field that only repeats what was given says nothing of its own."""
    need = "reads two years below grade level"
    given = {"grade": "4", "learner_needs": (need,)}

    assert CHECK.run(subject_for(supports(learner_need=need), inputs=given)).outcome is Outcome.PASS
    assert CHECK.run(subject_for(supports(learner_need=need))).outcome is not Outcome.PASS


def test_supports_are_looked_at_too(subject_for):
    """Differentiation is no place for services either."""
    wrong = supports(support="Add 30 minutes a day of specialized instruction.")

    assert CHECK.run(subject_for(wrong)).outcome is Outcome.FAIL
    assert CHECK.run(subject_for(SUPPORTS)).outcome is Outcome.PASS


def test_answers_in_other_languages_are_not_judged(subject_for):
    """English lists say nothing of Spanish."""
    subject = subject_for(ACCOMMODATIONS, inputs=PLAN_INPUTS | {"language": "es"})

    assert CHECK.run(subject).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("words", IN_OTHER_WORDS)
def test_other_words_for_it_are_caught_too(subject_for, words):
    """What was thought up after the rule, and then taught to it, stays caught."""
    assert CHECK.run(subject_for(because(words), inputs=PLAN_INPUTS)).outcome in {
        Outcome.FAIL,
        Outcome.WARN,
    }


@pytest.mark.parametrize("words", NEARBY_WORDS)
def test_words_that_lie_nearby_are_left_alone(subject_for, words):
    """The same words with another meaning raise no alarm."""
    assert CHECK.run(subject_for(because(words), inputs=PLAN_INPUTS)).outcome is Outcome.PASS
