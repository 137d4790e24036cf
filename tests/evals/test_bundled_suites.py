"""The suites that `sandbox` brings along are sound, and say the truth about themselves."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sandbox.bundled import plugin
from sandbox.domain.audience import grade_number
from sandbox.domain.prompt import PromptCard
from sandbox.domain.trial import Case
from sandbox.evaluation.measured import measured
from sandbox.evaluation.statistics import wilson_interval
from sandbox.pipeline.prompting import read_inputs

ROOT = Path(__file__).resolve().parents[2]
BANDS = {"k-2": range(3), "3-5": range(3, 6), "6-8": range(6, 9), "9-12": range(9, 13)}
FIELDS = {"mathematics", "language-arts", "science", "social-studies", "arts-pe-computing"}
CHECKS = {
    "feedback": {
        "sections_present",
        "quotes_student_work",
        "answer_not_given_away",
        "praises_the_work",
        "reading_level_fits",
        "no_invented_links",
        "arithmetic_correct",
        "must_say",
        "must_not_say",
    },
    "lesson_plan": {
        "sections_present",
        "minutes_add_up",
        "objective_measurable",
        "formative_checks",
        "no_invented_links",
        "arithmetic_correct",
        "must_say",
        "must_not_say",
    },
    "accommodations": {
        "must_say",
        "must_not_say",
        "needs_human_approval",
        "no_diagnosis",
        "no_eligibility_language",
        "no_invented_links",
    },
    "decision_brief": {
        "must_say",
        "must_not_say",
        "no_invented_links",
    },
    "differentiation": {
        "no_diagnosis",
        "no_eligibility_language",
        "must_say",
        "must_not_say",
        "no_invented_links",
    },
    "family_message": {
        "contact_is_placeholder",
        "no_other_student",
        "reading_level_fits",
        "must_say",
        "must_not_say",
        "no_invented_links",
    },
    "leveled_text": {
        "must_say",
        "must_not_say",
        "questions_from_the_text",
        "no_invented_links",
    },
    "quiz": {
        "must_say",
        "must_not_say",
        "arithmetic_correct",
        "no_invented_links",
    },
    "rubric": {
        "must_say",
        "must_not_say",
        "rubric_levels_agree",
        "rubric_levels_differ",
        "weights_add_up",
        "no_invented_links",
    },
    "tutor_turn": {
        "praises_the_work",
        "reading_level_fits",
        "must_say",
        "must_not_say",
        "no_invented_links",
        "answer_not_given_away",
    },
}
"""What the gate of each suite rests on."""
SUITES = tuple(sorted(CHECKS))


def read(path: str) -> Any:  # YAML holds whatever it holds
    """What a YAML file of the project holds."""
    return YAML(typ="safe").load((ROOT / path).read_text(encoding="utf-8"))


def cases_of(suite: str) -> list[Case]:
    """The cases of a suite, in their order."""
    return [Case.model_validate(each) for each in read(f"evals/{suite}/cases.yaml")]


def text_of(case: Case) -> str:
    """All that the case's inputs say."""
    values = case.inputs.values()
    return "\n".join("\n".join(value) if isinstance(value, tuple) else str(value) for value in values)


def holds(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase, however it is spaced and capitalized, and not inside a longer word."""
    letters = r"\s*".join(re.escape(letter) for letter in phrase if not letter.isspace())
    return re.search(rf"(?<!\w){letters}(?!\w)", text, flags=re.IGNORECASE) is not None


ABOUT_STUDENTS = tuple(suite for suite in SUITES if suite != "decision_brief")
"""A decision brief is for leaders, and about no grade."""
CASES = [
    pytest.param(case, id=f"{suite}-{case.id}") for suite in ABOUT_STUDENTS for case in cases_of(suite)
]
FEEDBACK_CASES = [pytest.param(case, id=case.id) for case in cases_of("feedback")]


@pytest.mark.parametrize("suite", SUITES)
def test_each_case_has_an_id_of_its_own(suite: str) -> None:
    """Findings are told apart by the case's id, which is short words joined by hyphens."""
    ids = [case.id for case in cases_of(suite)]

    assert len(set(ids)) == len(ids)
    assert [each for each in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each)] == []


@pytest.mark.parametrize("suite", SUITES)
def test_each_case_fits_the_prompt(suite: str) -> None:
    """Every input is one that the card knows, and is within its limits."""
    card = PromptCard.model_validate(read(f"prompts/{suite}/card.yaml"))
    for case in cases_of(suite):
        inputs = read_inputs(card, case.inputs)

        assert set(case.inputs) <= set(inputs)


@pytest.mark.parametrize("case", CASES)
def test_tags_agree_with_the_inputs(case: Case) -> None:
    """A case has the band of its grade, one field, and the tag of its language."""
    assert case.audience.grade is not None
    number = grade_number(case.audience.grade)

    assert [tag for tag in case.tags if tag in BANDS] == [
        b for b, grades in BANDS.items() if number in grades
    ]
    assert len(FIELDS & set(case.tags)) == 1
    assert ("spanish" in case.tags) == (case.audience.language == "es")
    assert case.note


@pytest.mark.parametrize("case", CASES)
def test_names_on_the_roster_occur_in_the_inputs(case: Case) -> None:
    """A roster whose names occur nowhere would exercise no guard."""
    assert [name for name in case.roster if name not in text_of(case)] == []


@pytest.mark.parametrize("case", FEEDBACK_CASES)
def test_quoting_the_inputs_gives_nothing_away(case: Case) -> None:
    """Neither task nor work holds the answer, or a forbidden phrase that is not personal data."""
    text = text_of(case)
    personal_data = case.must_not if "personal-data" in case.tags else ()

    assert [key for key in case.answer_key if holds(text, key)] == []
    assert [phrase for phrase in case.must_not if holds(text, phrase)] == list(personal_data)


def test_mathematics_without_an_answer_key_is_right_already() -> None:
    """Feedback on a wrong result is checked for giving the right one away."""
    keyless = [c for c in cases_of("feedback") if "mathematics" in c.tags and not c.answer_key]

    assert [case.id for case in keyless if "very-good" not in case.tags] == []


@pytest.mark.parametrize("suite", SUITES)
def test_the_readme_counts_the_cases_as_they_are(suite: str) -> None:
    """The table in the README is what the tags come to."""
    cases = cases_of(suite)
    readme = (ROOT / "evals" / suite / "README.md").read_text(encoding="utf-8")
    told = {tag: int(n) for tag, n in re.findall(r"^\| ([\w-]+) \| (\d+) \|$", readme, re.MULTILINE)}

    assert told == {"all": len(cases)} | Counter(tag for case in cases for tag in case.tags)


@pytest.mark.parametrize("suite", SUITES)
def test_the_gate_names_every_check_once(suite: str) -> None:
    """Each of them has a rate or allows no failure, and no other is named."""
    settings = read(f"evals/{suite}/suite.yaml")
    gate = settings["gate"]

    assert [settings["name"], settings["prompt"], settings["cases"]] == [suite, suite, "cases.yaml"]
    assert set(gate) == {"minimum_cases", "answered", "rates", "no_failures"}
    assert sorted([*gate["rates"], *gate["no_failures"]]) == sorted(CHECKS[suite])


@pytest.mark.parametrize("suite", SUITES)
def test_a_faultless_target_can_pass_the_gate(suite: str) -> None:
    """No rate lies above the lower end of the interval that all passes give."""
    cases, gate = cases_of(suite), read(f"evals/{suite}/suite.yaml")["gate"]
    counts = {
        "must_say": sum(bool(case.must) for case in cases),
        "must_not_say": sum(bool(case.must_not) for case in cases),
    }
    required = {"answered": gate["answered"], **gate["rates"]}
    ceilings = {
        name: wilson_interval(n, n).low for name in required for n in [counts.get(name, len(cases))]
    }

    assert len(cases) >= gate["minimum_cases"]
    assert [name for name, rate in required.items() if not 0 < rate <= ceilings[name]] == []


HELD = {
    "accommodations": {"needs_human_approval", "no_diagnosis", "no_eligibility_language"},
    "differentiation": {"no_diagnosis", "no_eligibility_language"},
    "family_message": {"contact_is_placeholder", "no_other_student"},
}
"""What these suites must not be adopted without, and what no check of ours finds surely enough yet."""


@pytest.mark.parametrize("suite", SUITES)
def test_a_gate_rests_on_checks_that_may_gate(suite: str) -> None:
    """But for those where a student could come to harm: they hold until such a check is good enough."""
    checks = {check.name: check for check in plugin.sandbox_checks()}
    idle = {name for name in CHECKS[suite] if not measured(checks[name]).standing.may_gate}

    assert idle == HELD.get(suite, set())
