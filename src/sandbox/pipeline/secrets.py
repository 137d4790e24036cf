"""Keeps keys out of what is shown and kept, should a plugin put one into its words."""

import os
import re
from collections.abc import Iterable

_SECRET_NAME = re.compile(r"KEY|TOKEN|SECRET|PASSW|CREDENTIAL", re.IGNORECASE)
_SHORTEST = 8
"""Shorter values are words that stand in many texts."""


def without_secrets(text: str, secrets: Iterable[str] | None = None) -> str:
    """The text without the value of any environment variable whose name is that of a secret.

    Whoever has many texts gives the `secrets` along, since the environment takes long to read.
    """
    for secret in secret_values() if secrets is None else secrets:
        text = text.replace(secret, "[key]")
    return text


def secret_values() -> tuple[str, ...]:
    """The values of those variables, the longest first."""
    values = {value.strip() for name, value in os.environ.items() if _SECRET_NAME.search(name)}
    return tuple(sorted((value for value in values if len(value) >= _SHORTEST), key=len, reverse=True))
