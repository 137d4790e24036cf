"""What `sandbox.toml` may say under `[providers.llamacpp]`."""

import os

from pydantic import Field, ValidationError

from sandbox.contracts.provider import Options
from sandbox.domain.problems import describe_problems
from sandbox.domain.record import Record
from sandbox.errors import InputError

THREADS_VARIABLE = "SANDBOX_LLAMACPP_THREADS"
_MOST_THREADS = 4


def _default_threads() -> int:
    # A thread that has to share its core holds up all others, so half of the cores are left to other work.
    return max(1, min((os.cpu_count() or 1) // 2, _MOST_THREADS))


class LlamaCppOptions(Record):
    """How models are run on this machine."""

    threads: int = Field(default_factory=_default_threads, ge=1)
    context_tokens: int = Field(default=6144, ge=256)
    """For one request: its prompt and its answer together."""
    slots: int = Field(default=1, ge=1)
    """Requests at the same time. More do not make a processor faster; each takes memory."""


def read_options(options: Options) -> LlamaCppOptions:
    """The options, with the number of threads that the environment asks for, if it does.

    Raises:
        InputError: an option is unknown, or has a value that it cannot have.
    """
    given = dict(options)
    if threads := os.environ.get(THREADS_VARIABLE):
        given["threads"] = threads
    try:
        return LlamaCppOptions.model_validate(given)
    except ValidationError as error:
        problems = "; ".join(str(problem) for problem in describe_problems(error, LlamaCppOptions))
        source = f" (the variable {THREADS_VARIABLE} is set to '{threads}')" if threads else ""
        raise InputError(f"[providers.llamacpp] {problems}{source}") from None
