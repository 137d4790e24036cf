"""Frames: messages of known length on a pipe between a worker and the one who asks it."""

import struct
from typing import BinaryIO

LONGEST_BYTES = 2**26
"""Nothing that is told of an answer is longer; what claims to be is noise."""
_LENGTH = struct.Struct(">I")


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """Send one message.

    Raises:
        OSError: nobody reads any more.
    """
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes:
    """The next message; waits for it.

    Raises:
        EOFError: the other side is gone, or what it sends is no message.
    """
    (length,) = _LENGTH.unpack(_read(stream, _LENGTH.size))
    if length > LONGEST_BYTES:
        raise EOFError
    return _read(stream, length)


def _read(stream: BinaryIO, size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content
