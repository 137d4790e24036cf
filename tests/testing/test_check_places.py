"""Where checks run: one that is not the same in another process is found out, and why is said."""

import os
import re
from dataclasses import replace

import pytest

from sandbox.contracts.check import Check, Judgement, Subject, failed, passed
from sandbox.testing.check_conformance import CheckCase, CheckConformance
from sandbox.testing.conformance import BrokenPromiseError, NotDeclared

_here: list[str] = []
"""What this process alone knows while a test runs."""


def _look(subject: Subject) -> Judgement:
    return failed("It shouts.") if subject.text.isupper() else passed("It does not shout.")


def _set_up_here(subject: Subject) -> Judgement:
    return _look(subject) if _here else passed("Nobody told me what to look for.")


def _at_home_only(subject: Subject) -> Judgement:
    if not _here:
        os._exit(3)
    return _look(subject)


def _look_for_ever(subject: Subject) -> Judgement:
    while not _here:
        pass
    return _look(subject)


SLOW = Check(
    name="no_shouting",
    version="1.0.0",
    title="Nothing is shouted",
    why="-",
    how="-",
    mend="-",
    source="-",
    needs_artifact=False,
    timeout_seconds=10,
    run=_look,
)


def suite_of(check: Check) -> CheckConformance:
    """The suite of a check, with a case for each side."""
    cases = {"catches": [CheckCase("LATE AGAIN")], "leaves_alone": [CheckCase("Late again.")]}
    return type("Suite", (CheckConformance,), {"check": check} | cases)()


def test_a_function_at_the_top_of_a_module_is_the_same_everywhere() -> None:
    """It keeps the promise, and is not asked to be quick."""
    suite = suite_of(SLOW)

    suite.test_it_says_the_same_in_a_process_of_its_own()

    with pytest.raises(NotDeclared, match="does not say"):
        suite.test_it_is_quick_if_it_says_so()


def test_a_quick_one_is_not_tried_in_a_process() -> None:
    """There it never runs."""
    with pytest.raises(NotDeclared, match="it is quick"):
        suite_of(replace(SLOW, is_quick=True)).test_it_says_the_same_in_a_process_of_its_own()


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (_set_up_here, "On 'LATE AGAIN' it says fail: It shouts. In a process of its own it says pass"),
        (_at_home_only, "ended with exit status 3. In a process of its own it has to come back"),
    ],
)
def test_a_check_that_lives_off_this_process_is_found_out(run, words: str, monkeypatch) -> None:
    """What was set here is not set there, and what dies there is no help."""
    monkeypatch.setattr(f"{__name__}._here", ["known"])

    with pytest.raises(BrokenPromiseError, match=re.escape(words)):
        suite_of(replace(SLOW, run=run)).test_it_says_the_same_in_a_process_of_its_own()


def test_a_check_that_hangs_is_found_out() -> None:
    """It has its own time limit, and not more."""
    slow = replace(SLOW, run=_look_for_ever, timeout_seconds=0.3)

    with pytest.raises(BrokenPromiseError, match=re.escape("took longer than 0.3 seconds")):
        suite_of(slow).test_it_says_the_same_in_a_process_of_its_own()


def test_a_function_inside_another_is_said_to_run_in_a_thread() -> None:
    """It is allowed, and its author hears what it means."""
    suite = suite_of(replace(SLOW, run=lambda _: passed("It does not shout.")))

    with pytest.raises(NotDeclared, match="a thread, which can be left but not ended"):
        suite.test_it_says_the_same_in_a_process_of_its_own()
