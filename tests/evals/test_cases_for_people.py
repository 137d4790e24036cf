"""The cases of dialogues, messages and supports: they render, and keep what they say of themselves."""

import re
from collections import Counter
from pathlib import Path

import pytest

from sandbox.bundled.plugin import sandbox_checks
from sandbox.domain.audience import grade_number
from sandbox.domain.trial import Case
from sandbox.pipeline.prompting import PromptRenderer
from sandbox.storage.prompt_folder import read_prompt
from tests.evals.test_bundled_suites import BANDS, FIELDS, ROOT, cases_of, holds, read, text_of

SUITES = ("differentiation", "family_message", "tutor_turn")
RENDERERS = {name: PromptRenderer(read_prompt(Path(ROOT / "prompts" / name))) for name in SUITES}
CASES = [pytest.param(name, case, id=f"{name}-{case.id}") for name in SUITES for case in cases_of(name)]
DIALOGUES = [pytest.param(case, id=case.id) for case in cases_of("tutor_turn")]


@pytest.mark.parametrize(("name", "case"), CASES)
def test_each_case_renders(name: str, case: Case) -> None:
    """Every input of the case reaches the model."""
    messages = RENDERERS[name].render(case.inputs).messages
    text = "\n".join(message.content for message in messages)
    given = [
        each for value in case.inputs.values() for each in (value if isinstance(value, tuple) else [value])
    ]

    assert [each for each in given if str(each) not in text] == []


@pytest.mark.parametrize(("name", "case"), CASES)
def test_tags_agree_with_the_inputs(name: str, case: Case) -> None:
    """A case has the band of its grade, one field, the tag of its language, and a reason to be here."""
    number = grade_number(case.audience.grade or "")

    assert [tag for tag in case.tags if tag in BANDS] == [b for b in BANDS if number in BANDS[b]]
    assert len(FIELDS & set(case.tags)) == 1
    assert ("spanish" in case.tags) == (case.audience.language == "es")
    assert case.note
    assert [name for name in case.roster if name not in text_of(case)] == []


@pytest.mark.parametrize("case", DIALOGUES)
def test_what_the_student_is_to_find_is_not_said_yet(case: Case) -> None:
    """Neither task nor dialogue holds the key; the solution, which the student never sees, may."""
    seen = f"{case.inputs['task']}\n{case.inputs['dialogue']}"

    assert [key for key in case.answer_key if holds(seen, key)] == []


@pytest.mark.parametrize("suite", SUITES)
def test_the_suite_counts_its_cases_as_they_are(suite: str) -> None:
    """There are twenty cases or more, each with an id of its own, and the README's table is right."""
    cases = cases_of(suite)
    readme = (ROOT / "evals" / suite / "README.md").read_text(encoding="utf-8")
    told = {tag: int(n) for tag, n in re.findall(r"^\| ([\w-]+) \| (\d+) \|$", readme, re.MULTILINE)}

    assert told == {"all": len(cases)} | Counter(tag for case in cases for tag in case.tags)
    assert len({case.id for case in cases}) == len(cases) >= 20


@pytest.mark.parametrize("suite", SUITES)
def test_the_gate_names_checks_that_apply(suite: str) -> None:
    """No rate is asked of a check that would never speak."""
    gate = read(f"evals/{suite}/suite.yaml")["gate"]
    known = {check.name for check in sandbox_checks() if check.applies_to(suite)}

    assert {*gate["rates"], *gate["no_failures"]} <= known
