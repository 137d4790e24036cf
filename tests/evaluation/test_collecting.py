"""Garbage is collected less often for a while, and then as often as before."""

import gc
from collections.abc import Iterator

import pytest

from sandbox.evaluation.collecting import collecting_seldom


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    """Python's own setting, before and after."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


def test_it_is_seldom_inside_and_as_before_afterwards() -> None:
    """Also if the block raises."""
    inside: list[tuple[int, int, int]] = []

    def fail() -> None:
        with collecting_seldom():
            inside.append(gc.get_threshold())
            raise ValueError("a fault")

    with pytest.raises(ValueError, match="a fault"):
        fail()

    assert inside == [(50_000, 10, 10)]
    assert gc.get_threshold() == (700, 10, 10)


@pytest.mark.parametrize("chosen", [0, 100_000])
def test_what_somebody_chose_stays(chosen: int) -> None:
    """Nothing is collected, or even less often."""
    gc.set_threshold(chosen, 10, 10)

    with collecting_seldom():
        assert gc.get_threshold() == (chosen, 10, 10)
    assert gc.get_threshold() == (chosen, 10, 10)


def test_two_that_overlap_leave_nothing_behind() -> None:
    """Two evaluations in two threads, the first of which ends first."""
    first, second = collecting_seldom(), collecting_seldom()
    first.__enter__()
    second.__enter__()

    first.__exit__(None, None, None)
    second.__exit__(None, None, None)

    assert gc.get_threshold() == (700, 10, 10)
