"""What this distribution is called, and its version."""

DISTRIBUTION = "lesson-sandbox"
VERSION = "0.1.0"
