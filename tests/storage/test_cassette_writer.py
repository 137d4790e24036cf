"""Writing cassettes: at once, in order, and by one at a time."""

import errno
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.domain.exchange import Completion, Message, ModelCard, Request, Role
from sandbox.errors import BusyError, ErrorKind, FileError, ProviderError
from sandbox.storage.cassette import Cassette, request_key
from sandbox.storage.cassette_lines import Answer, CassetteHeader, EntryStart, Stop
from sandbox.storage.cassette_writer import CassetteWriter

HEADER = CassetteHeader(model="test/m", card=ModelCard(name="m"))
NOW = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the cassette goes, in a folder that is not there yet."""
    return tmp_path / "unit 3" / "tape.jsonl"


def write(writer: CassetteWriter, case: str, text: str = "One. Two.", *, repeat: int = 1) -> Answer:
    """Record an answer to a case."""
    messages = (Message(role=Role.SYSTEM, content="Rules.\n"), Message(role=Role.USER, content=case))
    request = Request(model="m", messages=messages, repeat=repeat)
    error = ProviderError(ErrorKind.TIMEOUT, "Too slow.") if not text else None
    completion = Completion(text=text, model_served="m") if text else None
    answer = Answer(completion=completion, error=error, calls=1, asked_at=NOW, answered_at=NOW)
    start = EntryStart(case=case, repeat=repeat, model="test/m", key=request_key(request))
    return writer.write(start, request, answer)


def read(path: Path) -> Cassette:
    """What is in a whole cassette."""
    with Cassette(path) as cassette:
        cassette.see_that_it_is_whole()
    return cassette


@pytest.fixture
def writer(path: Path) -> Iterator[CassetteWriter]:
    """A new recording."""
    writer = CassetteWriter(path, (HEADER,))
    yield writer
    writer.close()


def test_the_order_of_arrival_does_not_show(tmp_path: Path) -> None:
    """Two recordings of the same are the same, byte for byte; case 10 comes after case 9."""
    order = [("c10", 1), ("c9", 2), ("c9", 1), ("c1", 1)]
    for name, cases in (("a", order), ("b", order[::-1])):
        writer = CassetteWriter(tmp_path / name, (HEADER,))
        for case, repeat in cases:
            write(writer, case, repeat=repeat)
        writer.close()

    text = (tmp_path / "a").read_text(encoding="utf-8")

    assert text == (tmp_path / "b").read_text(encoding="utf-8")
    assert text.index('"c9"') < text.index('"c10"')
    assert text.count("Rules.") == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a", "b"]


def test_each_answer_is_there_at_once(path: Path, writer: CassetteWriter) -> None:
    """A reader sees it while the recording goes on."""
    write(writer, "c1")

    assert len(read(path)) == 1


def test_another_recording_into_the_same_file_is_refused(path: Path, writer: CassetteWriter) -> None:
    """Before anything is asked; when the first is done it may begin."""
    with pytest.raises(BusyError, match="being recorded already"):
        CassetteWriter(path, (HEADER,))

    writer.close()
    CassetteWriter(path, (HEADER,)).close()


def test_threads_do_not_write_into_each_other(path: Path, writer: CassetteWriter) -> None:
    """Every entry is whole."""
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: write(writer, f"c{number}", "Long. " * 500), range(200)))
    writer.close()

    cassette = read(path)

    assert len(cassette) == 200


KILLED = """
import sys
from tests.storage.test_cassette_writer import HEADER, CassetteWriter, Path, write
writer = CassetteWriter(Path(sys.argv[1]), (HEADER,))
for number in range(1_000_000):
    write(writer, f"c{number}", "Some words. " * 50)
    print(number, flush=True)
"""


def test_a_killed_recording_loses_nothing_and_goes_on(path: Path) -> None:
    """Every answer that was written is there; what was cut in the middle is cut off."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert process.stdout is not None
    for _ in range(30):
        process.stdout.readline()
    process.kill()
    told = 30 + len([line for line in process.stdout.read().splitlines() if line])
    process.wait()
    process.stdout.close()
    with path.open("ab") as file:
        file.write(b'{"message":"0123456789abcdef","role":"user"}\n{"text":"torn')

    writer = CassetteWriter(path, (HEADER,))
    answer = write(writer, "c0", "Another answer.")
    write(writer, "new")
    writer.close()
    cassette = read(path)

    assert answer.completion is not None
    assert answer.completion.text.startswith("Some words.")
    assert len(cassette) in {told + 1, told + 2}
    assert b"torn" not in path.read_bytes()


class FullDisk:
    """A file on a disk that takes only a part."""

    def __init__(self, file: object) -> None:
        self.file = file
        self.closed = False

    def write(self, lines: bytes) -> int:
        """Half of it, and then no more."""
        if len(lines) < 100:
            raise OSError(errno.ENOSPC, "No space left on device")
        return int(self.file.write(lines[: len(lines) // 2]))  # type: ignore[attr-defined]  # a file

    def truncate(self, size: int) -> None:
        """Cut it off."""
        self.file.truncate(size)  # type: ignore[attr-defined]  # a file

    def close(self) -> None:
        """Close the file."""
        self.closed = True
        self.file.close()  # type: ignore[attr-defined]  # a file


def test_a_full_disk_stops_the_recording(path: Path, writer: CassetteWriter) -> None:
    """What was written is whole, and what follows is refused before it is paid for."""
    write(writer, "c1")
    writer._file = FullDisk(writer._file)  # type: ignore[assignment]  # no other way to fill a disk

    with pytest.raises(FileError, match="No space left"):
        write(writer, "c2")
    with pytest.raises(FileError, match="nothing more is asked"):
        writer.see_that_it_can_be_written()

    cassette = read(path)
    assert len(cassette) == 1


def test_a_failure_gives_way_to_an_answer(path: Path, writer: CassetteWriter) -> None:
    """And is not in the file any more when it is in order; an answer gives way to nothing."""
    write(writer, "c1", "")
    write(writer, "c1", "First.")
    answer = write(writer, "c1", "Second.")
    writer.close()

    assert answer.completion is not None
    assert answer.completion.text == "First."
    assert "Too slow" not in path.read_text(encoding="utf-8")


def test_why_a_target_was_stopped_is_forgotten_when_it_goes_on(path: Path, writer: CassetteWriter) -> None:
    """Until then it is evidence."""
    writer.write_stop(Stop(stopped="p on test/m", model="test/m", reason="No money left."))
    writer.close()
    before = read(path).stops

    CassetteWriter(path, (HEADER,)).close()

    assert before["p on test/m"].reason == "No money left."
    assert read(path).stops == {}


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A folder is no file."""
    with pytest.raises(FileError, match=str(tmp_path.name)):
        CassetteWriter(tmp_path, (HEADER,))
