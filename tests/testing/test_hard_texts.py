"""Hard texts: what grows too fast is stopped early, and what raises is told with the text."""

import re

import pytest

from sandbox.testing.conformance import BrokenPromiseError
from sandbox.testing.hard_texts import (
    LONGEST,
    ODD_TEXTS,
    expect_no_crash,
    expect_no_endless_work,
    long_texts,
)


def test_work_that_grows_as_the_text_does_is_fine() -> None:
    """Every long text is looked at, up to the longest."""
    lengths: list[int] = []

    expect_no_endless_work(lambda text: lengths.append(len(text.split())) or len(text), long_texts())

    seen = [len(make(LONGEST)) for _, make in long_texts()]
    assert len(lengths) > 20 * len(seen)
    assert set(seen) == {LONGEST + 1}


def test_work_that_doubles_with_each_letter_is_stopped_after_a_few() -> None:
    """On a long text it would outlast the sun."""
    longest = 0

    def look(text: str) -> None:
        nonlocal longest
        longest = max(longest, len(text))
        re.search(r"^(a+)+$", text)

    with pytest.raises(BrokenPromiseError, match="characters of one word"):
        expect_no_endless_work(look, [each for each in long_texts() if each[0] == "one word"])

    assert longest < 60


def test_own_texts_are_repeated() -> None:
    """What the code looks at closely is where it may be slow."""
    made = dict(long_texts(["3 + 4 = 7", "  "]))

    (name,) = [name for name in made if "3 + 4" in name]
    assert made[name](25) == "3 + 4 = 7 3 + 4 = 7 3 + 4!"


def test_a_crash_is_told_with_the_text_it_came_from() -> None:
    """Whoever reads it can try that text alone."""
    with pytest.raises(BrokenPromiseError, match=r"'mine' raised ZeroDivisionError on emoji: division"):
        expect_no_crash(lambda text: 1 / (ODD_TEXTS["emoji"] != text), "'mine'")


def test_even_an_exit_is_a_crash() -> None:
    """Nothing that is tried may end the one who tries it."""

    def look(_: str) -> None:
        raise SystemExit(3)

    with pytest.raises(BrokenPromiseError, match="SystemExit"):
        expect_no_crash(look, "'mine'")
