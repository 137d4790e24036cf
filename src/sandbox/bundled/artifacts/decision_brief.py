"""A brief for school leaders who decide on an AI tool: options, evidence, risks, and when to stop."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from sandbox.domain.artifact import Artifact
from sandbox.domain.document import Block, Bullets, Document, Heading, Paragraph, Table
from sandbox.domain.record import Record

Line = Annotated[str, Field(min_length=1, max_length=240)]


class Likelihood(StrEnum):
    """How likely a risk is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class EvidenceStrength(StrEnum):
    """How much a claim can carry; a claim without a source carries none, or little."""

    STRONG = "strong"
    MIXED = "mixed"
    WEAK = "weak"
    NONE = "none"


class Risk(Record):
    """What may go wrong, for whom, and what is done about it."""

    risk: str = Field(min_length=1, max_length=240, description="What may go wrong.")
    who_is_affected: str = Field(
        min_length=1, max_length=160, description="The people it would harm, as a group, never a person."
    )
    likelihood: Likelihood = Field(description="How likely it is, as far as the evidence tells.")
    mitigation: str = Field(
        min_length=1,
        max_length=240,
        description="What makes it less likely or less harmful, and who does it.",
    )


class DecisionOption(Record):
    """One thing that the leaders could do."""

    name: str = Field(min_length=1, max_length=80, description="The option in a few words.")
    description: str = Field(
        min_length=1, max_length=400, description="What would be done, by whom, and with which students."
    )
    benefits: tuple[Line, ...] = Field(
        min_length=1, max_length=4, description="What would be better, and for whom. Promise nothing."
    )
    risks: tuple[Risk, ...] = Field(
        min_length=1, max_length=4, description="What may go wrong. To change nothing has risks too."
    )
    cost_and_effort: str = Field(
        min_length=1, max_length=240, description="Money, time and training, or that they are not known."
    )


class EvidenceItem(Record):
    """A claim and what it rests on."""

    claim: str = Field(
        min_length=1, max_length=300, description="What is claimed; numbers only as the inputs give them."
    )
    source: str = Field(
        min_length=1,
        max_length=200,
        description="Who says so, in the words of the inputs, or 'none given'. Never a source of your own.",
    )
    strength: EvidenceStrength = Field(
        description="How much it can carry here. Without a source: weak or none."
    )


class DecisionBrief(Artifact):
    """A brief that leaders read, argue about and change before they decide."""

    type_name: ClassVar[str] = "decision_brief"

    title: str = Field(min_length=1, max_length=120, description="What is to be decided, in a few words.")
    question: str = Field(
        min_length=1, max_length=240, description="The decision as one question that can be answered."
    )
    for_whom: str = Field(min_length=1, max_length=160, description="Who decides, by their role.")
    what_changes: str = Field(
        min_length=1,
        max_length=500,
        description="What AI would change for students, teachers and families, and what it would not.",
    )
    options: tuple[DecisionOption, ...] = Field(
        min_length=2, max_length=4, description="What could be done. One of them is to change nothing."
    )
    evidence: tuple[EvidenceItem, ...] = Field(
        min_length=1,
        max_length=6,
        description="What is known, where it comes from, and how far it carries.",
    )
    unknowns: tuple[Line, ...] = Field(
        min_length=1, max_length=6, description="What is not known and would matter."
    )
    people_to_hear: tuple[Annotated[str, Field(min_length=1, max_length=120)], ...] = Field(
        min_length=1, max_length=6, description="Whose voice is missing, by role, and what to ask them."
    )
    recommendation: str = Field(
        min_length=1,
        max_length=500,
        description="Which option the evidence supports, how sure that is, and that the leaders decide.",
    )
    conditions_to_stop: tuple[Line, ...] = Field(
        min_length=1,
        max_length=5,
        description="What would make us stop: something that can be counted, seen or heard, and by when.",
    )
    review_by: str = Field(
        min_length=1, max_length=80, description="When the decision is looked at again, and by whom."
    )

    def document(self) -> Document:
        """The brief as leaders read it: the decision, the options, the evidence, and when to stop."""
        return Document(
            self.title,
            (
                Paragraph(self.question, label="Question"),
                Paragraph(self.for_whom, label="Who decides"),
                Paragraph(self.what_changes, label="What AI would change"),
                Heading("Options"),
                *(block for option in self.options for block in _option(option)),
                Heading("Evidence"),
                Table(
                    ("Claim", "Source", "Strength"),
                    tuple((item.claim, item.source, item.strength) for item in self.evidence),
                ),
                Heading("What is not known"),
                Bullets(self.unknowns),
                Heading("Whom to hear first"),
                Bullets(self.people_to_hear),
                Heading("Recommendation"),
                Paragraph(self.recommendation),
                Heading("What would make us stop"),
                Bullets(self.conditions_to_stop),
                Paragraph(self.review_by, label="Look at it again"),
            ),
        )


def _option(option: DecisionOption) -> tuple[Block, ...]:
    return (
        Heading(option.name, level=2),
        Paragraph(option.description),
        Bullets(option.benefits),
        Table(
            ("Risk", "Who is affected", "Likelihood", "What is done about it"),
            tuple(
                (item.risk, item.who_is_affected, item.likelihood, item.mitigation) for item in option.risks
            ),
        ),
        Paragraph(option.cost_and_effort, label="Cost and effort"),
    )
