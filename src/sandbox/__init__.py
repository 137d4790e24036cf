"""Find out whether a prompt is safe and sound teaching before a school adopts it."""

__version__ = "0.1.0"
