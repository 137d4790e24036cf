"""Calibration cards on disk: one JSON file for each check, named after it."""

import json
from pathlib import Path

from pydantic import ValidationError

from sandbox.domain.calibration import CalibrationCard
from sandbox.domain.problems import describe_problems
from sandbox.errors import FileError
from sandbox.storage.new_file import new_file
from sandbox.storage.text_file import read_text


def read_card(path: Path) -> CalibrationCard:
    """The card in a file.

    Raises:
        FileError: it cannot be read, or is no card.
    """
    try:
        return CalibrationCard.model_validate_json(read_text(path))
    except ValidationError as cause:
        problems = "".join(f"\n  {each}" for each in describe_problems(cause, CalibrationCard))
        raise FileError(path, f"This is no calibration card:{problems}") from None


def write_card(card: CalibrationCard, path: Path) -> None:
    """Write a card, so that a person can read it too.

    Raises:
        FileError: the file cannot be written.
    """
    record = card.model_dump(mode="json", exclude_defaults=True)
    with new_file(path) as file:
        file.write((json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode())
