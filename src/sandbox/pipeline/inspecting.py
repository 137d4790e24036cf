"""Check: an answer becomes findings, one for each check, whatever happens."""

import hashlib
from collections.abc import Sequence

from sandbox.contracts.check import Check, Judgement, Subject
from sandbox.domain.finding import Finding, Outcome, shared_finding
from sandbox.domain.trial import Case
from sandbox.errors import FAULTS


def inspect_answer(checks: Sequence[Check], subject: Subject) -> tuple[Finding, ...]:
    """What each check says of the answer. A check that crashes is a finding of its own, never a pass."""
    return tuple(finding_of(check, _judged(check, subject)) for check in checks)


def no_answer(checks: Sequence[Check], problem: str) -> tuple[Finding, ...]:
    """An error from each check, because there is no answer to look at; so it stays in the count."""
    judgement = Judgement(Outcome.ERROR, f"There was no answer to look at: {problem}")
    return tuple(finding_of(check, judgement) for check in checks)


def checks_digest(checks: Sequence[Check], case: Case, panel_digest: str = "") -> str:
    """What findings depend on beside the answer: checks, judges, and what the case expects."""
    parts = [f"{check.name} {check.version}" for check in checks]
    parts.append(repr((case.answer_key, case.must, case.must_not)))
    if panel_digest:
        parts.append(repr((panel_digest, case.statements)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _judged(check: Check, subject: Subject) -> Judgement:
    if check.needs_artifact and subject.artifact is None:
        return Judgement(Outcome.NOT_APPLICABLE, "It needs the structured answer; this one is plain text.")
    try:
        judgement: object = check.run(subject)
    except FAULTS as cause:  # a stranger's code; its words may quote a student
        return Judgement(Outcome.ERROR, f"The check failed with {type(cause).__name__}.")
    if not isinstance(judgement, Judgement) or not judgement.reason:
        return Judgement(Outcome.ERROR, "The check gave no judgement with a reason.")
    return judgement


def finding_of(check: Check, judgement: Judgement) -> Finding:
    """What a check says, as it is kept; of what cannot be kept, such as half a character, only that."""
    name, version, outcome, reason = check.name, check.version, judgement.outcome, judgement.reason
    evidence = judgement.evidence
    try:
        if evidence == ():
            finding = shared_finding(name, version, outcome, reason)
        else:
            finding = Finding(
                check=name, version=version, outcome=outcome, reason=reason, evidence=evidence
            )
        if evidence or not reason.isascii():
            finding.model_dump_json()
    except (ValueError, AttributeError, TypeError):  # a stranger's words may quote a student
        return shared_finding(name, version, Outcome.ERROR, "The check gave words that cannot be kept.")
    return finding
