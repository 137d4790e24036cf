"""What a check is: a function that looks at one answer and says what it found."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sandbox.domain.artifact import Artifact
from sandbox.domain.audience import Audience
from sandbox.domain.finding import Evidence, Outcome
from sandbox.domain.passages import Passage, passages_of
from sandbox.domain.trial import Case

if TYPE_CHECKING:  # no command but a few ever reads a card
    from sandbox.domain.calibration import CalibrationCard


@dataclass(frozen=True)
class Subject:
    """What a check looks at: an answer, and the case that asked for it.

    What is made of the two is made when it is first asked for, and once.
    """

    answer: Artifact | str
    """The structured answer; or a text, if only that was brought to be scored."""
    case: Case

    @property
    def artifact(self) -> Artifact | None:
        """The structured answer; None if there is only a text."""
        return None if isinstance(self.answer, str) else self.answer

    @cached_property
    def text(self) -> str:
        """The answer in plain text; always there."""
        return self.answer if isinstance(self.answer, str) else self.answer.text(width=None)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text of the answer, with the path where it stands; a plain text is one passage."""
        if isinstance(self.answer, str):
            return (Passage("", self.answer),)
        return passages_of(self.answer)

    @cached_property
    def audience(self) -> Audience:
        """The learners, as far as the case says."""
        return self.case.audience

    @cached_property
    def given(self) -> str:
        """All that the case gave as inputs."""
        return "\n".join(map(self.input_text, self.case.inputs))

    def input_text(self, name: str) -> str:
        """An input of the case as text; empty if it was not given."""
        value = self.case.inputs.get(name, "")
        return "\n".join(value) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a check found in one answer."""

    outcome: Outcome
    reason: str
    evidence: tuple[Evidence, ...] = ()


def passed(reason: str, *evidence: Evidence) -> Judgement:
    """The answer does what the check asks for."""
    return Judgement(Outcome.PASS, reason, evidence)


def warned(reason: str, *evidence: Evidence) -> Judgement:
    """Something that a person should look at."""
    return Judgement(Outcome.WARN, reason, evidence)


def failed(reason: str, *evidence: Evidence) -> Judgement:
    """The answer does not do what the check asks for."""
    return Judgement(Outcome.FAIL, reason, evidence)


def not_applicable(reason: str) -> Judgement:
    """The check has nothing to say of this answer; this is no pass, and does not count."""
    return Judgement(Outcome.NOT_APPLICABLE, reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check with what people need in order to trust it: why it matters, how it works, how to mend."""

    name: str
    version: str
    title: str
    """What is true of an answer that passes, in a few words."""
    why: str
    how: str
    mend: str
    """What to change in the prompt when it fails."""
    source: str
    """Where the rule comes from."""
    run: Callable[[Subject], Judgement]
    artifacts: tuple[str, ...] = ()
    """Types of artifact that it applies to; empty means all."""
    needs_artifact: bool = True
    """Whether it needs the structured answer; False if plain text is enough."""
    limits: str = ""
    """What it cannot see."""
    is_quick: bool = False
    """Whether it takes milliseconds at most, whatever the answer: then it runs where everything else runs.

    Any other runs in a process of its own, which is ended if it takes too long or too much memory. For
    that `run` has to be a function at the top of a module; any other, such as one in a notebook, runs in
    a thread, which can be left but not ended.
    """
    timeout_seconds: float = 20
    """How long one answer may take a check that is not quick; after that it is a finding of its own."""
    card: "CalibrationCard | Callable[[], CalibrationCard | None] | None" = None
    """What was measured of it, or what reads that when it is first asked for.

    Without a card that fits its name and version it may warn, but no decision rests on it.
    """

    def applies_to(self, artifact_type: str) -> bool:
        """Whether answers of this type are looked at."""
        return not self.artifacts or artifact_type in self.artifacts
