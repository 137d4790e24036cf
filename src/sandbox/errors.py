"""What can go wrong, in one tree.

SandboxError                 everything below; its text is meant for people
├── InputError               what the user gave: a name, a value, a file
│   ├── UnknownNameError     a name nothing answers to, with the nearest ones
│   ├── InvalidInputsError   inputs of a prompt, all of them at once, by field
│   ├── FileError            a file that cannot be read as what it should be: file, line, column
│   ├── TemplateError        a prompt template that does not render
│   └── BusyError            an evaluation that another process is at
├── PluginError              a plugin that does not keep its contract
│   └── PluginClashError     two plugins that claim one name
├── StoreError               records that cannot be read or written, perhaps only now
├── StoppedError             a target that is not asked any more
│   ├── OutOfBudgetError     the next call might pass a cap
│   └── OutageError          the service has not answered for too long
└── ProviderError            a model that could not be asked, or did not answer; eleven kinds

What a model, a plugin or a check does wrong during a trial is data in the trial and is not raised.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

__all__ = [
    "FAULTS",
    "BusyError",
    "ErrorKind",
    "FileError",
    "InputError",
    "InvalidInputsError",
    "OutOfBudgetError",
    "OutageError",
    "PluginClashError",
    "PluginError",
    "ProviderError",
    "SandboxError",
    "StoppedError",
    "StoreError",
    "TemplateError",
    "UnknownNameError",
]


FAULTS = (Exception, SystemExit)
"""What a stranger's code may raise where it should not: `sys.exit` is no reason for us to end."""


class SandboxError(Exception):
    """Anything that `sandbox` raises on purpose; its text says what was wrong, where, and what next."""


class InputError(SandboxError):
    """What the user gave cannot be used."""


class UnknownNameError(InputError):
    """A name that nothing answers to."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(sorted(known))
        self.nearest = tuple(get_close_matches(name, self.known, n=3, cutoff=0.5))
        super().__init__(f"Unknown {what} '{name}'. {self._advice()}")

    def _advice(self) -> str:
        if self.nearest:
            return "Did you mean " + " or ".join(f"'{near}'" for near in self.nearest) + "?"
        if not self.known:
            return "There are none here."
        shown = ", ".join(self.known[:12])
        return f"Known: {shown}{', ...' if len(self.known) > 12 else ''}."


class InvalidInputsError(InputError):
    """Inputs that a prompt cannot use: `problems` says what is wrong with each, by field."""

    def __init__(self, prompt: str, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        lines = "".join(f"\n  {field}: {problem}" for field, problem in self.problems.items())
        super().__init__(
            f"The prompt '{prompt}' cannot use these inputs:{lines}\n"
            f"'sandbox prompts show {prompt}' lists what it takes."
        )


class FileError(InputError):
    """A file that cannot be read as what it should be; in a spreadsheet a line is called a row."""

    def __init__(
        self,
        path: Path | str,
        problem: str,
        *,
        line: int | None = None,
        column: int | None = None,
        line_word: str = "line",
    ) -> None:
        self.path, self.line, self.column = Path(path), line, column
        place = str(path)
        if line is not None:
            place += f", {line_word} {line}"
        if column is not None:
            place += f", column {column}"
        super().__init__(f"{place}: {problem}")


class TemplateError(InputError):
    """A prompt template that does not render."""


class BusyError(InputError):
    """An evaluation that another process is at: two would pay for the same trials."""


class StoreError(SandboxError):
    """Records that cannot be read or written: `is_passing` if that may be over in a moment."""

    def __init__(self, message: str, *, is_passing: bool = False) -> None:
        self.is_passing = is_passing
        super().__init__(message)


class StoppedError(SandboxError):
    """A target that is not asked any more; what was answered is on record, and can be gone on with."""


class OutOfBudgetError(StoppedError):
    """The next call might pass a cap, and nothing is under way that could leave room for it."""


class OutageError(StoppedError):
    """The service has not answered for too long, or asks for a pause that is too long."""


class PluginError(SandboxError):
    """A plugin that does not keep its contract."""


class PluginClashError(PluginError):
    """Two plugins that claim one name."""


class ErrorKind(StrEnum):
    """Why a provider gave no answer."""

    RATE_LIMIT = "rate_limit"
    TRANSIENT = "transient"
    TIMEOUT = "timeout"
    BAD_RESPONSE = "bad_response"
    AUTHENTICATION = "authentication"
    QUOTA = "quota"
    CONTENT_FILTER = "content_filter"
    CONTEXT_LENGTH = "context_length"
    INVALID_REQUEST = "invalid_request"
    UNKNOWN_MODEL = "unknown_model"
    UNAVAILABLE = "unavailable"

    @property
    def is_retryable(self) -> bool:
        """Whether the same request may succeed a moment later."""
        return self in {
            ErrorKind.RATE_LIMIT,
            ErrorKind.TRANSIENT,
            ErrorKind.TIMEOUT,
            ErrorKind.BAD_RESPONSE,
        }

    @property
    def is_fatal(self) -> bool:
        """Whether every other request to this model must fail in the same way."""
        return self in {
            ErrorKind.AUTHENTICATION,
            ErrorKind.QUOTA,
            ErrorKind.UNKNOWN_MODEL,
            ErrorKind.UNAVAILABLE,
        }


class ProviderError(SandboxError):
    """A model that could not be asked, or that did not answer.

    A provider makes one attempt and raises this with the kind; retrying is the pipeline's work.
    `retry_after_seconds` is what the service asked for. `status` is the HTTP status, if there was one.
    """

    def __init__(
        self,
        kind: ErrorKind,
        message: str,
        *,
        status: int | None = None,
        retry_after_seconds: float | None = None,
        request_id: str | None = None,
    ) -> None:
        self.kind = ErrorKind(kind)
        self.status = status
        self.retry_after_seconds = retry_after_seconds
        self.request_id = request_id
        super().__init__(message)
