"""The kit for checks: an honest check passes, and each way of lying is found by the behaviour meant."""

import random
import re
import socket
from contextlib import suppress
from dataclasses import replace
from itertools import count
from time import thread_time

import pytest

from sandbox.contracts.check import Check, Judgement, Subject, failed, passed, warned
from sandbox.domain.finding import Evidence, Outcome
from sandbox.testing.check_conformance import CheckCase, CheckConformance
from sandbox.testing.conformance import BrokenPromiseError, Mark, run_conformance
from sandbox.testing.examples import Note

NOTE = Note(heading="Tomorrow", points=("Bring a ruler.",))
LOUD = Note(heading="TOMORROW", points=("Bring a ruler.",))


def _shouting(subject: Subject) -> list[str]:
    return re.findall(r"\b[A-Z]{5,}\b", subject.text)


def _no_shouting(subject: Subject) -> Judgement:
    if words := _shouting(subject):
        return failed("It shouts at the class.", *(Evidence(quote=word) for word in words))
    return passed("It does not shout.")


HONEST = Check(
    name="no_shouting",
    version="1.0.0",
    title="Nothing is shouted",
    why="Capitals read as anger, and anger stops learning.",
    how="It looks for words of five letters or more that are all capitals.",
    mend="Ask for sentence case in the prompt.",
    source="A rule of the house.",
    limits="It cannot tell an abbreviation from a shout.",
    needs_artifact=False,
    is_quick=True,
    run=_no_shouting,
)


class TestAnHonestCheck(CheckConformance):
    """It keeps every promise."""

    check = HONEST
    catches = [CheckCase("You are LATE AGAIN."), CheckCase(LOUD, name="a loud note")]
    leaves_alone = [CheckCase("You are late again."), CheckCase("NASA flew there."), CheckCase(NOTE)]


def suite_of(check: Check, **cases: object) -> type[CheckConformance]:
    """The suite of a check, with the cases of the honest one or these."""
    kept = {
        "check": check,
        "catches": TestAnHonestCheck.catches,
        "leaves_alone": TestAnHonestCheck.leaves_alone,
    }
    return type("Suite", (CheckConformance,), kept | cases)


def broken(suite: type[CheckConformance]) -> dict[str, str]:
    """The behaviours that a check does not show, and what is said of each."""
    return {
        result.behaviour: result.told for result in run_conformance(suite) if result.mark is Mark.BROKEN
    }


def _blind(subject: Subject) -> Judgement:
    return passed("All is well.")


def _alarmed(subject: Subject) -> Judgement:
    return warned("Somebody should look at this.")


def _curt(subject: Subject) -> Judgement:
    return replace(_no_shouting(subject), reason="bad")


def _inventing(subject: Subject) -> Judgement:
    found = _no_shouting(subject)
    return replace(found, evidence=(Evidence(quote="You never wrote this"),)) if found.evidence else found


def _quoting_nothing(subject: Subject) -> Judgement:
    return replace(_no_shouting(subject), evidence=(Evidence(quote=" "),))


_dice = random.Random(7)
_calls = count()


def _guessing(subject: Subject) -> Judgement:
    return replace(_no_shouting(subject), reason=f"I am {_dice.random():.9f} sure of that.")


def _counting(subject: Subject) -> Judgement:
    return replace(_no_shouting(subject), reason=f"This is answer {next(_calls)} of today.")


def _changing(subject: Subject) -> Judgement:
    subject.case.inputs["seen"] = "yes"
    return _no_shouting(subject)


def _fragile(subject: Subject) -> Judgement:
    subject.text.encode("latin-1", errors="strict") if "水" in subject.text else None
    return _no_shouting(subject)


def _hasty(subject: Subject) -> Judgement:
    return _no_shouting(subject) if subject.text[0] else passed("It is empty.")


def _wanting_structure(subject: Subject) -> Judgement:
    assert (
        subject.artifact is not None
        or _shouting(subject)
        or "late" in subject.text
        or "NASA" in subject.text
    )
    return _no_shouting(subject)


def _sure_of_the_type(subject: Subject) -> Judgement:
    if subject.artifact is not None and subject.artifact.heading.startswith("one"):  # type: ignore[attr-defined]  # that is the mistake
        raise AttributeError("heading")
    return _no_shouting(subject)


def _backtracking(subject: Subject) -> Judgement:
    re.search(r"^(\w+\s?)*$", subject.text)
    return _no_shouting(subject)


def _nested_loop(subject: Subject) -> Judgement:
    sum(1 for one in subject.text for other in subject.text if one.lower() == other.upper())
    return _no_shouting(subject)


def _asking(subject: Subject) -> Judgement:
    with suppress(Exception):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    return _no_shouting(subject)


def _plodding(subject: Subject) -> Judgement:
    end = thread_time() + 0.08
    while len(subject.text) > 1000 and thread_time() < end:
        pass
    return _no_shouting(subject)


def _giving_true(subject: Subject) -> Judgement:
    return True  # type: ignore[return-value]  # that is the mistake


def _giving_error(subject: Subject) -> Judgement:
    return Judgement(Outcome.ERROR, "I could not look at it.")


def _without_reason(subject: Subject) -> Judgement:
    return replace(_no_shouting(subject), reason="")


@pytest.mark.parametrize(
    ("run", "behaviour", "words"),
    [
        (_blind, "it_catches_what_it_must", "should catch 'You are LATE AGAIN.'"),
        (_alarmed, "it_leaves_alone_what_it_must", "should leave 'You are late again.' alone"),
        (_curt, "every_reason_is_a_sentence", "no sentence: 'bad'"),
        (_inventing, "what_it_quotes_really_stands_there", "'You never wrote this', which stands nowhere"),
        (_quoting_nothing, "what_it_quotes_really_stands_there", "quotes nothing"),
        (_guessing, "it_judges_the_same_answer_the_same_way", "in two ways"),
        (_counting, "it_judges_the_same_answer_the_same_way", "must not remember"),
        (_changing, "it_changes_nothing", "changed what it was shown"),
        (_fragile, "it_bears_odd_texts", "UnicodeEncodeError on Chinese"),
        (_hasty, "it_bears_odd_texts", "IndexError on an empty text"),
        (_wanting_structure, "it_bears_plain_text", "AssertionError on an empty text"),
        (
            _sure_of_the_type,
            "it_bears_an_artifact_that_it_has_never_seen",
            "AttributeError on control characters",
        ),
        (_backtracking, "it_ends_on_very_long_texts", "characters of"),
        (_nested_loop, "it_ends_on_very_long_texts", "a loop inside a loop"),
        (_plodding, "it_is_quick_if_it_says_so", "It says that it is quick, but computed for"),
        (_backtracking, "it_is_quick_if_it_says_so", "Leave is_quick out"),
        (_asking, "it_asks_no_network", "tried to reach 192.0.2.1"),
        (_giving_true, "it_catches_what_it_must", "gave a bool"),
        (_giving_error, "it_catches_what_it_must", "is for us to say"),
        (_without_reason, "it_catches_what_it_must", "without a reason"),
    ],
)
def test_a_check_that_breaks_a_promise_is_found_out(run, behaviour: str, words: str) -> None:
    """By the behaviour that is about this promise, in words that help its author."""
    suite = suite_of(replace(HONEST, run=run))

    with pytest.raises(BrokenPromiseError, match=re.escape(words)):
        getattr(suite(), f"test_{behaviour}")()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "No Shouting"}, "small letters"),
        ({"version": "1"}, "like 1.0.0"),
        ({"version": "1.0.0.0"}, "like 1.0.0"),
        ({"title": ""}, "nothing under title"),
        ({"source": " "}, "nothing under source"),
        ({"limits": ""}, "nothing under limits"),
        ({"mend": "reword"}, "under mend is no sentence"),
    ],
)
def test_a_check_that_does_not_explain_itself_is_found_out(changes: dict[str, str], words: str) -> None:
    """People have to trust it, and so have to read what it does."""
    told = broken(suite_of(replace(HONEST, **changes)))

    assert list(told) == ["it_says_what_people_need_in_order_to_trust_it"]
    assert words in told["it_says_what_people_need_in_order_to_trust_it"]


@pytest.mark.parametrize(
    ("changes", "cases", "words"),
    [
        ({}, {"catches": []}, "at least one case in `catches`"),
        ({}, {"leaves_alone": []}, "at least one case in `leaves_alone`"),
        ({"needs_artifact": True}, {}, "is plain text"),
        ({"artifacts": ("quiz",)}, {}, "never be asked"),
    ],
)
def test_cases_that_show_nothing_are_an_error(changes, cases, words: str) -> None:
    """A suite without cases, or with such as the check never sees, would pass for no reason."""
    told = broken(suite_of(replace(HONEST, **changes), **cases))

    assert words in told["there_are_cases_for_both_sides"]


def test_what_a_check_does_not_claim_is_not_asked() -> None:
    """A check of one type that needs its structure is not tried with others."""
    check = replace(HONEST, artifacts=("kit_note",), needs_artifact=True)
    cases = {"check": check, "catches": [CheckCase(LOUD)], "leaves_alone": [CheckCase(NOTE)]}
    marks = {
        result.behaviour: result.mark
        for result in run_conformance(type("Suite", (CheckConformance,), cases))
    }

    assert Mark.BROKEN not in marks.values()
    assert marks["it_bears_plain_text"] is Mark.NOT_DECLARED
    assert marks["it_bears_an_artifact_that_it_has_never_seen"] is Mark.NOT_DECLARED


def test_a_case_becomes_what_a_check_looks_at() -> None:
    """With the grade among the inputs, and what the case expects."""
    case = CheckCase("Hello.", inputs={"student_work": "I ran."}, grade=4, must=["run"], must_not=["ran"])

    subject = case.subject

    assert (subject.text, subject.audience.grade) == ("Hello.", "4")
    assert (subject.input_text("student_work"), subject.case.must, subject.case.must_not) == (
        "I ran.",
        ("run",),
        ("ran",),
    )
    assert CheckCase(NOTE).subject.artifact == NOTE


@pytest.mark.parametrize(
    ("where", "is_kept"),
    [("heading", True), ("points[1]", True), ("points[0]", False), ("points[7]", False), ("", False)],
)
def test_evidence_may_name_a_place_where_nothing_stands(where: str, is_kept: bool) -> None:
    """What is missing cannot be quoted; but it really has to be missing there."""
    bare = Note(heading="\u200b", points=("Bring a ruler.", " "))
    check = replace(
        HONEST, run=lambda _: failed("Something is missing here.", Evidence(quote="(empty)", where=where))
    )
    suite = suite_of(check, catches=[CheckCase(bare)], leaves_alone=[])()

    if is_kept:
        suite.test_what_it_quotes_really_stands_there()
    else:
        with pytest.raises(BrokenPromiseError, match="name its place"):
            suite.test_what_it_quotes_really_stands_there()
