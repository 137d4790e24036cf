"""Collecting garbage: seldom while trials are made, since they leave next to nothing that needs it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 50_000
"""So many new objects bring about a collection; Python's own 700 are there after every few trials."""


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let Python look for garbage less often in this block; then, as often as before.

    Whoever has turned that off, or set it higher, keeps it so; so does an evaluation beside this one.
    """
    usual = gc.get_threshold()
    if not 0 < usual[0] < _SELDOM:
        yield
        return
    gc.set_threshold(_SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
