"""Checking: every check gives a finding, and a broken one never gives a pass."""

import pytest

from sandbox.contracts.check import Check, Judgement, Subject, passed
from sandbox.domain.finding import Outcome
from sandbox.domain.trial import Case
from sandbox.pipeline.inspecting import checks_digest, inspect_answer, no_answer

SUBJECT = Subject("Hello", Case(id="a"))


def check(run, *, name: str = "kind", version: str = "1", needs_artifact: bool = False) -> Check:
    """A check that does this."""
    words = dict.fromkeys(("title", "why", "how", "mend", "source"), "-")
    return Check(name=name, version=version, run=run, needs_artifact=needs_artifact, **words)


def crash(subject: Subject) -> Judgement:
    """What a careless author writes."""
    raise ValueError(subject.text)


def test_a_crashing_check_is_an_error_without_its_words() -> None:
    """Never a pass, never a crash, and no student's words in the reason."""
    (finding,) = inspect_answer([check(crash)], SUBJECT)

    assert (finding.outcome, finding.reason) == (Outcome.ERROR, "The check failed with ValueError.")


def test_a_check_that_says_nothing_is_an_error() -> None:
    """True is no judgement, and neither is a judgement without a reason."""
    findings = inspect_answer(
        [check(lambda _: True), check(lambda _: None), check(lambda _: passed(""))], SUBJECT
    )

    assert [finding.outcome for finding in findings] == [Outcome.ERROR] * 3


@pytest.mark.parametrize(
    "words",
    [
        Judgement(Outcome.PASS, "half a character: \ud83d"),
        Judgement(Outcome.PASS, ["a list"]),  # type: ignore[arg-type]  # what a careless author writes
        Judgement(Outcome.PASS, "fine", None),  # type: ignore[arg-type]  # likewise
        Judgement(["pass"], "fine"),  # type: ignore[arg-type]  # likewise
    ],
)
def test_words_that_cannot_be_kept_are_an_error(words: Judgement) -> None:
    """Each time anew: the second answer is looked at like the first."""
    looks = [inspect_answer([check(lambda _: words)], SUBJECT)[0] for _ in range(2)]

    assert [look.outcome for look in looks] == [Outcome.ERROR] * 2
    assert looks[0].reason == looks[1].reason == "The check gave words that cannot be kept."


def test_a_check_that_needs_structure_is_not_asked_of_plain_text() -> None:
    """It is not applicable, which is no pass."""
    (finding,) = inspect_answer([check(crash, needs_artifact=True)], SUBJECT)

    assert finding.outcome is Outcome.NOT_APPLICABLE


def test_without_an_answer_every_check_is_an_error() -> None:
    """So that the trial stays in the count."""
    findings = no_answer([check(crash), check(crash, name="other")], "It was cut off.")

    assert [finding.outcome for finding in findings] == [Outcome.ERROR] * 2
    assert "cut off" in findings[0].reason


def test_the_digest_follows_checks_and_expectations() -> None:
    """A new version of a check, or another expectation, means looking again."""
    case = Case(id="a", must=("x",))
    digests = {
        checks_digest([check(crash)], case),
        checks_digest([check(crash, version="2")], case),
        checks_digest([check(crash), check(crash, name="b")], case),
        checks_digest([check(crash)], Case(id="a", must=("y",))),
    }

    assert len(digests) == 4
    assert checks_digest([check(crash)], case) == checks_digest([check(passed)], case)
