"""What a request preparer is: it changes what is asked, before the guards look at it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a plugin's module is imported for `--help`, and must not bring pydantic along
    from sandbox.domain.exchange import ModelCard, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPreparer:
    """How a plugin brings a request preparer. If it raises, nothing is sent."""

    name: str
    version: str
    summary: str
    prepare: "Callable[[Request, ModelCard], Request]"
    """The request as it should be asked of this model; only its messages and settings may differ."""
