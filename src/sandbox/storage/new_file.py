"""A file that is there wholly or not at all, and that only its owner may read."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sandbox.errors import FileError


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to; it takes the place of what is at the path when the block ends without an error.

    Raises:
        FileError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as cause:
        raise _not_written(path, cause) from cause
    half = Path(name)
    try:
        with open(number, "wb") as file:  # noqa: PTH123 - it is open already, by its number
            yield file
        os.replace(half, path)  # noqa: PTH105 - the same on every system
    except OSError as cause:
        raise _not_written(path, cause) from cause
    finally:
        half.unlink(missing_ok=True)


def _not_written(path: Path, cause: OSError) -> FileError:
    return FileError(path, f"The file cannot be written ({cause.strerror or cause}).")
