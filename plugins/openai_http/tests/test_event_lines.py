"""How events are read out of bytes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sandbox_openai_http.event_lines import EventLines

TOLD = (
    b": a sign of life\n\n"
    b'data: {"text": "Gr\xc3\xb6\xc3\x9fe"}\n\n'
    b"event: message\nid: 7\nretry: 10\ndata:{}\n\n"
    b"data: first\ndata: second\n\n\n"
    b"data\n\n"
    b"data: [DONE]\n\n"
)
EVENTS = [b'{"text": "Gr\xc3\xb6\xc3\x9fe"}', b"{}", b"first\nsecond", b"[DONE]"]


def read(*pieces: bytes) -> list[bytes]:
    """What the events in these pieces bring."""
    lines = EventLines()
    return [*(event for piece in pieces for event in lines.feed(piece)), *lines.end()]


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
@given(cuts=st.sets(st.integers(min_value=0, max_value=len(TOLD) + 20)))
def test_wherever_the_bytes_are_cut_the_events_are_the_same(ending: bytes, cuts: set[int]) -> None:
    """Amid a letter, amid the end of a line, and with any of the three ends that a line may have."""
    told = TOLD.replace(b"data\n\n", b"").replace(b"\n", ending)
    places = [0, *sorted(cuts), len(told)]

    events = read(*(told[start:end] for start, end in pairwise(places)))

    assert events == EVENTS


def test_each_byte_may_come_alone() -> None:
    """A slow server sends what it has."""
    told = TOLD.replace(b"data\n\n", b"").replace(b"\n", b"\r\n")

    assert read(*(bytes([byte]) for byte in told)) == EVENTS


def test_an_event_is_given_as_soon_as_it_is_whole() -> None:
    """The reader waits for no more."""
    lines = EventLines()

    assert lines.feed(b"data: a\n") == []
    assert lines.feed(b"\ndata: b") == [b"a"]
    assert lines.feed(b"\r\n\r") == [b"b"]
    assert lines.feed(b"\ndata: c\r\r") == [b"c"]


@pytest.mark.parametrize("end", [b"", b"\n", b"\r", b"\r\n"])
def test_a_last_event_without_its_empty_line_is_given_at_the_end(end: bytes) -> None:
    """Some servers leave it out."""
    assert read(b"data: a\n\ndata: b" + end) == [b"a", b"b"]


def test_a_field_named_error_is_read_as_an_error() -> None:
    """Older servers of llama.cpp say so when they fail amid a stream."""
    assert read(b'error: {"code": 500}\n\n') == [b'{"error": {"code": 500}}']


def test_a_page_holds_no_event() -> None:
    """Nor does anything else that is no stream."""
    assert read(b"<html>\n\n<p>Please sign in</p>\n\n") == []
