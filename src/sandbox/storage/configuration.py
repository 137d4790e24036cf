"""What a folder's `sandbox.toml` says."""

import re
import tomllib
from pathlib import Path

from pydantic import Field, ValidationError

from sandbox.domain.exchange import Price
from sandbox.domain.problems import describe_problems
from sandbox.domain.record import Record
from sandbox.errors import FileError
from sandbox.storage.text_file import read_text

FILE_NAME = "sandbox.toml"
DEFAULT_MODEL = "llamacpp/smollm2-135m-instruct"


class Configuration(Record):
    """The settings of one folder."""

    model: str = DEFAULT_MODEL
    """The model that is asked when none is named, as `provider/model`."""
    records: str = ".sandbox/records.db"
    """Where evaluations and trials are kept, seen from the folder."""
    reports: str = "reports"
    """Where reports are written, seen from the folder."""
    providers: dict[str, dict[str, str | int | float | bool]] = {}
    """Options of providers, by name."""
    prices: dict[str, Price] = {}
    """What a million tokens cost, by `provider/model`."""
    max_attempts: int = Field(default=5, ge=1, le=20)
    timeout_seconds: float = Field(default=180, gt=0)


def read_configuration(home: Path) -> Configuration:
    """The configuration of a folder; the defaults if it has none.

    Raises:
        FileError: the file is malformed or says something unknown.
    """
    path = home / FILE_NAME
    if not path.exists():
        return Configuration()
    text = read_text(path)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        problem, _, place = str(cause).partition(" (at ")
        numbers = [int(number) for number in re.findall(r"\d+", place)]
        line, column = numbers if len(numbers) == 2 else (len(text.splitlines()), None)
        raise FileError(path, problem, line=line, column=column) from cause
    try:
        return Configuration.model_validate(found)
    except ValidationError as cause:
        problems = describe_problems(cause, Configuration, echo_values=True)
        raise FileError(path, "; ".join(map(str, problems))) from None
