"""Samples of an Inspect dataset: input, target, choices, metadata."""

import json
from collections.abc import Iterator, Mapping

from sandbox.storage.foreign_cases.foreign_case import ForeignCase
from sandbox.storage.foreign_cases.records_of_file import FileRecord

_LOST = ("sandbox", "files", "setup", "checkpoint")
_SEVERAL = "Several messages became one text, with who speaks before each."
_CHOICE = "The target names a choice by its letter; the answer key holds the words of the choice."


def is_inspect(record: Mapping[str, object]) -> bool:
    """Whether a record shows that it is a sample of Inspect."""
    return "input" in record


def inspect_cases(records: Iterator[FileRecord]) -> Iterator[ForeignCase]:
    """The samples of a file."""
    for position, record in records:
        lost, changed = [f'the field "{name}"' for name in _LOST if record.get(name)], list[str]()
        fields = {name: value for name, value in record.items() if name not in {*_LOST, "metadata"}}
        fields |= _metadata(record, lost)
        choices = _choices(fields.get("choices"))
        if choices:
            fields["choices"] = choices
        if isinstance(fields.get("input"), list):
            fields["input"] = _conversation(fields["input"], lost, changed)
        fields["target"] = _answer_key(fields.get("target"), choices, changed)
        yield ForeignCase(
            position=position,
            fields=fields,
            goals={"id": "id", "description": "note", "target": "answer_key"},
            lost=tuple(lost),
            changed=tuple(changed),
        )


def _metadata(record: Mapping[str, object], lost: list[str]) -> dict[str, object]:
    """The metadata by their own names, unless a field bears the name."""
    metadata = _unpacked(record.get("metadata"))
    if metadata is None:
        return {}
    if not isinstance(metadata, Mapping):
        lost.append("metadata that are no group of named fields")
        return {}
    return {f"metadata.{name}" if name in record else str(name): value for name, value in metadata.items()}


def _unpacked(value: object) -> object:
    """What a cell of a table holds as JSON; anything else as it is."""
    if isinstance(value, str) and value.strip()[:1] in {"{", "["}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _choices(value: object) -> list[str]:
    """The choices of a list, or of a text with commas or else spaces between them, as Inspect reads it."""
    value = _unpacked(value)
    if isinstance(value, str):
        parts = value.split(",")
        value = parts if len(parts) > 1 else value.split()
    return [str(each).strip() for each in value if str(each).strip()] if isinstance(value, list) else []


def _answer_key(target: object, choices: list[str], changed: list[str]) -> tuple[str, ...]:
    target = _unpacked(target)
    given = target if isinstance(target, list) else [target]
    keys = [str(each).strip() for each in given if each is not None and str(each).strip()]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(choices)]
    if choices and keys and all(len(key) == 1 and key in letters for key in keys):
        changed.append(_CHOICE)
        return tuple(choices[letters.index(key)] for key in keys)
    return tuple(keys)


def _conversation(messages: object, lost: list[str], changed: list[str]) -> str:
    """The texts of a list of messages; one message of the user is its text alone."""
    spoken: list[tuple[str, str]] = []
    for message in messages if isinstance(messages, list) else []:
        role = str(message.get("role", "user")) if isinstance(message, Mapping) else ""
        if role == "system":
            lost.append("a system message: the prompt has its own")
        elif role in {"user", "assistant"}:
            spoken.append((role, _said(message.get("content"), lost)))
        else:
            lost.append(f"a message of {role or 'nobody'}")
    if len(spoken) == 1 and spoken[0][0] == "user":
        return spoken[0][1]
    changed.append(_SEVERAL)
    return "\n\n".join(f"{role}: {text}" for role, text in spoken)


def _said(content: object, lost: list[str]) -> str:
    if isinstance(content, str):
        return content
    texts = []
    for part in content if isinstance(content, list) else []:
        kind = str(part.get("type", "")) if isinstance(part, Mapping) else ""
        if kind == "text":
            texts.append(str(part.get("text", "")))
        else:
            lost.append(f"a part of a message that is no text: {kind or 'unknown'}")
    return "\n".join(texts)
