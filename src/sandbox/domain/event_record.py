"""An event as plain values under stable names, for JSON."""

import re
from dataclasses import fields
from datetime import UTC, datetime
from typing import get_args

from sandbox.domain.event import Event

Plain = str | int | float | bool | list[str] | None


def event_record(event: Event) -> dict[str, Plain]:
    """The event's name, when it happened, and its fields, in their order."""
    record: dict[str, Plain] = {"event": EVENT_NAMES[type(event)], "at": utc(event.at)}
    for name in _FIELDS[type(event)]:
        value = getattr(event, name)
        record[name] = list(value) if isinstance(value, tuple) else value
    return record


def utc(seconds: float) -> str:
    """A moment in seconds since 1970 as ISO 8601 in UTC, to the millisecond."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


EVENT_NAMES: dict[type[Event], str] = {
    kind: re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower() for kind in get_args(Event)
}
"""The name of each kind of event, such as `trial_finished`."""
_FIELDS: dict[type[Event], tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind) if field.name != "at") for kind in get_args(Event)
}
