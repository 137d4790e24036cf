"""What this plugin brings to `sandbox`: an observer that tells OpenTelemetry what happens."""

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from sandbox.contracts.hookspecs import hookimpl
from sandbox.contracts.observer import Observer

if TYPE_CHECKING:  # this module is imported for `--help`, and must not bring OpenTelemetry along
    from sandbox.domain.event import Event
    from sandbox_opentelemetry.tracing import Tracing


_NAMED_PROVIDERS = ("OTEL_PYTHON_TRACER_PROVIDER", "OTEL_PYTHON_METER_PROVIDER")
"""Where OpenTelemetry looks for what nobody has set up in Python."""


@hookimpl
def sandbox_observers() -> list[Observer]:
    """The one observer."""
    late = _LateTracing()
    summary = "Traces and metrics for OpenTelemetry, without any text."
    return [Observer(name="opentelemetry", summary=summary, observe=late.observe, close=late.close)]


class _LateTracing:
    """Tracing that is made at the first event that anybody can be told of."""

    def __init__(self) -> None:
        self._tracing: Tracing | None = None

    def observe(self, event: "Event") -> None:
        if self._tracing is None:
            if not _may_be_heard():
                return
            self._tracing = import_module("sandbox_opentelemetry.tracing").Tracing()
        self._tracing.observe(event)

    def close(self) -> None:
        if self._tracing is not None:
            self._tracing.close()


def _may_be_heard() -> bool:
    """Whether an SDK may be set up: whoever did so has imported OpenTelemetry, which takes its time."""
    return "opentelemetry" in sys.modules or any(map(os.environ.get, _NAMED_PROVIDERS))
