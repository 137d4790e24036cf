"""Observers that come with `sandbox`."""
