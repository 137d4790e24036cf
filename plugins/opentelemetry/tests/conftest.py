"""What the tests of this plugin start from: an SDK that keeps what it is told in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sandbox_opentelemetry.tracing import Tracing

from sandbox.testing import forbid_network

no_network = pytest.fixture(autouse=True)(forbid_network)


@dataclass
class Memory:
    """Tracing into memory, and what came of it."""

    exporter: InMemorySpanExporter = field(default_factory=InMemorySpanExporter)
    reader: InMemoryMetricReader = field(default_factory=InMemoryMetricReader)

    def __post_init__(self) -> None:
        self._tracers = TracerProvider()
        self._tracers.add_span_processor(SimpleSpanProcessor(self.exporter))
        self._meters = MeterProvider([self.reader])
        self.tracing = Tracing(self._tracers, self._meters)

    def spans(self, name: str = "") -> list[ReadableSpan]:
        """The spans that have ended and whose names begin so, in the order of their beginning."""
        ended = [span for span in self.exporter.get_finished_spans() if span.name.startswith(name)]
        return sorted(ended, key=lambda span: span.start_time or 0)

    def metrics(self) -> dict[str, list[tuple[dict[str, object], int, float]]]:
        """Attributes, count and sum of each metric."""
        data = self.reader.get_metrics_data()
        return {
            metric.name: [(dict(p.attributes), p.count, p.sum) for p in metric.data.data_points]
            for resource in (data.resource_metrics if data else ())
            for scope in resource.scope_metrics
            for metric in scope.metrics
        }

    def shut(self) -> None:
        """End the SDK."""
        self._tracers.shutdown()
        self._meters.shutdown()


@pytest.fixture
def memory() -> Iterator[Memory]:
    """An SDK in memory."""
    made = Memory()
    yield made
    made.shut()
