"""Texts made small, and read again. Each begins with a byte that says how it was packed."""

import zlib

from sandbox.errors import StoreError
from sandbox.storage.database.common_words import COMMON_WORDS

_DICTIONARIES = {1: COMMON_WORDS}
"""By the first byte. One that was ever used stays as it is, or what was packed with it is lost."""
_NOW = 1
_LEVEL = 2
_RAW_DEFLATE = -15


def pack(text: bytes) -> bytes:
    """The text, packed."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW_DEFLATE, zdict=_DICTIONARIES[_NOW])
    return bytes((_NOW,)) + packer.compress(text) + packer.flush()


def unpack(packed: bytes) -> bytes:
    """The text that was packed.

    Raises:
        StoreError: it is damaged, or was packed in a way that this version does not know.
    """
    if not packed or packed[0] not in _DICTIONARIES:
        raise StoreError("A text on record was packed by a newer version of sandbox: update to read it.")
    unpacker = zlib.decompressobj(_RAW_DEFLATE, zdict=_DICTIONARIES[packed[0]])
    try:
        return unpacker.decompress(packed[1:]) + unpacker.flush()
    except zlib.error:
        raise StoreError("A text on record is damaged. Fetch the records from your last copy.") from None
