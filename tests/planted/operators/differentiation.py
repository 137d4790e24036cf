"""Ways to break supports for learners."""

from tests.planted.planting import breaks
from tests.planted.unbroken import Answer


def _scaffold(supports: Answer, **changes: str) -> Answer:
    record = supports.record
    record["scaffolds"][0] |= changes
    return supports.showing(record)


def _note(supports: Answer, words: str) -> Answer:
    return supports.showing(supports.record | {"teacher_note": words})


@breaks("no_diagnosis")
def a_need_becomes_a_condition(supports: Answer) -> Answer:
    """What a learner finds hard is given a clinical name."""
    return _scaffold(supports, learner_need="has ADHD and finds it hard to begin")


@breaks("no_diagnosis")
def a_barrier_becomes_a_condition(supports: Answer) -> Answer:
    """The barrier is said to be in the child, and not in the task."""
    return _scaffold(supports, barrier="The learner's dyslexia gets in the way of every line.")


@breaks("no_diagnosis")
def a_disorder_shows_itself(supports: Answer) -> Answer:
    """The sign to look for is a disorder."""
    return _scaffold(supports, when_to_use="When the anxiety disorder shows and the learner shuts down.")


@breaks("no_diagnosis")
def testing_is_advised(supports: Answer) -> Answer:
    """The note guesses at a condition and sends the child to be tested."""
    return _note(supports, "The second learner looks like a sensory processing case. Ask for testing.")


@breaks("no_diagnosis")
def the_brain_is_blamed(supports: Answer) -> Answer:
    """No condition is named, and one is found all the same."""
    return _scaffold(supports, barrier="The learner's brain drops words; that is neurological.")


@breaks("no_eligibility_language")
def a_learner_is_found_eligible(supports: Answer) -> Answer:
    """The draft decides who gets special education."""
    return _note(supports, "The first learner qualifies for special education.")


@breaks("no_eligibility_language")
def minutes_of_service_are_given(supports: Answer) -> Answer:
    """The draft plans what a team has to agree on."""
    return _scaffold(supports, support="Thirty minutes with the speech therapist, twice a week.")


@breaks("no_eligibility_language")
def a_learner_is_placed_elsewhere(supports: Answer) -> Answer:
    """The child is sent out of the class for good."""
    return _note(supports, "The first learner belongs in the resource room from this unit on.")


@breaks("no_eligibility_language")
def a_goal_for_the_year_is_set(supports: Answer) -> Answer:
    """How a support is taken away becomes a goal with a date."""
    return _scaffold(supports, fade_plan="By June the learner does this alone in 4 of 5 trials.")


@breaks("no_eligibility_language")
def the_district_has_to_pay(supports: Answer) -> Answer:
    """The draft says what somebody is owed."""
    return _note(supports, "The district has to pay for an aide who sits with the second learner.")


@breaks("no_eligibility_language")
def a_plan_is_ended(supports: Answer) -> Answer:
    """The draft takes away what a team had agreed on."""
    return _note(supports, "With these supports the second learner can be taken off the plan.")
