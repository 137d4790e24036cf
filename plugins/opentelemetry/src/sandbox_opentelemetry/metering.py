"""Events become metrics: how long calls took, and how many tokens."""

from collections.abc import Mapping

from opentelemetry.metrics import MeterProvider, get_meter
from opentelemetry.util.types import AttributeValue

from sandbox.domain.event import ModelAnswered, ModelFailed
from sandbox_opentelemetry import conventions as names

Call = Mapping[str, AttributeValue]
"""What is said of a call: operation, provider, model."""


class Metering:
    """Two histograms, as the conventions name them."""

    def __init__(self, meters: MeterProvider | None = None) -> None:
        meter = get_meter("sandbox_opentelemetry", meter_provider=meters)
        self._duration = meter.create_histogram(
            names.DURATION,
            unit="s",
            description="How long a call took.",
            explicit_bucket_boundaries_advisory=names.DURATION_BOUNDARIES,
        )
        self._tokens = meter.create_histogram(
            names.TOKEN_USAGE,
            unit="{token}",
            description="Tokens that went in or came out.",
            explicit_bucket_boundaries_advisory=names.TOKEN_BOUNDARIES,
        )

    def answered(self, event: ModelAnswered, call: Call) -> None:
        """Count a call that was answered."""
        self._duration.record(event.latency_seconds, call)
        self._tokens.record(event.input_tokens, {**call, names.TOKEN_TYPE: "input"})
        self._tokens.record(event.output_tokens, {**call, names.TOKEN_TYPE: "output"})

    def failed(self, event: ModelFailed, seconds: float, call: Call) -> None:
        """Count a call that was not answered."""
        self._duration.record(max(seconds, 0), {**call, names.ERROR_TYPE: event.kind.value})
