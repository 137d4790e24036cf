"""Trials as a Parquet file: typed columns, nested findings, written in groups of rows."""

from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from types import ModuleType
from typing import BinaryIO

from sandbox.domain.trial import Trial
from sandbox.errors import InputError
from sandbox.report.exports.columns import COLUMNS
from sandbox.report.exports.material import Material

GROUP_ROWS = 500
"""As many rows are in memory at a time."""


def write_parquet(material: Material, file: BinaryIO) -> int:
    """Write a row for each trial, and give their number.

    Raises:
        InputError: the package that writes Parquet is missing.
    """
    arrow = _arrow()
    schema = _schema(arrow)
    n = 0
    with import_module("pyarrow.parquet").ParquetWriter(file, schema, compression="zstd") as writer:
        rows = _rows(material)
        while group := list(islice(rows, GROUP_ROWS)):
            writer.write_table(arrow.Table.from_pylist(group, schema=schema))
            n += len(group)
    return n


def _arrow() -> ModuleType:
    try:
        return import_module("pyarrow")
    except ImportError:
        raise InputError(
            'Parquet needs one more package: pip install "lesson-sandbox[parquet]". '
            "Or choose .csv or .jsonl, which need none."
        ) from None


def _schema(arrow: ModuleType) -> object:
    text, whole = arrow.string(), arrow.int64()
    kinds = {
        "text": text,
        "integer": whole,
        "number": arrow.float64(),
        "truth": arrow.bool_(),
        "time": arrow.timestamp("us", tz="UTC"),
    }
    evidence = arrow.struct({"quote": text, "where": text})
    finding = dict.fromkeys(("check", "version", "outcome", "reason"), text)
    nested = {
        "messages": arrow.list_(arrow.struct({"role": text, "content": text})),
        "artifact": text,  # its fields differ from one type of artifact to the next
        "findings": arrow.list_(arrow.struct({**finding, "evidence": arrow.list_(evidence)})),
    }
    return arrow.schema({column.name: kinds[column.kind] for column in COLUMNS} | nested)


def _rows(material: Material) -> Iterator[dict[str, object]]:
    for trial in material.all_trials():
        plain = {column.name: column.read(material.evaluation, trial) for column in COLUMNS}
        yield {**plain, **_nested(trial)}


def _nested(trial: Trial) -> dict[str, object]:
    record = trial.model_dump(mode="json", include={"messages", "findings"})
    return {**record, "artifact": trial.artifact.model_dump_json() if trial.artifact else None}
