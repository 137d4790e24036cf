"""The report as JSON, for other programs."""

from sandbox.domain.summary import Summary


def to_json_record(summary: Summary) -> str:
    """The whole summary as JSON."""
    return summary.model_dump_json(indent=2) + "\n"
