"""Text files as they come from editors and spreadsheets: UTF-8, with or without a byte order mark."""

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sandbox.errors import FileError

_NOT_UTF8 = (
    "This is not UTF-8 text. Save the file again: in Excel as 'CSV UTF-8', in an editor with the "
    "encoding UTF-8."
)


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a text file, each with its ending, one in memory at a time.

    Raises:
        FileError: the file cannot be opened, or a line is not UTF-8.
    """
    with open_file(path) as file:
        for number, line in enumerate(file, start=1):
            try:
                text = line.removeprefix(codecs.BOM_UTF8 if number == 1 else b"").decode("utf-8")
            except UnicodeDecodeError:
                raise FileError(path, _NOT_UTF8, line=number) from None
            if "\0" in text:  # UTF-16, or no text at all
                raise FileError(path, _NOT_UTF8, line=number)
            yield text


def read_text(path: Path) -> str:
    r"""The whole of a text file, with every line ending as \n.

    Raises:
        FileError: the file cannot be opened, or is not UTF-8.
    """
    return "".join(read_lines(path)).replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """The file, open for reading bytes.

    Raises:
        FileError: there is no such file, it is a folder, or it may not be read.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise FileError(path, "There is no such file.") from None
    except OSError as cause:
        if path.is_dir():  # which Windows reports as a lack of permission
            raise FileError(path, "This is a folder, but a file is needed.") from None
        raise FileError(path, f"The file cannot be opened ({cause.strerror}).") from cause
    with file:
        yield file
