"""The binary event stream of AWS, written here and read by AWS's own SDK."""

import pytest
from botocore.eventstream import (  # type: ignore[import-untyped]  # the SDK has no types
    ChecksumMismatch,
    EventStreamBuffer,
)
from sandbox_bedrock.event_stream import encode_message


def read(stream: bytes) -> list[tuple[dict[str, object], bytes]]:
    """What the SDK reads."""
    buffer = EventStreamBuffer()
    buffer.add_data(stream)
    return [(message.headers, message.payload) for message in buffer]


def test_the_sdk_reads_what_is_written() -> None:
    """Headers and payloads come through, one message after the other, whatever language they are in."""
    first = encode_message({":event-type": "messageStart", ":x": "ž"}, '{"role": "näh"}'.encode())
    second = encode_message({}, b"")

    assert read(first + second) == [
        ({":event-type": "messageStart", ":x": "ž"}, '{"role": "näh"}'.encode()),
        ({}, b""),
    ]


def test_half_a_message_is_none() -> None:
    """The SDK waits for the rest."""
    whole = encode_message({":event-type": "metadata"}, b"{}")

    assert read(whole[:-1]) == []


@pytest.mark.parametrize("place", [8, -1])
def test_a_message_that_was_tampered_with_is_refused(place: int) -> None:
    """Both checksums count."""
    broken = bytearray(encode_message({":event-type": "metadata"}, b"{}"))
    broken[place] ^= 1

    with pytest.raises(ChecksumMismatch):
        read(bytes(broken))
