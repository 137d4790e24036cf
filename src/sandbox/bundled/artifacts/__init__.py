"""The artifacts that `sandbox` brings along."""
