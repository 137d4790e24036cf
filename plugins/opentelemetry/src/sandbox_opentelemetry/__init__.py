"""A `sandbox` plugin: tells OpenTelemetry what happens."""
