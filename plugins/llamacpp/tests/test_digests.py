"""SHA-256 sums: read once, remembered for the file as it was."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox_llamacpp import digests
from sandbox_llamacpp.digests import file_sha256, remember_sha256, remembered_sha256


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Another program has read nothing yet."""
    digests._remembered.cache_clear()
    yield
    digests._remembered.cache_clear()


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also by the next program, which finds it in the index."""
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF")
    first = remembered_sha256(path, tmp_path / "index")
    digests._remembered.cache_clear()
    monkeypatch.setattr(digests, "file_sha256", lambda path: pytest.fail("it is read again"))

    assert first == hashlib.sha256(b"GGUF").hexdigest()
    assert remembered_sha256(path, tmp_path / "index") == first


@pytest.mark.parametrize("content", [b"GGUF!", b"gguf"])
def test_a_file_that_changes_gets_another_hash(content: bytes, tmp_path: Path) -> None:
    """Its size tells that it has changed, or its time."""
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF")
    os.utime(path, ns=(0, 1))
    before = remembered_sha256(path, tmp_path)
    path.write_bytes(content)

    assert remembered_sha256(path, tmp_path) != before
    assert remembered_sha256(path, tmp_path) == file_sha256(path)


@pytest.mark.parametrize("index", ["{", "[]", '{"x": 1}', "\x00"])
def test_a_broken_index_is_no_index(index: str, tmp_path: Path) -> None:
    """It is only there to save time."""
    (tmp_path / "digests.json").write_text(index, encoding="utf-8")
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF")

    assert remembered_sha256(path, tmp_path) == file_sha256(path)


def test_what_cannot_be_remembered_is_told_all_the_same(tmp_path: Path) -> None:
    """A cache that cannot be written to makes it slower, and nothing else."""
    path = tmp_path / "model.gguf"
    path.write_bytes(b"GGUF")

    assert remembered_sha256(path, path) == file_sha256(path)


def test_files_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    """The index does not grow for ever."""
    gone, here = tmp_path / "gone.gguf", tmp_path / "here.gguf"
    for path in (gone, here):
        path.write_bytes(b"GGUF")
        remember_sha256(path, file_sha256(path), tmp_path)
        if path == gone:
            path.unlink()

    text = (tmp_path / "digests.json").read_text(encoding="utf-8")
    assert "here.gguf" in text
    assert "gone.gguf" not in text
    assert {path.name for path in tmp_path.iterdir()} == {"here.gguf", "digests.json"}
