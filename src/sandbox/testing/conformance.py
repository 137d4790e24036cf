"""Conformance: behaviours that every plugin of a kind shows, each a test that says what it wants.

A suite is a class whose methods `test_...` are behaviours; their docstrings say them to people. pytest runs
a subclass whose name begins with `Test`; `run_conformance` runs it without pytest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from traceback import extract_tb
from typing import Any
from unittest import SkipTest

from sandbox.errors import FAULTS


class BrokenPromiseError(AssertionError):
    """A behaviour is not as it should be; the text says what was expected, what came, and what to do."""


class NotDeclared(SkipTest):
    """The plugin does not claim this behaviour, so it is not held to it."""


def expect(is_kept: bool, broken: str) -> None:
    """Go on if a promise is kept.

    Raises:
        BrokenPromiseError: it is not; `broken` says so to the plugin's author.
    """
    if not is_kept:
        raise BrokenPromiseError(broken)


class Mark(StrEnum):
    """How a behaviour came out."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_DECLARED = "not declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class BehaviourResult:
    """One behaviour of one plugin, tried."""

    behaviour: str
    """Its short name, such as `one_attempt_a_call`."""
    sentence: str
    """What is wanted, for people."""
    mark: Mark
    told: str = ""
    """What was wrong, or why it was not tried."""


def behaviours(suite: type) -> tuple[str, ...]:
    """The names of a suite's tests, in the order in which they are written."""
    names: dict[str, None] = {}
    for each in reversed(suite.__mro__):
        names |= dict.fromkeys(name for name in vars(each) if name.startswith("test_"))
    return tuple(names)


def run_conformance(suite: type) -> Iterator[BehaviourResult]:
    """Try every behaviour of a suite, one after the other, each on a suite of its own."""
    for name in behaviours(suite):
        made: Any = suite()
        yield _tried(made, name)


def _tried(suite: object, name: str) -> BehaviourResult:
    test = getattr(suite, name)
    mark, told = Mark.KEPT, ""
    try:
        test()
    except SkipTest as reason:
        mark, told = Mark.NOT_DECLARED, str(reason)
    except BrokenPromiseError as cause:
        mark, told = Mark.BROKEN, str(cause)
    except FAULTS as cause:
        place = extract_tb(cause.__traceback__)[-1]
        mark, told = Mark.BROKEN, f"{type(cause).__name__}: {cause} (in {place.name}, line {place.lineno})"
    sentence = (test.__doc__ or name).strip().splitlines()[0]
    return BehaviourResult(behaviour=name.removeprefix("test_"), sentence=sentence, mark=mark, told=told)
