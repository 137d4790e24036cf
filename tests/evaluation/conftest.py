"""Trials made by hand."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sandbox.domain.finding import Finding, Outcome
from sandbox.domain.trial import Target, Trial, TrialStatus

MakeTrial = Callable[..., Trial]
TARGET = Target(prompt="note", prompt_version="1.0.0", prompt_digest="d", model="scripted/x")


@pytest.fixture
def target() -> Target:
    """What is tried."""
    return TARGET


@pytest.fixture
def make_trial() -> MakeTrial:
    """Makes a trial whose checks said so."""

    def make(
        case_id: str, *, repeat: int = 1, status: TrialStatus = TrialStatus.ANSWERED, **said: Outcome
    ) -> Trial:
        findings = tuple(
            Finding(check=name, version="1", outcome=outcome, reason="-") for name, outcome in said.items()
        )
        return Trial(
            fingerprint=f"{case_id}-{repeat}",
            target=TARGET,
            case_id=case_id,
            repeat=repeat,
            status=status,
            findings=findings,
            started_at=datetime(2026, 1, 1, tzinfo=UTC),
        )

    return make
