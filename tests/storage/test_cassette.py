"""Cassettes on disk."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.domain.exchange import (
    Completion,
    Message,
    ModelCard,
    Request,
    Role,
    Settings,
    StructuredMode,
    Usage,
)
from sandbox.errors import FileError
from sandbox.storage.cassette import (
    CassetteHeader,
    append_answer,
    read_cassette,
    request_key,
    start_cassette,
)

HEADER = CassetteHeader(model="openai/gpt-test", card=ModelCard(name="gpt-test", identity="api.openai.com"))
REQUEST = Request(
    model="gpt-test",
    messages=(Message(role=Role.USER, content="Schlüssel,\u2028key, 钥匙"),),
    settings=Settings(temperature=0.5),
    output_schema={"type": "object", "properties": {"word": {"type": "string"}}},
    structured=StructuredMode.NATIVE,
)
COMPLETION = Completion(
    text='{"word": "clé\u2028"}',
    model_served="gpt-test-2026",
    usage=Usage(input_tokens=3, output_tokens=4),
    latency_seconds=0.25,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A cassette with one answer, in a folder that was not there."""
    cassette = tmp_path / "cassettes" / "unit.jsonl"
    start_cassette(cassette, HEADER)
    append_answer(cassette, REQUEST, COMPLETION)
    return cassette


def test_what_is_written_is_read(path: Path) -> None:
    """Every language, and line separators that JSON lets stand in a text."""
    cassette = read_cassette(path)

    assert cassette.header == HEADER
    assert cassette.completions == {request_key(REQUEST): COMPLETION}


def test_a_cassette_can_be_read_in_a_diff(path: Path) -> None:
    """One line an answer, keys in order, letters as they are, the same line ends everywhere."""
    lines = path.read_bytes().decode().split("\n")

    assert len(lines) == 3
    assert lines[-1] == ""
    assert "\r" not in lines[1]
    assert "Schlüssel" in lines[1]
    assert list(json.loads(lines[0])) == ["card", "cassette", "model"]
    assert list(json.loads(lines[1])) == ["completion", "key", "request"]
    assert list(json.loads(lines[1])["request"]) == [
        "messages", "output_name", "repeat", "settings", "structured",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"model": "another"}, True),
        ({"timeout_seconds": 5}, True),
        ({"messages": (Message(role=Role.SYSTEM, content="Schlüssel,\u2028key, 钥匙"),)}, False),
        ({"settings": Settings(temperature=0.6)}, False),
        ({"output_schema": {"type": "object"}}, False),
        ({"structured": StructuredMode.PROMPT}, False),
        ({"repeat": 2}, False),
    ],
    ids=["model", "timeout", "messages", "settings", "schema", "mode", "repeat"],
)
def test_the_key_holds_what_the_answer_depends_on(change: dict[str, object], *, is_same: bool) -> None:
    """And nothing else."""
    key = request_key(REQUEST.model_copy(update=change))

    assert (key == request_key(REQUEST)) is is_same


def test_the_key_stays_the_same_from_version_to_version() -> None:
    """Else every cassette must be recorded anew: the hash changes only with the format's version."""
    request = Request(model="m", messages=(Message(role=Role.USER, content="Hello"),))

    assert request_key(request) == "739e348767ede77bf1307e7c0efb7213b83bd28995f42876a8c9e1f805098839"


def test_a_last_line_without_an_end_is_ended_first(path: Path) -> None:
    """Some editors leave the last line open."""
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    other = REQUEST.model_copy(update={"repeat": 2})

    append_answer(path, other, COMPLETION)

    assert list(read_cassette(path).completions) == [request_key(REQUEST), request_key(other)]


@pytest.mark.parametrize(
    ("spoil", "line", "problem"),
    [
        (lambda lines: ["", lines[1]], 1, "should be JSON"),
        (lambda lines: [lines[0].replace('"cassette": 1', '"cassette": 2'), lines[1]], 1, "cassette"),
        (lambda lines: [lines[1]], 1, "card: is missing"),
        (lambda lines: [lines[0], lines[1], lines[1][:40]], 3, "should be JSON"),
        (lambda lines: [lines[0], lines[1].replace('"text"', '"txt"')], 2, r"completion\.txt"),
        (lambda lines: [lines[0], lines[1], lines[1]], 3, "answered above"),
    ],
    ids=["no header", "a newer version", "header lost", "cut off", "unknown field", "twice"],
)
def test_a_spoilt_cassette_is_refused_with_the_line(
    path: Path, spoil: Callable[[list[str]], list[str]], line: int, problem: str
) -> None:
    """Evidence that cannot be read whole is not evidence."""
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    path.write_text("\n".join(spoil(lines)) + "\n", encoding="utf-8")

    with pytest.raises(FileError, match=problem) as caught:
        read_cassette(path)

    assert caught.value.line == line


def test_a_spoilt_line_is_not_repeated(path: Path) -> None:
    """The message names the place, not what a student may have written there."""
    path.write_text(
        path.read_text(encoding="utf-8").replace('"repeat": 1', '"repeat": "Mx. Example"'), "utf-8"
    )

    with pytest.raises(FileError, match="repeat") as caught:
        read_cassette(path)

    assert "Mx. Example" not in str(caught.value)


def test_an_empty_file_is_no_cassette(tmp_path: Path) -> None:
    """It has no header."""
    path = tmp_path / "empty.jsonl"
    path.touch()

    with pytest.raises(FileError) as caught:
        read_cassette(path)

    assert caught.value.line == 1


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A folder is no file."""
    with pytest.raises(FileError, match="cannot be written"):
        start_cassette(tmp_path, HEADER)
