"""A brief weighs real options against each other, and says when to stop."""

from collections.abc import Sequence

import pytest

from sandbox.bundled.artifacts.decision_brief import DecisionBrief, Likelihood
from sandbox.bundled.checks.options_weighed import CHECK
from sandbox.domain.finding import Outcome
from tests.bundled.checks.whole_artifacts import BRIEF, BRIEF_INPUTS, brief

NOTHING, TRY, ALL = BRIEF.options


def naming(*names: str) -> DecisionBrief:
    """The brief with options of these names, none of which is described further."""
    told = "Two teachers use the tool in class."
    return brief(options=tuple(TRY.model_copy(update={"name": n, "description": told}) for n in names))


def affecting(who: str) -> DecisionBrief:
    """The brief in which one risk names these people."""
    first, *others = TRY.risks
    risks = (first.model_copy(update={"who_is_affected": who}), *others)
    return brief(options=(NOTHING, TRY.model_copy(update={"risks": risks})))


def stopping(*conditions: str) -> DecisionBrief:
    """The brief that would be stopped on these conditions."""
    return brief(conditions_to_stop=conditions)


def all_low() -> DecisionBrief:
    """The brief in which nothing is likely to go wrong."""
    return brief(
        options=tuple(
            option.model_copy(
                update={
                    "risks": tuple(
                        risk.model_copy(update={"likelihood": Likelihood.LOW}) for risk in option.risks
                    )
                }
            )
            for option in BRIEF.options
        )
    )


NO_WAY_OUT: dict[str, Sequence[str]] = {
    "two ways to buy it": ("Use it in two classes", "Use it in all classes"),
    "now or later": ("Start in September", "Start in January"),
    "sizes": ("Small package", "Middle package", "Large package"),
    "changes": ("Change the schedule", "Change the tool"),
}
ONE_CHANGES_NOTHING: dict[str, Sequence[str]] = {
    "do nothing": ("Do nothing", "Use it in two classes"),
    "stay": ("Stay as we are", "Buy it"),
    "keep": ("Keep the homework club as it is", "Use it in two classes"),
    "no AI": ("Use it in two classes", "No AI this year"),
    "status quo": ("Status quo", "Use it in all classes"),
    "do not adopt": ("Do not adopt it", "Adopt it"),
    "continue": ("Continue without the tool", "Use the tool"),
    "leave": ("Leave things as they are", "Use the tool"),
    "not buy": ("Buy it", "Don’t buy it"),
    "as today": ("Help as today", "Help from the tool"),
}
NOBODY = {
    "nobody": "nobody",
    "none": "None",
    "n/a": "N/A",
    "no one": "No one in particular",
    "dots": "...",
    "unknown": "unknown",
}
VAGUE_PEOPLE = {
    "everyone": "everyone",
    "stakeholders": "all stakeholders",
    "people": "people",
    "users": "users",
    "the community": "the community",
    "various groups": "various groups",
}
PEOPLE = {
    "students": "students",
    "a group": "students who take the bus right after school",
    "everyone named": "everyone in grade 7",
    "all teachers": "all teachers of mathematics",
    "users named": "users of screen readers",
    "families": "families",
}
NOT_TO_BE_SEEN: dict[str, Sequence[str]] = {
    "does not work": ("If it does not work.",),
    "problems": ("If serious problems arise.", "If concerns emerge among stakeholders."),
    "negative": ("When the effects turn out to be negative.",),
    "not effective": ("The tool is not effective.",),
    "unsafe": ("If it turns out to be unsafe or unfair.",),
    "harm": ("Evidence of harm.",),
    "not satisfied": ("If we are not satisfied with the results.",),
}
TO_BE_SEEN: dict[str, Sequence[str]] = {
    "a number": ("More than 5 students copy steps in a week.",),
    "a share": ("Less than half of the class uses it by March.",),
    "one event": ("A student's name is found in what was sent.",),
    "a voice": ("A family reports that a wrong answer was given.",),
    "a complaint": ("Any complaint about unfair treatment that is confirmed.",),
    "one of two": ("If it does not work.", "Scores on the unit test drop by more than 5 points."),
    "written out": ("Three teachers say that it costs more time than it saves.",),
    "a date": ("No agreement on data is signed by the first day of school.",),
    "a record": ("The log shows advice on self-harm.",),
    "absent": ("Homework is handed in less often than last term.",),
}

CAUGHT: list[DecisionBrief] = [
    *(naming(*names) for names in NO_WAY_OUT.values()),
    *(affecting(who) for who in (*NOBODY.values(), *VAGUE_PEOPLE.values())),
    *(stopping(*conditions) for conditions in NOT_TO_BE_SEEN.values()),
    all_low(),
    brief(options=(NOTHING,)),
]
LEFT_ALONE: list[DecisionBrief] = [
    BRIEF,
    *(naming(*names) for names in ONE_CHANGES_NOTHING.values()),
    *(affecting(who) for who in PEOPLE.values()),
    *(stopping(*conditions) for conditions in TO_BE_SEEN.values()),
]


def test_a_brief_that_weighs_passes(subject_for):
    """Three options, risks with names and a way to stop."""
    assert CHECK.run(subject_for(BRIEF, inputs=BRIEF_INPUTS)).outcome is Outcome.PASS


@pytest.mark.parametrize("names", NO_WAY_OUT.values(), ids=NO_WAY_OUT.keys())
def test_without_a_way_to_change_nothing_it_fails(subject_for, names):
    """Two ways to buy are no choice."""
    judgement = CHECK.run(subject_for(naming(*names)))

    assert judgement.outcome is Outcome.FAIL
    assert "change nothing" in judgement.reason


@pytest.mark.parametrize("names", ONE_CHANGES_NOTHING.values(), ids=ONE_CHANGES_NOTHING.keys())
def test_to_change_nothing_can_be_said_in_many_words(subject_for, names):
    """The option is known by what it means."""
    assert CHECK.run(subject_for(naming(*names))).outcome is Outcome.PASS


def test_one_option_is_no_choice(subject_for):
    """There is nothing to weigh it against."""
    assert CHECK.run(subject_for(brief(options=(NOTHING,)))).outcome is Outcome.FAIL


@pytest.mark.parametrize("who", NOBODY.values(), ids=NOBODY.keys())
def test_a_risk_that_names_nobody_fails(subject_for, who):
    """Whoever bears a risk has to be named."""
    judgement = CHECK.run(subject_for(affecting(who)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "options[1].risks[0].who_is_affected"


@pytest.mark.parametrize("who", VAGUE_PEOPLE.values(), ids=VAGUE_PEOPLE.keys())
def test_a_risk_for_everyone_is_a_warning(subject_for, who):
    """Nobody can go and ask everyone."""
    assert CHECK.run(subject_for(affecting(who))).outcome is Outcome.WARN


@pytest.mark.parametrize("who", PEOPLE.values(), ids=PEOPLE.keys())
def test_a_group_that_one_can_ask_passes(subject_for, who):
    """A class, a trade or a need tells who is meant."""
    assert CHECK.run(subject_for(affecting(who))).outcome is Outcome.PASS


@pytest.mark.parametrize("conditions", NOT_TO_BE_SEEN.values(), ids=NOT_TO_BE_SEEN.keys())
def test_conditions_that_nobody_can_observe_are_found(subject_for, conditions):
    """A condition that is always a matter of opinion stops nothing."""
    judgement = CHECK.run(subject_for(stopping(*conditions)))

    assert judgement.outcome is Outcome.FAIL
    assert judgement.evidence[0].where == "conditions_to_stop[0]"


@pytest.mark.parametrize("conditions", TO_BE_SEEN.values(), ids=TO_BE_SEEN.keys())
def test_one_condition_that_can_be_observed_is_enough(subject_for, conditions):
    """A number, an event, a voice or a record can be seen."""
    assert CHECK.run(subject_for(stopping(*conditions))).outcome is Outcome.PASS


def test_risks_that_are_all_low_fail(subject_for):
    """Nobody weighed anything if nothing is likely to go wrong, whatever is done."""
    judgement = CHECK.run(subject_for(all_low()))

    assert judgement.outcome is Outcome.FAIL
    assert "low" in judgement.reason


def test_in_other_languages_words_are_not_judged(subject_for):
    """The words for changing nothing are English; that all risks are low is seen in any language."""
    spanish = {"inputs": {"language": "es"}}

    assert CHECK.run(subject_for(naming("Comprarlo", "Comprarlo en enero"), **spanish)).outcome is (
        Outcome.NOT_APPLICABLE
    )
    assert CHECK.run(subject_for(all_low(), **spanish)).outcome is Outcome.FAIL
