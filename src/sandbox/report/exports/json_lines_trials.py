"""Trials as JSON lines: everything that is on record of each."""

import json
from typing import BinaryIO

from sandbox.report.exports.material import Material


def write_json_lines(material: Material, file: BinaryIO) -> int:
    """Write a line for each whole trial, led by its evaluation, and give their number."""
    n = 0
    for trial in material.all_trials():
        n += 1
        record = {"evaluation": material.evaluation.id, **trial.model_dump(mode="json")}
        file.write((json.dumps(record, ensure_ascii=False) + "\n").encode())
    return n
