"""The cases of the bundled suites for quizzes, rubrics and leveled texts fill their prompts."""

from pathlib import Path

import pytest

from sandbox.domain.trial import Case
from sandbox.evaluation.suite import LoadedSuite, load_suite
from sandbox.pipeline.prompting import PromptRenderer

SUITES = {name: load_suite(name, home=Path("nowhere")) for name in ("leveled_text", "quiz", "rubric")}
CASES = [
    pytest.param(loaded, case, id=f"{name}-{case.id}")
    for name, loaded in SUITES.items()
    for case in loaded.cases
]
CLOSING_TAGS = {
    "leveled_text": ("source_text", "g5-closing-tag"),
    "quiz": ("taught", "g10-injected-student-text"),
}


@pytest.mark.parametrize(("loaded", "case"), CASES)
def test_what_the_teacher_gave_reaches_the_model(loaded: LoadedSuite, case: Case) -> None:
    """Each line of each text input stands in the request, and nothing that was not given shows as None."""
    system, user = PromptRenderer(loaded.prompt).render(case.inputs).messages
    values = [value for name, value in case.inputs.items() if name != "grade" and isinstance(value, str)]
    given = [line.strip() for value in values for line in value.splitlines() if "</" not in line]

    assert [line for line in given if line not in system.content + user.content] == []
    assert "None" not in user.content


@pytest.mark.parametrize("name", CLOSING_TAGS)
def test_a_text_cannot_close_the_tags_around_it(name: str) -> None:
    """What it says after a closing tag of its own still stands between the tags."""
    tag, case_id = CLOSING_TAGS[name]
    loaded = SUITES[name]
    (case,) = (case for case in loaded.cases if case.id == case_id)
    user = PromptRenderer(loaded.prompt).render(case.inputs).messages[1].content
    planted = next(phrase for phrase in case.must_not if phrase in user)

    assert user.count(f"</{tag}>") == 1
    assert user.index(planted) < user.index(f"</{tag}>")
