"""The providers that `sandbox` brings along."""
