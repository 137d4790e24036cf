"""Writes the binary event stream of AWS, which its SDK only reads: for rehearsals."""

import struct
from collections.abc import Mapping
from zlib import crc32

CONTENT_TYPE = "application/vnd.amazon.eventstream"
_TEXT = 7
"""The number of the type of headers that hold text."""


def encode_message(headers: Mapping[str, str], payload: bytes) -> bytes:
    """One message: its lengths and their checksum, headers, payload, and the checksum of all of it."""
    written = b"".join(_header(name, value) for name, value in headers.items())
    lengths = struct.pack("!II", 12 + len(written) + len(payload) + 4, len(written))
    whole = lengths + struct.pack("!I", crc32(lengths)) + written + payload
    return whole + struct.pack("!I", crc32(whole))


def _header(name: str, value: str) -> bytes:
    label, text = name.encode(), value.encode()
    return struct.pack("!B", len(label)) + label + struct.pack("!BH", _TEXT, len(text)) + text
