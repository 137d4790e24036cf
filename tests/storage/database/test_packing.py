"""Packed texts: small, and readable for as long as there are records."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import StoreError
from sandbox.storage.database.common_words import COMMON_WORDS
from sandbox.storage.database.packing import pack, unpack


@given(st.binary())
def test_a_text_comes_back(text: bytes) -> None:
    """Whatever is in it."""
    assert unpack(pack(text)) == text


def test_what_trials_have_alike_takes_no_room() -> None:
    """The words that most of them hold are said in a few bytes."""
    assert len(pack(COMMON_WORDS)) < 60


def test_the_common_words_are_never_changed() -> None:
    """What was packed with them could not be read any more: add others under a new number instead."""
    digest = hashlib.sha256(COMMON_WORDS).hexdigest()

    assert digest == "936997eec8969ddaa6c2da50b1de3b272105760e1c264af60633c06a7869851e"


def test_a_text_that_was_packed_with_the_first_dictionary_is_read() -> None:
    """As it stands in the records of schools."""
    packed = bytes.fromhex("0103ba119889905ac78640cd4065688de05a00")

    assert unpack(packed) == b'{"case_id":"case-1","status":"answered"}'


@pytest.mark.parametrize(
    ("packed", "words"),
    [(b"", "newer version"), (b"\x09abc", "newer version"), (b"\x01\xff\xff\xff", "damaged")],
)
def test_what_cannot_be_unpacked_is_told(packed: bytes, words: str) -> None:
    """Whether an update or a copy would help."""
    with pytest.raises(StoreError, match=words):
        unpack(packed)
