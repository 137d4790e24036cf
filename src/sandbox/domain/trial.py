"""A case, a target, and the trial of the one on the other."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from html import escape

from pydantic import Field, SerializeAsAny

from sandbox.domain.artifact import Artifact
from sandbox.domain.audience import Audience
from sandbox.domain.exchange import Completion, Message, Settings, Usage
from sandbox.domain.finding import Finding, Outcome, place_in_words
from sandbox.domain.judging import Vote
from sandbox.domain.prompt import InputValue
from sandbox.domain.record import Record
from sandbox.domain.rendering import notebook_html, table_html, to_html
from sandbox.errors import ErrorKind

OUTCOME_WORDS = {
    Outcome.PASS: "✓ passed",
    Outcome.WARN: "! warning",
    Outcome.FAIL: "✗ failed",
    Outcome.NOT_APPLICABLE: "– does not apply",
    Outcome.ERROR: "? could not be checked",
}
"""Each outcome as people read it: a symbol and words, so that no colour is needed."""


class Case(Record):
    """One set of inputs to try, and what is expected of the answer."""

    id: str = Field(min_length=1, max_length=80)
    inputs: dict[str, InputValue] = {}
    roster: tuple[str, ...] = ()
    """Names of students that may stand in the inputs; a guard keeps them from leaving."""
    answer_key: tuple[str, ...] = ()
    """What the student is to find out for themselves: an answer that gives it away fails."""
    must: tuple[str, ...] = ()
    """Phrases that the answer must hold; `a | b` means either."""
    must_not: tuple[str, ...] = ()
    """Phrases that the answer must not hold."""
    statements: tuple[str, ...] = Field(default=(), max_length=8)
    """What has to be true of the answer, in sentences that a judge reads."""
    tags: tuple[str, ...] = ()
    note: str = ""
    student: str = Field(default="", max_length=80)
    """Pseudonym of the student whose work this is, by which its trials can be found and deleted."""

    def without_names(self, inputs: Mapping[str, InputValue]) -> "Case":
        """The case with these inputs, as the guards left them, and without the roster."""
        return self.model_copy(update={"inputs": dict(inputs), "roster": ()})

    @property
    def audience(self) -> Audience:
        """The learners that this case is about, as far as its inputs say."""
        known = {name: self.inputs.get(name) for name in ("grade", "subject", "language")}
        needs = self.inputs.get("learner_needs", ())
        return Audience.model_validate(
            {name: value for name, value in known.items() if value}
            | {"learner_needs": (needs,) if isinstance(needs, str) else needs}
        )


class Target(Record):
    """What may be adopted: one version of a prompt, on one model, with one group of settings."""

    prompt: str
    prompt_version: str
    prompt_digest: str
    model: str
    """`provider/model`."""
    model_identity: str = ""
    is_local: bool = False
    settings: Settings = Settings()

    @property
    def label(self) -> str:
        """The target in a few words."""
        return f"{self.prompt} {self.prompt_version} on {self.model}"


class TrialStatus(StrEnum):
    """How far a trial came."""

    ANSWERED = "answered"
    """There is an artifact, or a text that was brought to be scored."""
    UNPARSED = "unparsed"
    """The model answered, but not with the artifact that was asked for."""
    REFUSED = "refused"
    """A guard refused: nothing was sent."""
    FAILED = "failed"
    """The provider gave no answer."""


class Trial(Record):
    """One case on one target, once. Personal data that a guard took out is not in it."""

    fingerprint: str
    """SHA-256 over everything that the answer depends on."""
    target: Target
    case_id: str
    student: str = ""
    """The pseudonym that stands in the case."""
    repeat: int = Field(default=1, ge=1)
    status: TrialStatus
    problem: str = ""
    """Why there is no artifact, in words for people; empty if there is one."""
    error_kind: ErrorKind | None = None
    messages: tuple[Message, ...] = ()
    """What was sent, after the guards."""
    completion: Completion | None = None
    artifact: SerializeAsAny[Artifact] | None = None
    findings: tuple[Finding, ...] = ()
    votes: tuple[Vote, ...] = ()
    """What the models of a panel said of the answer."""
    checks_digest: str = ""
    """SHA-256 over the names and versions of the checks that were asked."""
    calls: int = Field(default=0, ge=0)
    """How often the model was asked, retries included."""
    repairs: int = Field(default=0, ge=0)
    """How often it was asked again because its answer could not be read."""
    started_at: datetime

    @property
    def text(self) -> str:
        """The answer in plain text: the artifact's, or else what the model said."""
        if self.artifact is not None:
            return self.artifact.text()
        return self.completion.text if self.completion else ""

    @property
    def usage(self) -> Usage:
        """The tokens that the answer took."""
        return self.completion.usage if self.completion else Usage()

    def _repr_html_(self) -> str:
        title = f"{self.target.label}, case {self.case_id}: {self.status}"
        parts = [f"<p><strong>{escape(title)}</strong></p>"]
        if self.problem:
            parts.append(f"<p>{escape(self.problem)}</p>")
        if self.artifact is not None:
            parts.append(to_html(self.artifact.document()))
        elif self.text:
            parts.append(f"<pre>{escape(self.text)}</pre>")
        if self.findings:
            rows = [_finding_row(finding) for finding in self.findings]
            parts.append(table_html("Findings", ("Check", "Outcome", "Reason", "Evidence"), rows))
        return notebook_html("trial", "".join(parts))


def _finding_row(finding: Finding) -> tuple[str, ...]:
    evidence = ""
    if finding.evidence:
        first = finding.evidence[0]
        evidence = f"“{first.quote}”" + (f" ({place_in_words(first.where)})" if first.where else "")
    return finding.check, OUTCOME_WORDS[finding.outcome], finding.reason, evidence
