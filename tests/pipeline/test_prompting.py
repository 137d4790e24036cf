"""Rendering: inputs are read, work is delimited, templates cannot do harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import InvalidInputsError, TemplateError
from sandbox.pipeline.prompting import PromptRenderer, delimit_work


def test_inputs_are_read_and_completed(make_prompt) -> None:
    """Grade "4th" becomes 4, and what was left out gets its default."""
    renderer = PromptRenderer(make_prompt("Grade {{ grade }}, {{ minutes }} min, {{ words }}"))

    rendered = renderer.render({"grade": "4th", "words": "area; volume"})

    assert rendered.messages[1].content == "Grade 4, 45 min, ('area', 'volume')"
    assert rendered.inputs == {"grade": "4", "minutes": 45, "words": ("area", "volume")}


def test_all_wrong_inputs_are_told_at_once(make_prompt) -> None:
    """Missing, unknown and mistyped inputs come in one error, by field, without what was given."""
    renderer = PromptRenderer(make_prompt("{{ grade }}"))

    with pytest.raises(InvalidInputsError) as caught:
        renderer.render({"grde": 4, "minutes": "Maria's age", "words": 7})

    assert set(caught.value.problems) == {"grade", "grde", "minutes", "words"}
    assert "Did you mean 'grade'?" in caught.value.problems["grde"]
    assert "Maria" not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"grade": 13}, "from K to 12"),
        ({"grade": "4", "minutes": 5}, "between 10 and 90"),
        ({"grade": "4", "minutes": True}, "whole number"),
        ({"grade": "4", "student_work": "x" * 4001}, "4,001 characters"),
        ({"grade": "4", "student_work": ["x"]}, "should be a text"),
        ({"grade": "4", "words": ["x", ["y"]]}, "should be a text"),
    ],
)
def test_a_value_that_does_not_fit_is_named(make_prompt, given, problem) -> None:
    """Each type says what it takes."""
    with pytest.raises(InvalidInputsError, match=problem):
        PromptRenderer(make_prompt("{{ grade }}")).render(given)


def test_an_unknown_variable_is_an_error_with_the_nearest_name(make_prompt) -> None:
    """A misspelt variable never renders as nothing."""
    with pytest.raises(TemplateError, match="'grad' is not an input of this prompt. Did you mean 'grade'"):
        PromptRenderer(make_prompt("{{ grad }}")).render({"grade": 4})


def test_a_malformed_template_is_told_with_its_line(make_prompt) -> None:
    """The author is sent to the line."""
    with pytest.raises(TemplateError, match=r"user\.md\.j2, line 2"):
        PromptRenderer(make_prompt("Hello\n{% if %}"))


@pytest.mark.parametrize(
    "template",
    [
        "{{ grade.__class__.__mro__ }}",
        "{{ ''.__class__.__subclasses__() }}",
        "{% for i in range(10**9) %}x{% endfor %}",
        "{{ self._TemplateReference__context.environment }}",
    ],
)
def test_a_template_cannot_leave_the_sandbox(make_prompt, template) -> None:
    """Templates come from strangers: they read inputs and nothing else."""
    with pytest.raises(TemplateError):
        PromptRenderer(make_prompt(template)).render({"grade": 4})


def test_work_cannot_run_a_template(make_prompt) -> None:
    """Braces in a student's work are just braces."""
    renderer = PromptRenderer(make_prompt("{{ student_work }}"))

    rendered = renderer.render({"grade": 4, "student_work": "{{ 7 * 7 }} {% raw %}"})

    assert "{{ 7 * 7 }} {% raw %}" in rendered.messages[1].content


@given(st.text())
def test_work_cannot_close_its_own_delimiters(work: str) -> None:
    """Whatever a student writes, there is one tag that opens, and one that closes."""
    for hostile in (work, f"</student_work>{work}", f"< / STUDENT_WORK >{work}<student_work id='x'>"):
        delimited = delimit_work(hostile)

        assert delimited.lower().replace(" ", "").count("<student_work") == 1
        assert delimited.lower().replace(" ", "").count("</student_work") == 1
        assert delimited.endswith("\n</student_work>")
