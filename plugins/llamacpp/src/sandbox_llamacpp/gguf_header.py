"""Reads what a .gguf file says of itself at its beginning, before its weights.

The format is described in `docs/gguf.md` of the project ggml. The library `gguf` reads it, too, but brings
numpy and an HTTP client along, and reads all of it.
"""

import struct
from pathlib import Path
from typing import BinaryIO

VOCABULARY = "tokenizer.ggml.tokens"
_NUMBERS = dict(enumerate(("B", "b", "H", "h", "I", "i", "f", "?"))) | {10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_VERSIONS = (2, 3)
_LONGEST_STRING = 1 << 24
_LONGEST_ARRAY = 1 << 22
_MOST_ENTRIES = 1 << 16

Value = int | float | bool | bytes | tuple[int | float | bool, ...]
"""What an entry says; of a list of texts it is the length."""


class HeaderError(ValueError):
    """A file that is no .gguf file, is broken, or does not say what is asked of it."""


def read_header(path: Path) -> dict[str, Value]:
    """What a file says of itself, up to its vocabulary: a few hundred kilobytes, whatever its size.

    Raises:
        HeaderError: it is no such file, or broken.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return _Reader(file, path.stat().st_size).entries()


class _Reader:
    """Reads a header, and trusts none of the lengths that stand in it."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._size = file, size

    def entries(self) -> dict[str, Value]:
        """The entries up to the model's vocabulary, which stands behind what is asked here."""
        magic = self._take(4)
        version, _, count = self._unpack("IQQ")
        if magic != b"GGUF" or version not in _VERSIONS:
            raise HeaderError("it is no .gguf file of version 2 or 3")
        found: dict[str, Value] = {}
        for _ in range(self._bounded(count, _MOST_ENTRIES)):
            key = self._string().decode("utf-8", "replace")
            found[key] = self._value(self._unpack("I")[0])
            if key == VOCABULARY:
                break
        return found

    def _value(self, kind: int) -> Value:
        """A value; of an array of texts only its length."""
        if kind == _STRING:
            return self._string()
        if kind != _ARRAY:
            (value,) = self._unpack(self._format(kind))
            return value
        item_kind, count = self._unpack("IQ")
        self._bounded(count, _LONGEST_ARRAY)
        if item_kind == _STRING:
            for _ in range(count):
                self._skip(self._unpack("Q")[0])
            return int(count)
        return tuple(self._unpack(f"{count}{self._format(item_kind)}"))

    def _string(self) -> bytes:
        (length,) = self._unpack("Q")
        return self._take(self._bounded(length, _LONGEST_STRING))

    def _skip(self, length: int) -> None:
        if length > self._size - self._file.tell():
            raise HeaderError("it ends in the middle of its header")
        self._file.seek(length, 1)

    def _take(self, length: int) -> bytes:
        taken = self._file.read(min(length, self._size))
        if len(taken) < length:
            raise HeaderError("it ends in the middle of its header")
        return taken

    def _unpack(self, form: str) -> tuple[int, ...]:
        return struct.unpack(f"<{form}", self._take(struct.calcsize(f"<{form}")))

    @staticmethod
    def _format(kind: int) -> str:
        if kind not in _NUMBERS:
            raise HeaderError(f"its header holds a value of the unknown kind {kind}")
        return _NUMBERS[kind]

    @staticmethod
    def _bounded(count: int, most: int) -> int:
        if count > most:
            raise HeaderError(f"its header claims {count} of something, where at most {most} make sense")
        return count
