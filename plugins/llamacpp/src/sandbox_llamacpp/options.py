"""What `sandbox.toml` may say under `[providers.llamacpp]`."""

import os

from pydantic import Field

from sandbox.contracts.options import read_options
from sandbox.contracts.provider import Options
from sandbox.domain.record import Record
from sandbox.errors import InputError
from sandbox_llamacpp.known_weights import PROVIDER_NAME

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
    memory_check: bool = True
    """Whether a model that seems too large for the free memory is refused before it is loaded."""


def llamacpp_options(options: Options) -> LlamaCppOptions:
    """The options, with the number of threads that the environment asks for, if it does.

    Raises:
        InputError: an option is unknown, or an option or the variable has a value that it cannot have.
    """
    known = read_options(PROVIDER_NAME, options, LlamaCppOptions)
    threads = os.environ.get(THREADS_VARIABLE, "").strip()
    if not threads:
        return known
    if not threads.isdecimal() or int(threads) < 1:
        raise InputError(
            f"The variable {THREADS_VARIABLE} is '{threads}': write a number of threads, such as 1."
        )
    return known.model_copy(update={"threads": int(threads)})
