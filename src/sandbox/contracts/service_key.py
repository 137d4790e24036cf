"""Reads the key of a service from the environment, and says what is wrong with it without showing it."""

import os

from sandbox.errors import ErrorKind, ProviderError


def read_key(variable: str, *, service: str, is_needed: bool = True) -> str:
    """The key that a variable holds; empty if there is none and none is needed.

    Raises:
        ProviderError: of kind `authentication`, if it is missing or cannot be a key.
    """
    key = os.environ.get(variable, "").strip()
    if is_needed and not key:
        problem = f"{service} wants a key: put it into the variable {variable}."
    elif not (key.isascii() and key.isprintable()):
        # Found here, because an HTTP library would repeat the key in its complaint.
        problem = f"The variable {variable} holds characters that no key has: copy the key again."
    else:
        return key
    raise ProviderError(ErrorKind.AUTHENTICATION, problem)
