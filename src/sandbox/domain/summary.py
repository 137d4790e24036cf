"""An evaluation as a report shows it: plain records, ready to be laid out."""

from sandbox.domain.finding import Finding
from sandbox.domain.record import Record
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.trial import Trial


class CheckNote(Record):
    """What a reader needs to know of a check."""

    name: str
    version: str
    title: str
    why: str
    mend: str
    source: str


class Example(Record):
    """A finding that is not a pass, with the trial it was found in."""

    finding: Finding
    trial: Trial


class CheckExamples(Record):
    """What one check did not pass on one target, with its first examples."""

    check: str
    total: int
    examples: tuple[Example, ...]


class TargetExamples(Record):
    """What to show of one target: failing checks, worst first, and answers that could not be read."""

    failing: tuple[CheckExamples, ...]
    unread: tuple[Trial, ...]
    """The first trials with no artifact: unparsed, refused or failed."""
    answers: tuple[Trial, ...]
    """The first answers, whole, so that a reader sees what the model writes."""


class Summary(Record):
    """Everything that a report shows, in the order of `evaluation.results`."""

    evaluation: Evaluation
    targets: tuple[TargetExamples, ...]
    checks: tuple[CheckNote, ...]
    unknowns: tuple[str, ...]
    """What this evaluation cannot tell, a sentence each."""
    product_version: str
