"""`assert_passes`: a test fails unless a check passed, and says why it did not."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.app import Sandbox
from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.domain.finding import Evidence, Finding, Outcome
from sandbox.domain.trial import Trial, TrialStatus
from sandbox.errors import UnknownNameError
from sandbox.testing.asserting import assert_passes
from tests.examples import FEEDBACK

pytest_plugins = ["pytester"]

INPUTS = {"grade": "4", "subject": "Mathematics", "task": "Add 3/8 + 2/8."}
WORK = "I added the tops 3 + 2 = 5 and the bottoms 8 + 8 = 16"


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """A good answer, and what every check says of it."""
    answers = {"scripted": ScriptedProvider([json.dumps(FEEDBACK)])}
    with Sandbox(tmp_path_factory.mktemp("home"), plugins=[], providers=answers) as sandbox:
        yield sandbox.run("feedback", model="scripted/any", student_work=WORK, **INPUTS)


def finding(outcome: Outcome, check: str = "kind_words", *quotes: str) -> Finding:
    """What a check said."""
    evidence = tuple(Evidence(quote=quote, where="next_steps[0].quote") for quote in quotes)
    return Finding(check=check, version="1.0.0", outcome=outcome, reason="It says so.", evidence=evidence)


def with_findings(trial: Trial, *findings: Finding) -> Trial:
    """The trial as if these had been its findings."""
    return trial.model_copy(update={"findings": findings})


def test_a_good_answer_passes(trial: Trial) -> None:
    """One check by name, or all that apply."""
    assert_passes(trial, "sections_present", "quotes_student_work")
    assert_passes(trial)


def test_a_warning_passes(trial: Trial) -> None:
    """As it does in a suite."""
    assert_passes(with_findings(trial, finding(Outcome.WARN)), "kind_words")


def test_a_failure_says_which_check_and_why_and_where(trial: Trial) -> None:
    """Evidence is quoted in part, so that the reason stays in sight."""
    failed = with_findings(
        trial,
        finding(Outcome.PASS, "polite"),
        finding(Outcome.FAIL, "kind_words", "too late " * 40, "again", "and again"),
    )

    with pytest.raises(AssertionError) as caught:
        assert_passes(failed)

    lines = str(caught.value).splitlines()
    assert lines[0].endswith("scripted/any, case run: 1 of 2 checks did not pass.")
    assert lines[1] == "✗ failed: kind_words 1.0.0. It says so."
    assert lines[2].endswith("...” (next steps 1 › quote)")
    assert len(lines[2]) < 140
    assert lines[4] == "    and 1 more"


@pytest.mark.parametrize("outcome", [Outcome.FAIL, Outcome.ERROR, Outcome.NOT_APPLICABLE])
def test_only_a_pass_is_a_pass(trial: Trial, outcome: Outcome) -> None:
    """A check that could not be made, or has nothing to say, shows nothing."""
    with pytest.raises(AssertionError, match="kind_words"):
        assert_passes(with_findings(trial, finding(outcome)), "kind_words")


def test_an_answer_that_nothing_looked_at_does_not_pass(trial: Trial) -> None:
    """Neither without checks, nor where none applies."""
    for findings in ((), (finding(Outcome.NOT_APPLICABLE),)):
        with pytest.raises(AssertionError, match="no check applies"):
            assert_passes(with_findings(trial, *findings))


@pytest.mark.parametrize("status", [TrialStatus.FAILED, TrialStatus.UNPARSED, TrialStatus.REFUSED])
def test_without_an_answer_nothing_passes(trial: Trial, status: TrialStatus) -> None:
    """The problem is told."""
    silent = trial.model_copy(update={"status": status, "problem": "The key is wrong."})

    with pytest.raises(AssertionError, match=f"{status}.*The key is wrong"):
        assert_passes(silent, "sections_present")


def test_a_misspelt_check_is_no_pass(trial: Trial) -> None:
    """The near names are told."""
    with pytest.raises(UnknownNameError, match="sections_present"):
        assert_passes(trial, "section_present")


def test_the_line_of_the_test_is_shown_and_not_ours(pytester: pytest.Pytester, trial: Trial) -> None:
    """Our own code would only stand in the way."""
    (Path(pytester.path) / "trial.json").write_text(
        trial.model_copy(update={"findings": ()}).model_dump_json(exclude={"artifact"}), encoding="utf-8"
    )
    pytester.makepyfile(
        "from pathlib import Path\n"
        "from sandbox.domain.trial import Trial\n"
        "from sandbox.testing.asserting import assert_passes\n"
        "def test_it():\n"
        "    assert_passes(Trial.model_validate_json(Path('trial.json').read_bytes()))\n"
    )

    done = pytester.runpytest_inprocess("-p", "no:cacheprovider")

    done.stdout.fnmatch_lines([">   *assert_passes(*", "E   *no check applies*"])
    assert "__tracebackhide__" not in done.stdout.str()
