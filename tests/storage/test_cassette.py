"""Cassettes on disk: what is read, and what is refused."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
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
from sandbox.storage.cassette import Cassette, request_key
from sandbox.storage.cassette_lines import Answer, CassetteHeader, EntryStart, entry_lines, header_line

HEADER = CassetteHeader(model="openai/gpt-test", card=ModelCard(name="gpt-test", identity="api.openai.com"))
REQUEST = Request(
    model="gpt-test",
    messages=(Message(role=Role.USER, content="Schlüssel,\u2028key, 钥匙\0 \\n. \n\nEnd"),),
    settings=Settings(temperature=0.5),
    output_schema={"type": "object", "properties": {"word": {"type": "string", "default": None}}},
    structured=StructuredMode.NATIVE,
)
COMPLETION = Completion(
    text='{"word": "clé\u2028. Is it? ", "more": "one\\ntwo"}\n\n',
    model_served="gpt-test-2026",
    usage=Usage(input_tokens=3, output_tokens=4),
    latency_seconds=0.1 + 0.2,
    cost_usd=0.0001,
    request_id="req_1",
)
NOW = datetime(2026, 3, 5, 14, 0, 0, 123456, tzinfo=UTC)
ANSWER = Answer(completion=COMPLETION, calls=3, scrubbed=1, asked_at=NOW, answered_at=NOW)
START = EntryStart(case="c1", repeat=1, model="openai/gpt-test", key=request_key(REQUEST))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A cassette with one answer."""
    cassette = tmp_path / "unit.jsonl"
    cassette.write_bytes(header_line(HEADER) + entry_lines(START, REQUEST, ANSWER, ()))
    return cassette


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The same in format 1."""
    cassette = tmp_path / "old.jsonl"
    lines = [
        {"card": HEADER.card.model_dump(mode="json"), "cassette": 1, "model": HEADER.model},
        {"completion": COMPLETION.model_dump(mode="json"), "key": START.key, "request": {"repeat": 1}},
    ]
    cassette.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return cassette


def test_what_is_written_is_read(path: Path) -> None:
    """Every language, line separators, and moments and amounts to the last digit."""
    with Cassette(path) as cassette:
        place = cassette.find(HEADER.model, "c1", START.key)
        assert place is not None
        answer = cassette.answer(place)

    assert cassette.headers == {HEADER.model: HEADER}
    assert answer == ANSWER


def test_format_1_is_read(old: Path) -> None:
    """Evidence stays readable; it knows no cases."""
    with Cassette(old) as cassette:
        place = cassette.find(HEADER.model, "any case", START.key)
        assert place is not None
        answer = cassette.answer(place)

    assert answer == Answer(completion=COMPLETION, calls=1)


def test_a_cassette_can_be_read_in_a_diff(path: Path) -> None:
    """Each line is JSON, sentences stand alone, and what always differs is in the last line."""
    lines = path.read_bytes().decode().split("\n")
    parsed = [json.loads(line) for line in lines[:-1]]

    assert lines[-1] == ""
    assert max(map(len, lines[1:])) < 300
    assert {"text": 'Is it? ", '} in parsed or {"text": "Is it? "} in parsed
    assert list(parsed[-1]) == ["asked_at", "answered_at", "latency_seconds", "request_id"]


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"model": "another"}, True),
        ({"timeout_seconds": 5}, True),
        ({"messages": (Message(role=Role.SYSTEM, content=REQUEST.messages[0].content),)}, False),
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
    """Else every cassette must be recorded anew."""
    request = Request(model="m", messages=(Message(role=Role.USER, content="Hello"),))
    with_schema = request.model_copy(update={"output_schema": {"type": "object", "default": None}})

    assert request_key(request) == "739e348767ede77bf1307e7c0efb7213b83bd28995f42876a8c9e1f805098839"
    assert request_key(with_schema) == "5eb6380a34ef4bad0a66cffe481dd4dd7d4bd5d644ba182e5e56db50a69788ee"


@pytest.mark.parametrize(
    ("spoil", "line", "problem"),
    [
        (lambda lines: ["", *lines[1:]], 1, "should be JSON"),
        (lambda lines: [lines[0].replace('"cassette":2', '"cassette":3'), *lines[1:]], 1, "cassette"),
        (lambda lines: lines[1:], 1, "card: is missing"),
        (lambda lines: [*lines, "{}"], 13, "no line of a cassette"),
        (lambda lines: [lines[0], *lines[1:], *lines[1:]], 24, "answered above"),
    ],
    ids=["no header", "a newer version", "header lost", "something else", "twice"],
)
def test_a_spoilt_cassette_is_refused_with_the_line(
    path: Path, spoil: Callable[[list[str]], list[str]], line: int, problem: str
) -> None:
    """Evidence that cannot be read whole is not evidence."""
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    spoilt = spoil(lines)
    path.write_text("\n".join(spoilt) + "\n", encoding="utf-8")

    with pytest.raises(FileError, match=problem) as caught:
        Cassette(path)

    assert caught.value.line in {line, len(spoilt)}


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_a_cassette_that_is_cut_off_is_refused_for_a_replay(path: Path, cut: int) -> None:
    """The message says from which line on."""
    path.write_bytes(path.read_bytes()[:-cut])

    with Cassette(path) as cassette, pytest.raises(FileError, match="cut off") as caught:
        cassette.see_that_it_is_whole()

    assert caught.value.line == 2


def test_a_spoilt_answer_is_not_quoted(path: Path) -> None:
    """The message names the place, not what a student may have written there."""
    text = path.read_text(encoding="utf-8").replace('"input_tokens":3', '"input_tokens":"Mx. Example"')
    path.write_text(text, encoding="utf-8")

    with Cassette(path) as cassette:
        place = cassette.find(HEADER.model, "c1", START.key)
        assert place is not None
        with pytest.raises(FileError, match="input_tokens") as caught:
            cassette.answer(place)

    assert "Mx. Example" not in str(caught.value)
