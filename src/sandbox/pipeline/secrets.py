"""Keeps keys out of what is shown and kept, should a plugin put one into its words."""

import os
import re
from collections.abc import Iterable

_SECRET_NAME = re.compile(r"KEY|TOKEN|SECRET|PASSW|CREDENTIAL", re.IGNORECASE)
_SHORTEST = 8
"""Shorter values are words that stand in many texts."""


def without_secrets(text: str) -> str:
    """The text without the value of any environment variable whose name is that of a secret."""
    for secret in _secrets():
        text = text.replace(secret, "[key]")
    return text


def _secrets() -> Iterable[str]:
    values = {value.strip() for name, value in os.environ.items() if _SECRET_NAME.search(name)}
    return sorted((value for value in values if len(value) >= _SHORTEST), key=len, reverse=True)
