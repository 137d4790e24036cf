"""The fingerprint of a check: its version, and the source text of the module that it stands in."""

import hashlib
import inspect

from sandbox.contracts.check import Check


def check_digest(check: Check) -> str:
    """SHA-256 of a check's source text and version; of its name and version if there is no source text."""
    try:
        source = inspect.getsource(inspect.getmodule(check.run) or check.run)
    except (OSError, TypeError):  # written in a notebook, or no plain function
        source = check.name
    return hashlib.sha256(f"{check.version}\n{source}".encode()).hexdigest()
