"""Judging: what a judge is asked by, what a model says as a judge, and the vote that it comes to."""

import hashlib
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, create_model, model_validator

from sandbox.domain.artifact import Artifact
from sandbox.domain.document import Bullets, Document, Heading, Paragraph
from sandbox.domain.exchange import Usage
from sandbox.domain.finding import Outcome
from sandbox.domain.record import Record


class Criterion(Record):
    """One thing that a judge looks for, told as a question that is answered with yes or no."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    question: str = Field(min_length=1, max_length=400)


class Band(Record):
    """What one score stands for."""

    score: int = Field(ge=0, le=10)
    label: str = Field(min_length=1, max_length=40)
    means: str = Field(min_length=1, max_length=300)
    """What is true of an answer with this score."""
    outcome: Literal[Outcome.PASS, Outcome.WARN, Outcome.FAIL]


class JudgeExample(Record):
    """An answer, or a part of one, with the score that it should get and why."""

    answer: str = Field(min_length=1, max_length=1500)
    score: int
    why: str = Field(min_length=1, max_length=400)


class Judge(Record):
    """A check that asks a model: what it looks for, step by step, and what each score stands for."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    title: str = Field(min_length=1, max_length=120)
    why: str = Field(min_length=1, max_length=500)
    mend: str = Field(min_length=1, max_length=500)
    source: str = Field(min_length=1, max_length=500)
    limits: str = Field(min_length=1, max_length=500)
    artifacts: tuple[str, ...] = ()
    """Types of artifact that it is for; empty means all."""
    steps: tuple[str, ...] = Field(min_length=1, max_length=8)
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=8)] | Literal["statements"]
    """`statements`: each case says what has to be true of its answer."""
    bands: tuple[Band, ...] = Field(min_length=2, max_length=6)
    examples: tuple[JudgeExample, ...] = Field(default=(), max_length=6)

    @model_validator(mode="after")
    def _see_to_scores(self) -> Self:
        scores = [band.score for band in self.bands]
        if len(set(scores)) != len(scores):
            raise ValueError("two bands have the same score")
        if unknown := {example.score for example in self.examples} - set(scores):
            raise ValueError(f"an example has the score {min(unknown)}, and there is no such band")
        return self

    @property
    def digest(self) -> str:
        """SHA-256 over all of it: whoever changes a word has another judge."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def document(self) -> Document:
        """What it looks for, and what each score stands for, as people read it."""
        asked = (
            ("each statement of the case",)
            if isinstance(self.criteria, str)
            else tuple(f"{each.name}: {each.question}" for each in self.criteria)
        )
        return Document(
            f"{self.name} {self.version}: {self.title}",
            (
                Paragraph("It asks a model, and no decision may rest on it: it is uncalibrated."),
                Paragraph(", ".join(self.artifacts) or "everything", label="Looks at"),
                Paragraph(self.why, label="Why it matters"),
                Heading("What the model does"),
                Bullets(self.steps),
                Heading("Criteria"),
                Bullets(asked),
                Heading("Scores"),
                Bullets(
                    tuple(
                        f"{each.score}, {each.label} ({each.outcome}): {each.means}" for each in self.bands
                    )
                ),
                Paragraph(self.mend, label="How to mend the prompt"),
                Paragraph(self.source, label="Where the rule comes from"),
                Paragraph(self.limits, label="What it cannot see"),
            ),
        )

    def band(self, score: int) -> Band | None:
        """What a score stands for; None if it is none."""
        return next((band for band in self.bands if band.score == score), None)

    def criteria_for(self, statements: tuple[str, ...]) -> tuple[Criterion, ...]:
        """What it looks for in the answer to a case with these statements."""
        if not isinstance(self.criteria, str):
            return self.criteria
        return tuple(
            Criterion(name=f"statement_{number}", question=f"Is this true of the answer: {statement}")
            for number, statement in enumerate(statements, start=1)
        )


class CriterionOpinion(Record):
    """What a model says of one criterion; the evidence comes first, the verdict last."""

    quote: str = Field(
        max_length=300,
        description="Words of the answer, copied exactly, that show it; empty if there are none.",
    )
    reason: str = Field(min_length=1, max_length=400, description="What the words show, in one sentence.")
    is_met: bool = Field(description="Whether the criterion is met.")


class Opinion(Artifact):
    """What a model says as a judge."""

    type_name: ClassVar[str] = "opinion"
    is_in_one_language: ClassVar[bool] = False

    criteria: dict[str, CriterionOpinion] = Field(description="What is to be said of each criterion.")
    reason: str = Field(min_length=1, max_length=500, description="Why this score, in one sentence or two.")
    score: int = Field(description="The score of the band that fits best.")

    def document(self) -> Document:
        """The opinion, a line a criterion."""
        lines = tuple(
            f"{name}: {'yes' if said.is_met else 'no'}. {said.reason}"
            for name, said in self.criteria.items()
        )
        return Document(f"Score {self.score}", (Bullets(lines), Paragraph(self.reason)))


@cache
def opinion_type(criteria: tuple[Criterion, ...], scores: tuple[int, ...]) -> type[Opinion]:
    """The form of an opinion on just these criteria, with one of these scores, for a model to fill in."""
    asked: dict[str, Any] = {
        each.name: (CriterionOpinion, Field(description=each.question)) for each in criteria
    }
    score: Any = Literal[scores]
    return create_model(
        "AskedOpinion",
        __base__=Opinion,
        criteria=(create_model("Criteria", __base__=Record, **asked), Opinion.model_fields["criteria"]),
        score=(score, Opinion.model_fields["score"]),
    )


class Vote(Record):
    """What one model made of one answer, asked once by one judge; or why that is not known."""

    judge: str
    judge_digest: str
    model: str
    repeat: int = Field(default=1, ge=1)
    fingerprint: str
    """SHA-256 over what was asked of whom, by which it is not asked twice."""
    opinion: Opinion | None = None
    problem: str = ""
    """Why there is no opinion that counts, in words for people."""
    is_final: bool = True
    """False if it may be had at another time: the model did not answer, or the budget was used up."""
    calls: int = Field(default=0, ge=0)
    usage: Usage = Usage()
    cost_usd: float | None = None

    @property
    def is_unasked(self) -> bool:
        """Whether the model was not asked, because nothing may be asked any more."""
        return not self.is_final and not self.calls
