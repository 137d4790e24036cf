"""The guards that `sandbox` brings along."""
