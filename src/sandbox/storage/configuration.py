"""What a folder's `sandbox.toml` says."""

import os
import re
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import Field, PlainValidator, ValidationError

from sandbox.domain.budget import Budget, Limits
from sandbox.domain.exchange import Price
from sandbox.domain.plugin_policy import PluginPolicy
from sandbox.domain.problems import describe_problems
from sandbox.domain.record import Record
from sandbox.errors import FileError
from sandbox.storage.plugin_table import FILE_NAME
from sandbox.storage.text_file import read_text

DEFAULT_MODEL = "llamacpp/smollm2-135m-instruct"


def _plugin_policy(table: object) -> PluginPolicy:
    return table if isinstance(table, PluginPolicy) else PluginPolicy.parse(table, os.environ)


class Configuration(Record):
    """The settings of one folder."""

    model: str = DEFAULT_MODEL
    """The model that is asked when none is named, as `provider/model` or as one of `models`."""
    models: dict[str, str] = {}
    """Short names for models, such as `fast` and `careful`, each with its `provider/model`."""
    only_local: bool = False
    """Whether only models on this machine may be asked, so that no text leaves it."""
    records: str = ".sandbox/records.db"
    """Where evaluations and trials are kept: a path seen from the folder, or an address."""
    executor: str = "side_by_side"
    """In which order trials are made, and how many at once."""
    log: str = ""
    """A file for the log of decisions, seen from the folder; empty writes none."""
    reports: str = "reports"
    """Where reports are written, seen from the folder."""
    providers: dict[str, dict[str, str | int | float | bool]] = {}
    """Options of providers, by name."""
    prices: dict[str, Price] = {}
    """What a million tokens cost, by `provider/model`."""
    plugins: Annotated[PluginPolicy, PlainValidator(_plugin_policy)] = Field(
        default_factory=lambda: _plugin_policy({})
    )
    """Which plugins may be used."""
    limits: dict[str, Limits] = {}
    """How much a provider may be asked, by its name."""
    budget: Budget = Budget()
    """Caps on each evaluation."""
    confirm_above_usd: float = Field(default=1, ge=0)
    """An evaluation that may cost more is asked about first, unless it has a cap."""
    keep_days: int | None = Field(default=None, ge=1)
    """Trials that are older are deleted when the next evaluation begins; None keeps them."""
    max_attempts: int = Field(default=8, ge=1, le=20)
    """How often a request is sent, if it fails in a way that may pass; "too often" does not count."""
    max_repairs: int = Field(default=2, ge=0, le=5)
    """How often a model is asked to mend an answer that cannot be read."""
    timeout_seconds: float = Field(default=180, gt=0)
    """How long one attempt may take."""
    total_seconds: float = Field(default=900, gt=0)
    """How long all attempts at one answer may take, with the pauses between them."""
    patience_seconds: float = Field(default=120, gt=0)
    """How long a service may give no answers at all before its targets are stopped."""


def read_configuration(home: Path) -> Configuration:
    """The configuration of a folder; the defaults if it has none.

    Raises:
        FileError: the file is malformed or says something unknown.
    """
    path = home / FILE_NAME
    if not path.exists():
        return Configuration()
    try:
        return Configuration.model_validate(_parsed(path))
    except ValidationError as cause:
        problems = describe_problems(cause, Configuration, echo_values=True)
        raise FileError(path, "; ".join(map(str, problems))) from None


def _parsed(path: Path) -> dict[str, object]:
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        problem, _, place = str(cause).partition(" (at ")
        numbers = [int(number) for number in re.findall(r"\d+", place)]
        line, column = numbers if len(numbers) == 2 else (len(text.splitlines()), None)
        raise FileError(path, problem, line=line, column=column) from cause
