"""What a report format is: it lays a summary out for people or machines."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # summaries are made for reports alone
    from sandbox.domain.summary import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFormat:
    """How a plugin brings a report format."""

    name: str
    summary: str
    extension: str
    """Of the file, without the dot."""
    render: "Callable[[Summary], str]"
