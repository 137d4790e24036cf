"""`assert_passes`: what an ordinary test says of a trial."""

from textwrap import shorten

from sandbox.domain.finding import Finding, Outcome, place_in_words
from sandbox.domain.trial import OUTCOME_WORDS, Trial, TrialStatus
from sandbox.errors import UnknownNameError

_QUOTES = 2
_QUOTE_WIDTH = 100


def assert_passes(trial: Trial, *checks: str) -> None:
    """Fail the test unless these checks passed the answer; without names, all that apply to it.

    A warning passes, as it does in a suite. That a check does not apply, or could not be made, is no pass.

    Raises:
        AssertionError: one did not; it says which, why, and on what evidence.
        UnknownNameError: a check of this name did not look at the trial.
    """
    __tracebackhide__ = True  # pytest shows the line of the test, not this one
    head = f"{trial.target.label}, case {trial.case_id}"
    if trial.status is not TrialStatus.ANSWERED:
        raise AssertionError(f"{head}: there is no answer to look at ({trial.status}). {trial.problem}")
    found = {finding.check: finding for finding in trial.findings}
    for name in checks:
        if name not in found:
            raise UnknownNameError("check of this trial", name, found)
    asked = [found[name] for name in checks] or [
        finding for finding in trial.findings if finding.outcome is not Outcome.NOT_APPLICABLE
    ]
    if not asked:
        raise AssertionError(f"{head}: no check applies to the answer, so nothing is shown.")
    failed = [finding for finding in asked if finding.outcome not in {Outcome.PASS, Outcome.WARN}]
    if failed:
        told = "".join(map(_told, failed))
        raise AssertionError(f"{head}: {len(failed)} of {len(asked)} checks did not pass.{told}")


def _told(finding: Finding) -> str:
    lines = [f"\n{OUTCOME_WORDS[finding.outcome]}: {finding.check} {finding.version}. {finding.reason}"]
    for evidence in finding.evidence[:_QUOTES]:
        where = f" ({place_in_words(evidence.where)})" if evidence.where else ""
        lines.append(f"\n    “{shorten(evidence.quote, _QUOTE_WIDTH, placeholder=' ...')}”{where}")
    if len(finding.evidence) > _QUOTES:
        lines.append(f"\n    and {len(finding.evidence) - _QUOTES} more")
    return "".join(lines)
