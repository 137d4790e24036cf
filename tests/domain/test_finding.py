"""Findings: where evidence stands, in words."""

import pytest

from sandbox.domain.finding import place_in_words


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("segments[2].minutes", "segments 3 › minutes"),
        ("teacher_note", "teacher note"),
        ("the second paragraph", "the second paragraph"),
    ],
)
def test_a_place_in_words(where: str, words: str) -> None:
    """People count from one."""
    assert place_in_words(where) == words
