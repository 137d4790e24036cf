"""Odd checks that a worker can import, and a few workers to look with."""

import asyncio
import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from sandbox.contracts.check import Check, Subject
from sandbox.domain.finding import Finding
from sandbox.domain.trial import Case
from sandbox.pipeline.check_processes.check_workers import CheckWorkers

SUBJECT = Subject("Hello, dear pupil", Case(id="a"))
Look = Callable[..., tuple[Finding, ...]]


@pytest.fixture(scope="session")
def odd() -> Iterator[ModuleType]:
    """The module with the odd checks, found by its name here and in every worker."""
    folder = str(Path(__file__).parent)
    sys.path.insert(0, folder)
    yield importlib.import_module("odd_checks")
    sys.path.remove(folder)


@pytest.fixture(scope="session")
def workers(odd: ModuleType) -> Iterator[CheckWorkers]:
    """Two workers that all tests share."""
    workers = CheckWorkers(size=2)
    yield workers
    workers.close()


@pytest.fixture(scope="session")
def look(workers: CheckWorkers) -> Look:
    """Has checks look at a short answer."""

    def look(*checks: Check) -> tuple[Finding, ...]:
        return asyncio.run(workers.inspect(checks, SUBJECT))

    return look


@pytest.fixture
def subject() -> Subject:
    """A short answer."""
    return SUBJECT
