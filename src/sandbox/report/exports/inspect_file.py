"""Inspect logs as files: `.eval`, a zip of JSON files, and `.json`; samples are streamed into both."""

import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import BinaryIO

from sandbox.domain.scorecard import TargetResult
from sandbox.report.exports.inspect_log import inspect_head, inspect_id, inspect_start
from sandbox.report.exports.inspect_sample import JsonObject, inspect_sample, inspect_summary
from sandbox.report.exports.material import Material
from sandbox.storage.new_file import new_file

SUFFIXES = (".eval", ".json")


def write_inspect(material: Material, path: Path) -> tuple[list[Path], int]:
    """Write a log for each target, and give the files and the number of trials.

    A path that ends in .eval or .json is the log of the only target; of several, `-1`, `-2` ... are put
    before the ending. Any other path is a folder, and the logs in it bear names as Inspect gives them.

    Raises:
        FileError: a file cannot be written.
    """
    results = material.evaluation.results
    paths = [_path(material, result, path, number) for number, result in enumerate(results, start=1)]
    n = 0
    for result, goal in zip(results, paths, strict=True):
        write = _write_json if goal.suffix.lower() == ".json" else _write_zip
        with new_file(goal) as file:
            n += write(material, result, file, goal.parent)
    return paths, n


def _path(material: Material, result: TargetResult, path: Path, number: int) -> Path:
    evaluation = material.evaluation
    if path.suffix.lower() in SUFFIXES and not path.is_dir():
        return path if len(evaluation.results) == 1 else path.with_stem(f"{path.stem}-{number}")
    began = evaluation.started_at.astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%S+00-00")
    words = (evaluation.suite, result.scorecard.target.model)
    task, model = (re.sub(r"[^A-Za-z0-9.]+", "-", word).strip("-.") for word in words)
    return path / f"{began}_{task}_{model}_{inspect_id(material, result)}.eval"


def _samples(material: Material, result: TargetResult) -> Iterator[JsonObject]:
    checks = [metric.check for metric in result.scorecard.metrics]
    for trial in material.trials(result.scorecard.target):
        yield inspect_sample(trial, answer_key=material.answer_keys.get(trial.case_id, ()), checks=checks)


def _write_zip(material: Material, result: TargetResult, file: BinaryIO, folder: Path) -> int:
    """The samples one by one; their summaries, which stand in one list, wait on the disk meanwhile."""
    n = 0
    with (
        zipfile.ZipFile(file, "w", compression=zipfile.ZIP_DEFLATED) as archive,
        tempfile.TemporaryFile(dir=folder) as summaries,
    ):
        archive.writestr("_journal/start.json", _json(inspect_start(material, result)))
        for n, sample in enumerate(_samples(material, result), start=1):
            archive.writestr(f"samples/{sample['id']}_epoch_{sample['epoch']}.json", _json(sample))
            summaries.write((b"," if n > 1 else b"") + _json(inspect_summary(sample)))
        summaries.seek(0)
        with archive.open("summaries.json", "w", force_zip64=True) as member:
            member.write(b"[")
            while part := summaries.read(1 << 16):
                member.write(part)
            member.write(b"]")
        archive.writestr("header.json", _json(inspect_head(material, result)))
    return n


def _write_json(material: Material, result: TargetResult, file: BinaryIO, _folder: Path) -> int:
    file.write(_json(inspect_head(material, result)).removesuffix(b"}") + b',"samples":[')
    n = 0
    for n, sample in enumerate(_samples(material, result), start=1):
        file.write((b",\n" if n > 1 else b"\n") + _json(sample))
    file.write(b"\n]}\n")
    return n


def _json(value: JsonObject) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
