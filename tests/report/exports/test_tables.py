"""Trials as CSV, JSON lines and Parquet."""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet  # type: ignore[import-untyped]  # it brings no types
import pytest

from sandbox.bundled.artifacts.feedback import Feedback
from sandbox.domain.trial import Trial
from sandbox.errors import FileError, InputError
from sandbox.report.exports import parquet_trials
from sandbox.report.exports.exporting import ExportFormat, export_trials
from sandbox.report.exports.material import Material


def _csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_each_trial_is_a_row_with_a_column_a_check(material: Material, tmp_path: Path) -> None:
    """Outcomes stand in columns of their own; where a check said nothing the cell is empty."""
    path = tmp_path / "trials.csv"
    _, n = export_trials(material, path)
    rows = _csv_rows(path)

    assert n == len(rows) == 16
    for row, trial in zip(rows, material.all_trials(), strict=True):
        said = {finding.check: finding.outcome.value for finding in trial.findings}
        assert {name: row[f"check_{name}"] for name in said} == said
        assert (row["case"], row["status"], row["repeat"]) == (
            trial.case_id,
            trial.status,
            str(trial.repeat),
        )
        assert (row["cost_usd"] == "") == (trial.completion is None or trial.completion.cost_usd is None)
    assert [row["check_tone_is_kind"] for row in rows if row["status"] == "refused"] == [""]


def test_excel_reads_the_encoding_and_computes_nothing(material: Material, tmp_path: Path) -> None:
    """The file begins with a byte order mark, and no text with what begins a formula."""
    label = material.evaluation.model_copy(update={"label": "=1+1"})
    path = tmp_path / "trials.csv"
    export_trials(Material(evaluation=label, store=material.store), path)

    assert path.read_bytes().startswith(b"\xef\xbb\xbfevaluation,")
    assert {row["label"] for row in _csv_rows(path)} == {"'=1+1"}


def test_json_lines_give_whole_trials_back(material: Material, tmp_path: Path) -> None:
    """A line without its evaluation is the trial as it is on record."""
    path = tmp_path / "trials.jsonl"
    export_trials(material, path)

    for line, trial in zip(
        path.read_text(encoding="utf-8").splitlines(), material.all_trials(), strict=True
    ):
        record = json.loads(line)
        assert record.pop("evaluation") == material.evaluation.id
        artifact = record.pop("artifact")
        found = Trial.model_validate({**record, "artifact": artifact and Feedback.model_validate(artifact)})
        assert found == trial


def test_parquet_gives_the_same_values_back(material: Material, tmp_path: Path) -> None:
    """Times are times in UTC, numbers are numbers, and findings are lists with their evidence."""
    path = tmp_path / "trials.parquet"
    _, n = export_trials(material, path)
    table = pyarrow.parquet.read_table(path)
    rows: list[dict[str, Any]] = table.to_pylist()

    assert n == len(rows) == 16
    assert str(table.schema.field("started_at").type) == "timestamp[us, tz=UTC]"
    for row, trial in zip(rows, material.all_trials(), strict=True):
        assert row["started_at"] == trial.started_at
        assert row["text"] == trial.text
        assert row["findings"] == trial.model_dump(mode="json")["findings"]
        assert row["messages"] == trial.model_dump(mode="json")["messages"]
        assert row["setting_temperature"] == trial.target.settings.temperature
        assert row["cost_usd"] == (trial.completion.cost_usd if trial.completion else None)
        assert (Feedback.parse(row["artifact"]) if row["artifact"] else None) == trial.artifact


def test_parquet_is_written_in_groups(
    material: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more rows are in memory than a group has."""
    monkeypatch.setattr(parquet_trials, "GROUP_ROWS", 6)
    export_trials(material, tmp_path / "trials.parquet")
    found = pyarrow.parquet.ParquetFile(tmp_path / "trials.parquet").metadata

    assert [found.row_group(number).num_rows for number in range(found.num_row_groups)] == [6, 6, 4]


def test_parquet_without_its_package_says_what_to_install(
    material: Material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And leaves no half file."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(InputError, match=r"pip install \"lesson-sandbox\[parquet\]\""):
        export_trials(material, tmp_path / "trials.parquet")
    assert list(tmp_path.iterdir()) == []


def test_an_ending_that_says_nothing_is_asked_about(material: Material, tmp_path: Path) -> None:
    """Unless the format is said."""
    with pytest.raises(InputError, match="say which format"):
        export_trials(material, tmp_path / "trials.txt")
    paths, _ = export_trials(material, tmp_path / "trials.txt", format_name=ExportFormat.CSV)

    assert paths == [tmp_path / "trials.txt"]


def test_what_cannot_be_written_is_told(material: Material, tmp_path: Path) -> None:
    """Such as a file below a file."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(FileError, match="cannot be written"):
        export_trials(material, tmp_path / "file" / "trials.csv")


def test_an_unfinished_evaluation_says_what_to_do(material: Material) -> None:
    """Nobody knows yet which trials belong to it."""
    unfinished = material.evaluation.model_copy(update={"results": ()})

    with pytest.raises(InputError, match=r"unfinished: give the same 'sandbox eval' again"):
        Material(evaluation=unfinished, store=material.store)
