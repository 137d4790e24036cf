"""Fetching from a hub: the right file and whole, or nothing. The hub is a real server on this machine."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sandbox_llamacpp import fetching, hub
from sandbox_llamacpp.library import LlamaCppLibrary
from sandbox_llamacpp.provider import LlamaCppProvider

from sandbox.errors import ErrorKind, InputError, ProviderError

NAME = "school/tiny-gguf/Tiny.Q4_0.gguf"
HubServer = Any
"""The server of `conftest.py`, which tests cannot import."""
Refused = Callable[..., ProviderError]


def left_in(folder: Path) -> list[str]:
    """The files in a folder and below, without the lock."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")


def test_a_file_comes_with_a_card_that_says_where_from(
    library: LlamaCppLibrary, hub_server: HubServer, cache: Path
) -> None:
    """Which revision, with which hash, under which licence."""
    path = library.fetch(NAME)
    card = json.loads((path.parent / "Tiny.Q4_0.gguf.json").read_text(encoding="utf-8"))

    assert path == cache / "hub" / "school" / "tiny-gguf" / "Tiny.Q4_0.gguf"
    assert path.read_bytes() == hub_server.files["Tiny.Q4_0.gguf"]
    assert card.pop("fetched_at")
    assert card == {
        "source": NAME,
        "hub": hub_server.url,
        "revision": hub_server.revision,
        "sha256": hub_server.claimed_sha256,
        "licence": "cc-by-4.0",
    }
    assert left_in(cache) == ["Tiny.Q4_0.gguf", "Tiny.Q4_0.gguf.json", "digests.json"]


def test_the_hub_is_asked_twice_and_nobody_else(library: LlamaCppLibrary, hub_server: HubServer) -> None:
    """What there is, and for the file. Nothing is told of this machine but the library's version."""
    library.fetch(NAME)
    paths = [path for _, path, _ in hub_server.asked]

    assert [path.partition("?")[0] for path in paths] == [
        "/api/models/school/tiny-gguf",
        f"/school/tiny-gguf/resolve/{hub_server.revision}/Tiny.Q4_0.gguf",
    ]
    for _, _, headers in hub_server.asked:
        assert headers["authorization"] == "Bearer hf_planted_token"
        assert "agent/" not in headers["user-agent"]


def test_a_file_in_a_folder_of_the_repository_comes_too(library: LlamaCppLibrary, cache: Path) -> None:
    """Its folder is part of its name."""
    path = library.fetch("school/tiny-gguf/deep/er/Tiny.gguf")

    assert path == cache / "hub" / "school" / "tiny-gguf" / "deep" / "er" / "Tiny.gguf"


def test_the_token_stays_with_the_hub(
    library: LlamaCppLibrary, hub_server: HubServer, storage_server: HubServer
) -> None:
    """The files of a hub lie with others, who are not told who asks."""
    library.fetch(NAME)
    (_, _, headers), *more = storage_server.asked

    assert hub_server.asked[-1][2]["authorization"] == "Bearer hf_planted_token"
    assert "authorization" not in headers
    assert more == []


def test_what_is_here_is_left_alone(library: LlamaCppLibrary, hub_server: HubServer) -> None:
    """By its full name and by its short one, and without asking the hub."""
    path = library.fetch(NAME)
    hub_server.asked.clear()

    assert library.fetch(NAME) == library.fetch("tiny.q4_0") == path
    assert library.fetch(NAME, sha256=hub_server.claimed_sha256.upper()) == path
    assert hub_server.asked == []


def test_a_file_that_was_changed_is_fetched_again(library: LlamaCppLibrary) -> None:
    """And is not used meanwhile."""
    path = library.fetch(NAME)
    path.write_bytes(path.read_bytes()[:-1])
    card = LlamaCppProvider().describe("tiny.q4_0")
    with pytest.raises(ProviderError, match="sandbox models fetch llamacpp/tiny.q4_0"):
        LlamaCppProvider()._open("tiny.q4_0")

    assert card.identity == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    assert library.fetch("tiny.q4_0") == path
    assert LlamaCppProvider().describe("tiny.q4_0").identity != card.identity


def test_progress_is_told(library: LlamaCppLibrary, hub_server: HubServer) -> None:
    """How much has come, of how much."""
    told: list[tuple[int, int | None]] = []
    library.fetch(NAME, progress=lambda done, total: told.append((done, total)))
    size = len(hub_server.files["Tiny.Q4_0.gguf"])

    assert told[-1] == (size, size)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize("is_reset", [False, True])
def test_a_download_that_breaks_off_goes_on(
    library: LlamaCppLibrary, hub_server: HubServer, pauses: list[float], *, is_reset: bool
) -> None:
    """From where it was, after a pause; what has come is not asked for again."""
    hub_server.breaks_after, hub_server.is_reset = [300, 200], is_reset
    path = library.fetch(NAME)
    ranges = [headers.get("range", "") for _, path, headers in hub_server.asked if "resolve" in path]

    assert path.read_bytes() == hub_server.files["Tiny.Q4_0.gguf"]
    assert ranges[0] == ""
    assert len(ranges) == len(pauses) + 1 == 3
    if not is_reset:  # a reset may also take away what was on its way
        assert ranges == ["", "bytes=300-", "bytes=500-"]


def test_a_later_program_goes_on_with_what_an_earlier_one_left(
    library: LlamaCppLibrary,
    hub_server: HubServer,
    pauses: list[float],
    refused: Refused,
) -> None:
    """Where the connection is bad, five gigabytes come in several evenings."""
    hub_server.breaks_after = [300] + [0] * 5
    error = refused(NAME)
    hub_server.asked.clear()
    path = library.fetch(NAME)

    assert error.kind is ErrorKind.TRANSIENT
    assert pauses == [1, 2, 4, 8, 16], "and six attempts, for the first one brought something"
    assert hub_server.asked[-1][2]["range"] == "bytes=300-"
    assert path.read_bytes() == hub_server.files["Tiny.Q4_0.gguf"]


def test_a_server_that_knows_no_ranges_is_asked_for_the_whole(
    library: LlamaCppLibrary, hub_server: HubServer
) -> None:
    """What had come is thrown away, and not put before it."""
    hub_server.knows_ranges, hub_server.breaks_after = False, [300]
    path = library.fetch(NAME)

    assert path.read_bytes() == hub_server.files["Tiny.Q4_0.gguf"]


def test_an_older_half_of_another_revision_is_thrown_away(
    library: LlamaCppLibrary,
    hub_server: HubServer,
    cache: Path,
    refused: Refused,
) -> None:
    """It would never become a whole."""
    hub_server.breaks_after = [300] + [0] * 5
    refused(NAME)
    other = hub_server.files["Tiny.Q4_0.gguf"] + b"!"
    hub_server.files["Tiny.Q4_0.gguf"] = other
    hub_server.claimed_sha256 = hashlib.sha256(other).hexdigest()

    assert library.fetch(NAME).read_bytes() == other
    assert left_in(cache) == ["Tiny.Q4_0.gguf", "Tiny.Q4_0.gguf.json", "digests.json"]


@pytest.mark.parametrize("change", [lambda content: content[::-1], lambda content: content + b"!"])
def test_a_file_with_another_hash_is_not_kept(
    change: Any,
    hub_server: HubServer,
    storage_server: HubServer,
    cache: Path,
    refused: Refused,
) -> None:
    """Whatever its storage sends, the hub has said what it must be."""
    storage_server.files["Tiny.Q4_0.gguf"] = change(hub_server.files["Tiny.Q4_0.gguf"])
    error = refused(NAME)

    assert f"{hub_server.claimed_sha256} belongs. Nothing was kept." in str(error)
    assert left_in(cache) == []


def test_a_hash_of_your_own_must_be_that_of_the_hub(
    hub_server: HubServer,
    cache: Path,
    refused: Refused,
) -> None:
    """Otherwise nothing is downloaded at all."""
    error = refused(NAME, sha256="f" * 64)

    assert f"{'f' * 64} belongs" in str(error)
    assert [path for _, path, _ in hub_server.asked if "resolve" in path] == []
    assert not cache.exists()


def test_where_the_hub_tells_no_hash_you_must(
    library: LlamaCppLibrary, hub_server: HubServer, refused: Refused
) -> None:
    """Nobody could say whether the right file came."""
    known, hub_server.claimed_sha256 = hub_server.claimed_sha256, None
    error = refused(NAME)

    assert "--sha256" in str(error)
    assert "another" not in str(error)
    assert library.fetch(NAME, sha256=known).is_file()


def test_a_hash_that_is_none_is_refused(library: LlamaCppLibrary) -> None:
    """Before anybody is asked."""
    with pytest.raises(InputError, match="64 digits"):
        library.fetch(NAME, sha256="abc")


def test_a_disk_that_is_too_small_is_said_first(
    hub_server: HubServer,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    refused: Refused,
) -> None:
    """And not after five gigabytes."""
    small = shutil._ntuple_diskusage(10**9, 10**9 - 5 * 10**7, 5 * 10**7)  # type: ignore[attr-defined]  # what disk_usage gives
    monkeypatch.setattr(fetching.shutil, "disk_usage", lambda _: small)
    error = refused(NAME)

    assert "has 50 MB left" in str(error)
    assert "SANDBOX_CACHE" in str(error)
    assert [path for _, path, _ in hub_server.asked if "resolve" in path] == []
    assert left_in(cache) == []


def test_a_cache_that_cannot_be_written_to_is_named(cache: Path, refused: Refused) -> None:
    """And the variable that names another."""
    cache.parent.mkdir(parents=True)
    cache.write_bytes(b"a file where a folder belongs")

    assert "SANDBOX_CACHE" in str(refused(NAME))


def test_two_programs_do_not_write_the_same_file(
    library: LlamaCppLibrary, cache: Path, refused: Refused
) -> None:
    """The second one is told to wait."""
    cache.mkdir(parents=True)
    with fetching._alone():
        error = refused(NAME)

    assert "Another program" in str(error)
    assert library.fetch(NAME).is_file()


@pytest.mark.parametrize(
    "name", ["gpt", "mine.gguf", "a/b.gguf", "a/b/c.txt", "../x/y.gguf", "a/b/../c.gguf", ""]
)
def test_what_is_no_name_on_a_hub_is_refused(
    name: str, library: LlamaCppLibrary, hub_server: HubServer
) -> None:
    """With how to write one; and nothing is asked, or written outside the cache."""
    with pytest.raises(InputError, match="OWNER/REPO/FILE.gguf"):
        library.fetch(name)

    assert hub_server.asked == []


def test_a_part_of_a_model_is_refused(library: LlamaCppLibrary) -> None:
    """It cannot be used alone."""
    with pytest.raises(InputError, match="one of several files"):
        library.fetch("school/tiny-gguf/Big-00001-of-00003.gguf")


def test_the_command_asks_the_hub_that_the_environment_names(
    hub_server: HubServer, cache: Path, tmp_path: Path
) -> None:
    """From the first word to the last: HF_ENDPOINT and HF_TOKEN are those of the library."""
    environment = os.environ | {"HF_ENDPOINT": hub_server.url, "HF_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "sandbox.cli.main", "models", "fetch", f"llamacpp/{NAME}"]
    outcome = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env=environment, cwd=tmp_path
    )

    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.strip() == str(cache / "hub" / "school" / "tiny-gguf" / "Tiny.Q4_0.gguf")
    assert len(hub_server.asked) == 2
    assert not (tmp_path / "home").exists(), "the library keeps nothing of its own"


def test_importing_the_library_asks_for_nothing_yet() -> None:
    """It is needed only by those who fetch."""
    code = "import sandbox_llamacpp.library, sys; print({'huggingface_hub', 'filelock'} & set(sys.modules))"

    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
        ).stdout.strip()
        == "set()"
    )
    assert hub.TOKEN_VARIABLE == "HF_TOKEN"
