"""What decides how much memory a model takes, as its file says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sandbox_llamacpp.gguf_header import VOCABULARY, HeaderError, Value, read_header

_BYTES_OF_A_CACHED_NUMBER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelShape:
    """What decides how much memory a model takes besides its weights."""

    architecture: str
    cache_bytes_per_token: int
    """What each token of the context takes, at two bytes a number."""
    vocabulary: int
    trained_context_tokens: int | None = None
    """The longest context it has learned from."""


def read_shape(path: Path) -> ModelShape:
    """The shape of the model in a file; only a few hundred kilobytes of it are read, and those only once.

    Raises:
        HeaderError: the file does not say it.
        OSError: the file cannot be read.
    """
    facts = path.stat()
    return _read_shape(path, facts.st_size, facts.st_mtime_ns)


@lru_cache
def _read_shape(path: Path, _size: int, _changed: int) -> ModelShape:
    try:
        return _shape(read_header(path))
    except HeaderError as cause:
        raise HeaderError(f"{path}: {cause}") from None


def _shape(entries: Mapping[str, Value]) -> ModelShape:
    name = entries.get("general.architecture")
    architecture = name.decode("ascii", "replace") if isinstance(name, bytes) else ""

    def number(key: str, default: int | None = None) -> int:
        value = entries.get(f"{architecture}.{key}", default)
        # Some models say it for each layer; the largest is on the safe side.
        largest = max(value, default=None) if isinstance(value, tuple) else value
        if not isinstance(largest, int) or not 0 <= largest < 1 << 40:
            raise HeaderError(f"it does not say {architecture}.{key}")
        return largest

    layers, heads = number("block_count"), number("attention.head_count")
    head_size = number("embedding_length") // max(heads, 1)
    key_size = number("attention.key_length", head_size)
    value_size = number("attention.value_length", head_size)
    cached_heads = entries.get(f"{architecture}.attention.head_count_kv")
    all_heads = (
        int(sum(cached_heads))
        if isinstance(cached_heads, tuple)
        else layers * number("attention.head_count_kv", heads)
    )
    vocabulary = entries.get(VOCABULARY)
    return ModelShape(
        architecture=architecture,
        cache_bytes_per_token=all_heads * (key_size + value_size) * _BYTES_OF_A_CACHED_NUMBER,
        vocabulary=vocabulary if isinstance(vocabulary, int) else number("vocab_size"),
        trained_context_tokens=number("context_length", 0) or None,
    )
