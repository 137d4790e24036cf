"""Exporting: an evaluation, a format and a path become files."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from sandbox.errors import InputError
from sandbox.report.exports.csv_trials import write_csv
from sandbox.report.exports.inspect_file import SUFFIXES, write_inspect
from sandbox.report.exports.json_lines_trials import write_json_lines
from sandbox.report.exports.material import Material
from sandbox.report.exports.parquet_trials import write_parquet
from sandbox.storage.new_file import new_file


class ExportFormat(StrEnum):
    """What trials can be written as."""

    INSPECT = "inspect"
    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"


_TABLES: dict[ExportFormat, Callable[[Material, BinaryIO], int]] = {
    ExportFormat.PARQUET: write_parquet,
    ExportFormat.CSV: write_csv,
    ExportFormat.JSONL: write_json_lines,
}


def export_trials(
    material: Material, path: Path, *, format_name: ExportFormat | None = None
) -> tuple[list[Path], int]:
    """Write every trial of an evaluation, and give the files and the number of trials.

    They pass by one at a time. Without a format, the ending of the path says which.

    Raises:
        InputError: the ending says no format, or a package is missing.
        FileError: a file cannot be written.
    """
    chosen = format_name or _format_of(path)
    if chosen is ExportFormat.INSPECT:
        return write_inspect(material, path)
    with new_file(path) as file:
        n = _TABLES[chosen](material, file)
    return [path], n


def _format_of(path: Path) -> ExportFormat:
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return ExportFormat.INSPECT
    if suffix.removeprefix(".") in set(ExportFormat):
        return ExportFormat(suffix.removeprefix("."))
    raise InputError(
        f"{path}: say which format with --format, or give the file one of these endings: "
        ".eval, .json, .parquet, .csv, .jsonl."
    )
