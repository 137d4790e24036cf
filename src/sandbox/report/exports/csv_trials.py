"""Trials as a CSV file: a row for each, and a column for what each check said."""

import codecs
import csv
from datetime import datetime
from io import TextIOWrapper
from typing import BinaryIO

from sandbox.report.exports.columns import COLUMNS, Value, worst_findings
from sandbox.report.exports.material import Material
from sandbox.report.spreadsheet_cell import Cell, harmless


def write_csv(material: Material, file: BinaryIO) -> int:
    """Write a row for each trial, and give their number; Excel knows the encoding by the first bytes."""
    checks = material.check_names()
    file.write(codecs.BOM_UTF8)
    lines = TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([*(column.name for column in COLUMNS), *(f"check_{name}" for name in checks)])
    n = 0
    for trial in material.all_trials():
        n += 1
        cells = [harmless(_cell(column.read(material.evaluation, trial))) for column in COLUMNS]
        said = worst_findings(trial)
        writer.writerow(cells + [said[name].outcome.value if name in said else "" for name in checks])
    lines.detach()
    return n


def _cell(value: Value) -> Cell:
    match value:
        case bool():
            return str(value).lower()
        case datetime():
            return value.isoformat()
        case _:
            return value
