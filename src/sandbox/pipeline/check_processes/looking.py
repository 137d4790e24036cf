"""One look of one check at one answer, which always gives a finding."""

from sandbox.contracts.check import Check, Subject
from sandbox.domain.finding import Finding, Outcome
from sandbox.errors import FAULTS
from sandbox.pipeline.inspecting import inspect_answer


def find(check: Check, subject: Subject) -> Finding:
    """What the check says, or that it failed."""
    try:
        return inspect_answer((check,), subject)[0]
    except FAULTS as cause:  # evidence that is none, for instance
        return not_made(check, f"The check failed with {type(cause).__name__}.")


def not_made(check: Check, reason: str) -> Finding:
    """That the check could not be made: never a pass, and it stays in the count."""
    return Finding(check=check.name, version=check.version, outcome=Outcome.ERROR, reason=reason)
