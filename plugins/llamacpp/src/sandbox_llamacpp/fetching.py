"""Fetches a file from a hub into the cache folder: the right one and whole, or none."""

import importlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sandbox.contracts.model_library import FetchProgress
from sandbox.errors import ErrorKind, ProviderError
from sandbox_llamacpp.digests import file_sha256, remember_sha256
from sandbox_llamacpp.hub import Hub, HubFile
from sandbox_llamacpp.memory import size_in_words
from sandbox_llamacpp.model_files import FetchedCard, HubName, card_path
from sandbox_llamacpp.weights import CACHE_VARIABLE, cache_folder

_SPARE_BYTES = 100_000_000
"""What a disk should have left afterwards."""


def fetch_from_hub(name: HubName, hub: Hub, *, sha256: str, progress: FetchProgress) -> Path:
    """The file, after a download that goes on where an earlier one broke off.

    Raises:
        SandboxError: it is not to be had, is not what it should be, or there is no room for it.
    """
    file = hub.look_up(name)
    expected = _expected_sha256(file, sha256)
    target = name.path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone():
            part = target.with_name(f".{target.name}.{expected[:16]}.part")
            for old in target.parent.glob(f".{target.name}.*.part"):
                if old != part:
                    old.unlink()
            here = part.stat().st_size if part.exists() else 0
            see_to_room(target.parent, file.size_bytes - here)
            hub.download(file, part, progress)
            _compare(part, file, expected)
            _keep(part, target, file, expected, hub.address)
    except OSError as cause:
        raise ProviderError(
            ErrorKind.UNAVAILABLE,
            f"Cannot write {target}: {cause.strerror or cause}. The variable {CACHE_VARIABLE} may name "
            "another folder.",
        ) from cause
    return target


def see_to_room(folder: Path, wanted_bytes: int) -> None:
    """Look whether there is room on the disk.

    Raises:
        ProviderError: there is not.
    """
    there = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(there).free
    if free < wanted_bytes + _SPARE_BYTES:
        raise ProviderError(
            ErrorKind.UNAVAILABLE,
            f"{size_in_words(wanted_bytes)} are still to come, and the disk of {folder} has "
            f"{size_in_words(free)} left: make room, or let the variable {CACHE_VARIABLE} name a folder on "
            "another disk.",
        )


def wrong_sha256(what: str, *, found: str, wanted: str, so: str) -> ProviderError:
    """The error that says that a file is another one than was wanted, and what became of it."""
    return ProviderError(
        ErrorKind.UNAVAILABLE,
        f"{what} has the SHA-256 {found} where {wanted} belongs. {so} Ask whoever gave you "
        "the name, or the SHA-256, which file is meant.",
    )


def _expected_sha256(file: HubFile, wanted: str) -> str:
    if wanted and file.sha256 not in {"", wanted}:
        raise wrong_sha256(
            f"{file.name} at the hub", found=file.sha256, wanted=wanted, so="Nothing was downloaded."
        )
    if not (wanted or file.sha256):
        raise ProviderError(
            ErrorKind.UNAVAILABLE,
            f"The hub does not tell the SHA-256 of {file.name}, so nobody could say whether the right file "
            "came: find it out, and add --sha256.",
        )
    return wanted or file.sha256


def _compare(part: Path, file: HubFile, expected: str) -> None:
    found = file_sha256(part)
    if found != expected:
        part.unlink()
        raise wrong_sha256(
            f"What came for {file.name}", found=found, wanted=expected, so="Nothing was kept."
        )


def _keep(part: Path, target: Path, file: HubFile, expected: str, address: str) -> None:
    card = FetchedCard(
        source=str(file.name),
        hub=address,
        revision=file.revision,
        sha256=expected,
        licence=file.licence,
        fetched_at=datetime.now(UTC),
    )
    # The card first: without it, the file would be nobody's.
    card_path(target).write_text(card.model_dump_json(indent=1), encoding="utf-8", newline="\n")
    part.replace(target)
    remember_sha256(target, expected, cache_folder())


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other programs from writing the same file.

    Raises:
        ProviderError: another program fetches something just now.
    """
    locking = importlib.import_module("filelock")
    lock = locking.FileLock(cache_folder() / ".fetching.lock")
    try:
        lock.acquire(timeout=0)
    except locking.Timeout:
        raise ProviderError(
            ErrorKind.UNAVAILABLE, "Another program is fetching a model just now: wait until it is done."
        ) from None
    try:
        yield
    finally:
        lock.release()
