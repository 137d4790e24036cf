"""Events as plain values: every kind has its name and all of its fields."""

import json
from dataclasses import fields
from typing import get_args

import pytest

from sandbox.domain.event import Event, PaceChanged, PaceReason
from sandbox.domain.event_record import EVENT_NAMES, event_record


@pytest.mark.parametrize("kind", get_args(Event))
def test_every_kind_has_a_name_of_its_own(kind: type[Event]) -> None:
    """In small letters; no field is called as the name is."""
    name = EVENT_NAMES[kind]

    assert name == name.lower()
    assert name.replace("_", "") == kind.__name__.lower()
    assert "event" not in {field.name for field in fields(kind)}


def test_a_record_is_plain() -> None:
    """What JSON knows, and nothing else."""
    event = PaceChanged(at=0.5, account="a", before=2, after=1, reason=PaceReason.RATES)

    assert json.loads(json.dumps(event_record(event))) == {
        "event": "pace_changed",
        "at": "1970-01-01T00:00:00.500Z",
        "account": "a",
        "before": 2,
        "after": 1,
        "reason": "rates",
        "pause_seconds": 0,
    }
