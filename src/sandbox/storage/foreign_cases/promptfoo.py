"""Tests of promptfoo, as its tables (`__expected` ...) and its lists (`vars`, `assert` ...) have them."""

from collections.abc import Iterator, Mapping

from sandbox.storage.foreign_cases.foreign_case import ForeignCase
from sandbox.storage.foreign_cases.promptfoo_assertions import Expectations, add_assertion, add_shorthand
from sandbox.storage.foreign_cases.records_of_file import FileRecord

DESCRIPTION = "__description"
_LISTED = {"vars", "assert", "description", "metadata"}


def is_promptfoo(record: Mapping[str, object]) -> bool:
    """Whether a record shows that it is a test of promptfoo."""
    return any(name.startswith("__") for name in record) or bool({"vars", "assert"} & set(record))


def promptfoo_cases(records: Iterator[FileRecord]) -> Iterator[ForeignCase]:
    """The tests of a file."""
    for position, record in records:
        expectations = Expectations()
        if {"vars", "assert"} & set(record):
            fields = _from_list(record, expectations)
        else:
            fields = _from_table(record, expectations)
        yield ForeignCase(
            position=position,
            fields=fields,
            goals={DESCRIPTION: "note"},
            must=tuple(expectations.must),
            must_not=tuple(expectations.must_not),
            lost=tuple(expectations.lost),
            changed=tuple(dict.fromkeys(expectations.changed)),
        )


def _from_table(record: Mapping[str, object], expectations: Expectations) -> dict[str, object]:
    fields: dict[str, object] = {}
    for name, value in record.items():
        if name.startswith("__expected"):
            add_shorthand(expectations, str(value).strip())
        elif name.startswith("__metadata:"):
            fields[_metadata_name(name.removeprefix("__metadata:"), record)] = value
        elif name.startswith("__") and name != DESCRIPTION:
            expectations.lost.append(f'the column "{name}"')
        else:
            fields[name] = value
    return fields


def _metadata_name(name: str, record: Mapping[str, object]) -> str:
    """Metadata by their own name, unless a column bears it."""
    name = name.removesuffix("[]")
    return f"metadata.{name}" if name in record else name


def _from_list(record: Mapping[str, object], expectations: Expectations) -> dict[str, object]:
    given = record.get("vars")
    fields: dict[str, object] = dict(given) if isinstance(given, Mapping) else {}
    if given is not None and not isinstance(given, Mapping):
        expectations.lost.append("vars that stand in another file")
    metadata = record.get("metadata")
    if isinstance(metadata, Mapping):
        for name, value in metadata.items():
            fields[_metadata_name(str(name), fields)] = value
    asserted = record.get("assert")
    for each in asserted if isinstance(asserted, list) else []:
        add_assertion(expectations, each)
    expectations.lost += [f'the field "{name}"' for name in record if name not in _LISTED]
    return fields | {DESCRIPTION: record.get("description")}
