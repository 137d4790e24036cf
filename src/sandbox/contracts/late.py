"""Late: what is imported or compiled at its first use, because plugins are loaded for every command."""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any, cast


def late(address: str) -> Callable[..., Any]:
    """The function at `package.module:name`, imported when it is first called."""
    module, _, name = address.partition(":")

    def call(*arguments: object, **named: object) -> object:
        return getattr(import_module(module), name)(*arguments, **named)

    return call


def late_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The regular expression, compiled when it is first used: a long one takes milliseconds."""
    return cast("re.Pattern[str]", _LatePattern(pattern, flags))


class _LatePattern:
    """Fetches each method of the pattern once, so that calling it costs what it would otherwise."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._written = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._written), name)  # which the module keeps compiled
        setattr(self, name, found)
        return found
