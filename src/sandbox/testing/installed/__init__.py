"""Tries an installed plugin, whatever it brings."""
