"""What a template filter is: a function that prompts can use, as in `{{ topic | name }}`."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFilter:
    """How a plugin brings a filter for prompt templates (Jinja's word for it)."""

    name: str
    summary: str
    apply: Callable[..., object]
    """Takes the value, and whatever stands in the brackets after the filter's name."""
