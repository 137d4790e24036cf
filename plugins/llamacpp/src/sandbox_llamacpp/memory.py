"""How much memory a model takes while it runs, about, and how much is free."""

import importlib
from dataclasses import dataclass

from sandbox_llamacpp.model_shape import ModelShape
from sandbox_llamacpp.options import LlamaCppOptions
from sandbox_llamacpp.server import BATCH_TOKENS

_BYTES_OF_A_RATING = 4
_MARGIN = 1.1
"""For what is not counted, and for what other programs will want."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryFit:
    """A need of memory beside what is free."""

    needed_bytes: int
    free_bytes: int

    @property
    def is_enough(self) -> bool:
        """Whether it fits."""
        return self.needed_bytes <= self.free_bytes

    def __str__(self) -> str:
        word = "fits" if self.is_enough else "does not fit"
        needed, free = size_in_words(self.needed_bytes), size_in_words(self.free_bytes)
        return f"{word}: needs about {needed} of {free} free"


def needed_bytes(weights_bytes: int, shape: ModelShape, options: LlamaCppOptions) -> int:
    """What a model takes with these options: weights, memory of the context, and room to calculate in.

    For models that keep less than the whole context, such as those with a sliding window, it is too much.
    """
    context_bytes = shape.cache_bytes_per_token * options.context_tokens * options.slots
    # While a prompt is read, each of its tokens gets a rating of every word of the vocabulary.
    room_bytes = shape.vocabulary * BATCH_TOKENS * _BYTES_OF_A_RATING
    return round((weights_bytes + context_bytes + room_bytes) * _MARGIN)


def free_memory_bytes() -> int:
    """What new programs can have without anything being written to disk for it."""
    return int(importlib.import_module("psutil").virtual_memory().available)


def size_in_words(size_bytes: int) -> str:
    """A size for people: 98 MB, 5.1 GB."""
    megabytes = size_bytes / 1_000_000
    return f"{megabytes:.0f} MB" if megabytes < 1000 else f"{megabytes / 1000:.1f} GB"
