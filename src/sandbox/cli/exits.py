"""Exit codes, and what each error ends with."""

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # `--help` needs the codes and nothing else
    from sandbox.domain.scorecard import Recommendation


class ExitCode(IntEnum):
    """How a command ended, for scripts."""

    ADOPT = 0
    REJECT = 1
    HOLD = 2
    INPUT = 3
    PROVIDER = 4
    FAULT = 70
    """A fault of ours (EX_SOFTWARE in sysexits.h)."""
    INTERRUPTED = 130


def exit_code_of(recommendation: "Recommendation") -> ExitCode:
    """The exit code that says what the evidence advises."""
    return ExitCode[recommendation.name]
