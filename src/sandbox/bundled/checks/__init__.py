"""The checks that `sandbox` brings along: one file a check."""
