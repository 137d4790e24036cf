"""The SHA-256 of files, remembered so that a large file is read from end to end only once."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

_INDEX = "digests.json"


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, read now."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remembered_sha256(path: Path, folder: Path) -> str:
    """The SHA-256 of a file; it is read only if its size or time is not what the index in `folder` says."""
    facts = path.stat()
    return _remembered(path.resolve(), facts.st_size, facts.st_mtime_ns, folder)


@lru_cache
def _remembered(path: Path, size: int, changed: int, folder: Path) -> str:
    match _read(folder).get(str(path)):
        case {"size": known_size, "changed": known_changed, "sha256": str(digest)} if (
            known_size == size and known_changed == changed
        ):
            return digest
    digest = file_sha256(path)
    _note(path, size, changed, digest, folder)
    return digest


def remember_sha256(path: Path, digest: str, folder: Path) -> None:
    """Put the SHA-256 of a file that has just been written into the index in `folder`."""
    facts = path.stat()
    _note(path.resolve(), facts.st_size, facts.st_mtime_ns, digest, folder)


def _note(path: Path, size: int, changed: int, digest: str, folder: Path) -> None:
    entries = {name: each for name, each in _read(folder).items() if Path(name).is_file()}
    entries[str(path)] = {"size": size, "changed": changed, "sha256": digest}
    with suppress(OSError):  # where it cannot be written, the file is read again the next time
        _write(folder, entries)


def _read(folder: Path) -> Mapping[str, object]:
    try:
        entries = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return entries if isinstance(entries, dict) else {}


def _write(folder: Path, entries: Mapping[str, object]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(entries, indent=1, sort_keys=True, ensure_ascii=False)
    with NamedTemporaryFile("w", encoding="utf-8", dir=folder, prefix=".", delete=False) as file:
        file.write(text)
    written = Path(file.name)
    try:
        written.replace(folder / _INDEX)
    finally:
        written.unlink(missing_ok=True)
