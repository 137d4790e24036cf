"""What teachers read of an artifact: all of it, and in words."""

import pytest

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.bundled.artifacts.lesson_plan import LessonPlan
from sandbox.domain.artifact import Artifact
from tests.examples import FEEDBACK, LESSON_PLAN

WHOLE = [LessonPlan.model_validate(LESSON_PLAN), Feedback.model_validate(FEEDBACK)]


def words(value: object) -> list[str]:
    """Every text in a JSON value."""
    if isinstance(value, dict):
        return [word for held in value.values() for word in words(held)]
    if isinstance(value, list):
        return [word for held in value for word in words(held)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("artifact", WHOLE, ids=lambda artifact: artifact.type_name)
def test_nothing_that_the_model_wrote_is_left_out(artifact: Artifact) -> None:
    """Every text of every field stands in the plain text."""
    text = artifact.text(width=None)

    assert [word for word in words(artifact.model_dump(mode="json")) if word not in text] == []


@pytest.mark.parametrize("artifact", WHOLE, ids=lambda artifact: artifact.type_name)
def test_plain_text_fits_a_terminal(artifact: Artifact) -> None:
    """No line is longer than 79 columns."""
    assert max(map(len, artifact.text().splitlines())) <= 79


@pytest.mark.parametrize("artifact", WHOLE, ids=lambda artifact: artifact.type_name)
def test_an_artifact_comes_back_from_its_json(artifact: Artifact) -> None:
    """As it was."""
    assert type(artifact).parse(artifact.model_dump_json()) == artifact


def test_markdown_and_html_escape_what_they_would_take_for_markup() -> None:
    """A student's asterisks and brackets stay what they are."""
    feedback = Feedback.model_validate(FEEDBACK | {"question": "Is <b>2</b> * 3 | 4 [x](y) right?"})

    assert r"Is \<b\>2\</b\> \* 3 \| 4 \[x\](y) right?" in feedback.markdown()
    assert "Is &lt;b&gt;2&lt;/b&gt; * 3 | 4 [x](y) right?" in feedback._repr_html_()
