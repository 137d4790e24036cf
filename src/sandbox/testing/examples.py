"""Whole examples that the kit tries plugins with: an artifact, trials, evaluations, summaries."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, TypeVar

from pydantic import Field, ValidationError

from sandbox.contracts.check import Check, passed
from sandbox.domain.artifact import Artifact
from sandbox.domain.document import Bullets, Document
from sandbox.domain.exchange import Completion, Message, Role, Settings, Usage
from sandbox.domain.finding import Evidence, Finding, Outcome
from sandbox.domain.judging import CriterionOpinion, Opinion, Vote
from sandbox.domain.scorecard import (
    Evaluation,
    Interval,
    Metric,
    Reason,
    Recommendation,
    Scorecard,
    TargetResult,
    Verdict,
)
from sandbox.domain.summary import Summary
from sandbox.domain.trial import Target, Trial, TrialStatus
from sandbox.report.summary import build_summary
from sandbox.version import VERSION

Kind = TypeVar("Kind", bound=Artifact)
NOON = datetime(2026, 3, 5, 12, 0, 0, 250_000, tzinfo=UTC)
KIND_CHECK = "kit_kind_words"
HIDDEN_CHECK = "kit_no_evidence"
NO_EVIDENCE = "It applies to none of the cases."


class Note(Artifact):
    """A note to a class: an artifact of the kit, which no plugin can have thought of."""

    type_name: ClassVar[str] = "kit_note"

    heading: str = Field(max_length=200, description="What it is about.")
    points: tuple[str, ...] = Field(max_length=9, description="What it says.")

    def document(self) -> Document:
        """The note as people read it."""
        return Document(self.heading, (Bullets(self.points),))


def filled_with(artifact: Kind, text: str) -> Kind:
    """The artifact with this text wherever its type allows it; the other places stay as they were."""
    tree = json.loads(artifact.model_dump_json())
    made = artifact
    for holder, place in _text_places(tree):
        before, holder[place] = holder[place], text
        try:
            made = type(artifact).model_validate(tree)
        except ValidationError:
            holder[place] = before
    return made


def _text_places(tree: Any) -> Iterator[tuple[Any, str | int]]:
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for place, value in list(inner):
        if isinstance(value, str):
            yield tree, place
        else:
            yield from _text_places(value)


def make_target(**changes: object) -> Target:
    """A target, changed in these fields."""
    whole = {
        "prompt": "kit_note",
        "prompt_version": "1.0.0",
        "prompt_digest": "3f" * 32,
        "model": "kit/sample",
        "settings": Settings(temperature=0.2),
    }
    return Target.model_validate(whole | changes)


def make_trial(number: int, *, target: Target | None = None, **changes: object) -> Trial:
    """The trial of this number, with something in every field."""
    whole = {
        "fingerprint": f"{number:064x}",
        "target": target or make_target(),
        "case_id": f"case-{number}",
        "student": f"S-{number:04}",
        "status": TrialStatus.ANSWERED,
        "messages": (
            Message(role=Role.SYSTEM, content="Write a note."),
            Message(role=Role.USER, content=f"To class {number}, “please”."),
        ),
        "completion": Completion(
            text=f'{{"heading": "Note {number}"}}',
            model_served="sample-2026-01",
            usage=Usage(input_tokens=40 + number, output_tokens=12),
            latency_seconds=0.25,
            request_id=f"request-{number}",
            cost_usd=0.001,
        ),
        "artifact": Note(heading=f"Note {number}", points=("Bring a ruler.", "¿Y el lápiz? 👋🏽 植物")),
        "findings": (_finding(KIND_CHECK, Outcome.FAIL, "It is not kind."),),
        "votes": (
            Vote(
                judge="is_kind",
                judge_digest="1d" * 32,
                model="sample/judge",
                repeat=2,
                fingerprint="2e" * 32,
                opinion=Opinion(
                    criteria={"kind": CriterionOpinion(quote="Bring", reason="It orders.", is_met=False)},
                    reason="It sounds harsh.",
                    score=1,
                ),
                calls=1,
                usage=Usage(input_tokens=90, output_tokens=30),
                cost_usd=0.002,
            ),
        ),
        "checks_digest": "9c" * 8,
        "calls": 2,
        "repairs": 1,
        "started_at": NOON + timedelta(seconds=number),
    }
    return Trial.model_validate(whole | changes)


def make_evaluation(evaluation_id: str = "20260305-kit-7a1f", **changes: object) -> Evaluation:
    """An evaluation of this id, on one target that is held, changed in these fields."""
    whole = {
        "id": evaluation_id,
        "suite": "kit_note",
        "suite_version": "1.1.0",
        "suite_digest": "ab" * 32,
        "summary": "Notes to a class.",
        "label": "pilot in spring",
        "cases": 4,
        "suite_cases": 8,
        "repeats": 1,
        "started_at": NOON,
        "finished_at": NOON + timedelta(minutes=9),
        "results": (make_result(Recommendation.HOLD),),
    }
    return Evaluation.model_validate(whole | changes)


def make_result(
    recommendation: Recommendation, *, target: Target | None = None, words: str = "kit_kind_words: 3 of 4"
) -> TargetResult:
    """What four trials of a target came to: one answer is unkind, and one check has no evidence."""
    metrics = (
        Metric(
            check=KIND_CHECK,
            n=4,
            n_trials=4,
            passed=2,
            warned=1,
            failed=1,
            errors=0,
            not_applicable=0,
            rate=0.75,
            interval=Interval(low=0.3, high=0.95),
        ),
        Metric(
            check=HIDDEN_CHECK,
            n=0,
            n_trials=0,
            passed=0,
            warned=0,
            failed=0,
            errors=0,
            not_applicable=4,
            reason=NO_EVIDENCE,
        ),
    )
    return TargetResult(
        scorecard=Scorecard(
            target=target or make_target(),
            planned=4,
            answered=4,
            unparsed=0,
            refused=0,
            failed=0,
            metrics=metrics,
            usage=Usage(input_tokens=160, output_tokens=48),
            cost_usd=0.004,
            latency_seconds=0.25,
        ),
        verdict=Verdict(
            recommendation=recommendation,
            reasons=(Reason(recommendation=recommendation, check=KIND_CHECK, text=f"{words}."),),
        ),
    )


def make_summary(
    *,
    words: str = "It is not kind",
    recommendations: Sequence[Recommendation] = tuple(Recommendation),
    label: str = "pilot in spring",
) -> Summary:
    """A summary with a target for each of these verdicts; `words` stand wherever anybody may write."""
    targets = [
        make_target(model=f"kit/sample-{number}") for number, _ in enumerate(recommendations, start=1)
    ]
    results = tuple(
        make_result(recommendation, target=target, words=words)
        for recommendation, target in zip(recommendations, targets, strict=True)
    )
    evaluation = make_evaluation(results=results, label=label, summary=words)
    return build_summary(
        evaluation,
        lambda target: [_told(number, target, words) for number in range(1, 5)],
        _checks(words),
        product_version=VERSION,
    )


def _told(number: int, target: Target, words: str) -> Trial:
    outcome = {1: Outcome.FAIL, 2: Outcome.WARN}.get(number, Outcome.PASS)
    silent = Finding(
        check=HIDDEN_CHECK, version="1.0.0", outcome=Outcome.NOT_APPLICABLE, reason=NO_EVIDENCE
    )
    note = Note(heading=words[:100], points=(words[:100],))
    findings = (_finding(KIND_CHECK, outcome, f"{words}."), silent)
    return make_trial(number, target=target, artifact=note, findings=findings)


def _finding(check: str, outcome: Outcome, reason: str) -> Finding:
    evidence = (Evidence(quote="Bring a ruler", where="points[0]"),)
    return Finding(check=check, version="1.0.0", outcome=outcome, reason=reason, evidence=evidence)


def _checks(words: str) -> Mapping[str, Check]:
    titles = {KIND_CHECK: "Kind words", HIDDEN_CHECK: "Never asked here"}
    return {
        name: Check(
            name=name,
            version="1.0.0",
            title=title,
            why=f"{words}.",
            how="It compares words.",
            mend=f"{words}.",
            source="The kit.",
            run=lambda _: passed("It is."),
        )
        for name, title in titles.items()
    }
