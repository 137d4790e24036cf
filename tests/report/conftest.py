"""An evaluation with everything that can go well or wrong in it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.bundled.artifacts.feedback import Confidence, Feedback, NextStep, Strength
from sandbox.contracts.check import Check, passed
from sandbox.domain.exchange import Completion, Settings, Usage
from sandbox.domain.finding import Evidence, Finding, Outcome
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
from sandbox.errors import ErrorKind
from sandbox.report.summary import build_summary

HOSTILE = "<script>alert('hi')</script> & “curly” *stars* | \x0b=1+1"
NOON = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)

REMOTE = Target(
    prompt="feedback",
    prompt_version="1.2.0",
    prompt_digest="3f" * 32,
    model="openai/gpt-sample",
    settings=Settings(temperature=0.2, seed=7),
)
LOCAL = REMOTE.model_copy(
    update={"model": "llamacpp/small-sample", "is_local": True, "model_identity": "9c" * 32}
)

PASS, WARN, FAIL, NONE, ERROR = (
    Outcome.PASS,
    Outcome.WARN,
    Outcome.FAIL,
    Outcome.NOT_APPLICABLE,
    Outcome.ERROR,
)
OUTCOMES: Mapping[Target, Mapping[str, Sequence[Outcome]]] = {
    REMOTE: {
        "quotes_are_real": (FAIL, FAIL, FAIL, PASS, FAIL),
        "answer_kept_back": (PASS, WARN, FAIL, PASS, PASS),
        "steps_are_few": (PASS, PASS, PASS, PASS, PASS),
        "tone_is_kind": (PASS, WARN, WARN, PASS, PASS),
        "arithmetic_holds": (PASS, ERROR, NONE, NONE, PASS),
        "reading_fits_grade": (NONE, NONE, NONE, NONE, NONE),
    },
    LOCAL: {
        "quotes_are_real": (PASS, PASS, PASS, PASS, PASS, PASS, PASS, FAIL),
        "answer_kept_back": (PASS, PASS, PASS, PASS, PASS, PASS, PASS, PASS),
        "steps_are_few": (PASS, PASS, PASS, PASS, PASS, PASS, PASS, PASS),
        "tone_is_kind": (PASS, PASS, PASS, WARN, PASS, PASS, PASS, PASS),
        "arithmetic_holds": (PASS, PASS, NONE, NONE, PASS, PASS, PASS, PASS),
        "reading_fits_grade": (NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE),
    },
}
"""What each check says of each answer that could be read, in the order of the cases."""

REASONS = {
    PASS: "It does.",
    WARN: "The word “just” makes the step sound trivial.",
    FAIL: f"The quoted words do not stand in the student's work: {HOSTILE}",
    NONE: "The language is not English, and this check knows English only.",
    ERROR: "The check failed with ValueError.",
}


@pytest.fixture
def feedback() -> Feedback:
    """Feedback on a student's work, with text that no format may take for markup."""
    return Feedback(
        strengths=(
            Strength(
                quote="The fox waited until it was dark",
                why="You slow the story down right before the jump.",
            ),
        ),
        next_steps=(
            NextStep(
                quote="and then and then",
                what=f"Every sentence begins in the same way. {HOSTILE}",
                how="Pick two of them and begin with the place or the time.",
            ),
        ),
        question="What does the fox hear before it moves?",
        is_revision_needed=True,
        teacher_note="The middle part may stem from a story that was read in class; ask about it.",
        confidence=Confidence.MEDIUM,
    )


@pytest.fixture
def checks() -> dict[str, Check]:
    """Six checks with what people need to know of them."""
    return {
        check.name: check
        for check in (
            _check(
                "quotes_are_real",
                "What it quotes is what the student wrote",
                why="A made-up quote tells students that nobody read their work.",
                mend="Ask for words copied exactly from the work, and say what to do if there are none.",
                source="Hattie and Timperley 2007",
                limits="A quote may be exact and still be beside the point.",
            ),
            _check(
                "answer_kept_back",
                "It does not give the answer away",
                why="Students learn from the step that they take themselves.",
                mend="Say that the answer must not be told, and give one example of a hint.",
                source="Shute 2008",
            ),
            _check("steps_are_few", "At most two next steps", why="More than two are rarely acted upon."),
            _check("tone_is_kind", "Firm on the work, kind to the student", why="Shame stops learning."),
            _check("arithmetic_holds", "Every sum is right", why="A wrong sum is learned as well."),
            _check(
                "reading_fits_grade", "Students of this grade can read it", why="It is written for them."
            ),
        )
    }


@pytest.fixture
def trials(feedback: Feedback) -> dict[Target, list[Trial]]:
    """Eight trials of each target; on the first one, three came to nothing."""
    answered = {
        target: [
            _answered(target, place, {name: said[place] for name, said in outcomes.items()}, feedback)
            for place in range(len(outcomes["quotes_are_real"]))
        ]
        for target, outcomes in OUTCOMES.items()
    }
    unread = [
        _trial(
            REMOTE,
            5,
            TrialStatus.UNPARSED,
            problem="The answer is no JSON: line 1, column 1.",
            completion=_completion(f"Sure! Here is your feedback: {HOSTILE} " + "well done " * 400),
        ),
        _trial(REMOTE, 6, TrialStatus.REFUSED, problem="A telephone number stood in the student's work."),
        _trial(
            REMOTE,
            7,
            TrialStatus.FAILED,
            problem="The service took longer than 120 seconds.",
            error_kind=ErrorKind.TIMEOUT,
        ),
    ]
    return {REMOTE: answered[REMOTE] + unread, LOCAL: answered[LOCAL]}


@pytest.fixture
def evaluation() -> Evaluation:
    """Eight of twelve cases on two targets: one to reject, one to adopt."""
    return Evaluation(
        id="20260305-feedback-7a1f",
        suite="feedback",
        suite_version="1.1.0",
        suite_digest="ab" * 32,
        summary="Feedback on stories of students in grades 3 to 5.",
        label=f"pilot {HOSTILE}",
        cases=8,
        suite_cases=12,
        started_at=NOON,
        finished_at=NOON + timedelta(minutes=9),
        results=(
            TargetResult(
                scorecard=Scorecard(
                    target=REMOTE,
                    planned=8,
                    answered=5,
                    unparsed=1,
                    refused=1,
                    failed=1,
                    metrics=_metrics(REMOTE, unread=3),
                    usage=Usage(input_tokens=8123, output_tokens=4210),
                    cost_usd=None,
                    latency_seconds=6.25,
                ),
                verdict=_rejected(),
            ),
            TargetResult(
                scorecard=Scorecard(
                    target=LOCAL,
                    planned=8,
                    answered=8,
                    unparsed=0,
                    refused=0,
                    failed=0,
                    metrics=_metrics(LOCAL, unread=0),
                    usage=Usage(input_tokens=9001, output_tokens=5002),
                    cost_usd=0.0,
                    latency_seconds=14.5,
                ),
                verdict=_adopted(),
            ),
        ),
    )


@pytest.fixture
def summary(evaluation: Evaluation, trials: dict[Target, list[Trial]], checks: dict[str, Check]) -> Summary:
    """The summary of that evaluation."""
    return build_summary(evaluation, trials.__getitem__, checks, product_version="0.1.0")


@pytest.fixture
def make_trial(feedback: Feedback) -> Callable[[int, Outcome], Trial]:
    """Makes an answered trial of the first target, on which one check says something."""
    return lambda place, outcome: _answered(REMOTE, place, {"quotes_are_real": outcome}, feedback)


def _check(
    name: str,
    title: str,
    *,
    why: str,
    mend: str = "Say so in the prompt.",
    source: str = "",
    limits: str = "",
) -> Check:
    return Check(
        name=name,
        version="1.0.0",
        title=title,
        why=why,
        how="It compares words.",
        mend=mend,
        source=source or "Our own rule",
        run=lambda _: passed("It does."),
        limits=limits,
    )


def _answered(target: Target, place: int, said: Mapping[str, Outcome], feedback: Feedback) -> Trial:
    findings = tuple(_finding(name, outcome) for name, outcome in said.items())
    cost_usd = 0.0 if target.is_local else None
    return _trial(
        target,
        place,
        TrialStatus.ANSWERED,
        artifact=feedback,
        findings=findings,
        completion=_completion("{}", cost_usd=cost_usd),
    )


def _trial(target: Target, place: int, status: TrialStatus, **fields: object) -> Trial:
    return Trial.model_validate(
        {
            "fingerprint": f"{place:064d}",
            "target": target,
            "case_id": f"fox-story-{place + 1}",
            "status": status,
            "started_at": NOON,
            "calls": 1,
            **fields,
        }
    )


def _completion(text: str, *, cost_usd: float | None = None) -> Completion:
    return Completion(text=text, model_served="sample", cost_usd=cost_usd)


def _finding(name: str, outcome: Outcome) -> Finding:
    evidence = (Evidence(quote=f"and then {HOSTILE}", where="next_steps[0].quote"),)
    return Finding(
        check=name,
        version="1.0.0",
        outcome=outcome,
        reason=REASONS[outcome],
        evidence=evidence if outcome in {WARN, FAIL} else (),
    )


def _metrics(target: Target, *, unread: int) -> tuple[Metric, ...]:
    """What the outcomes come to; an answer that could not be read is an error of every check."""
    metrics = []
    for name, said in OUTCOMES[target].items():
        counted = [outcome for outcome in said if outcome is not NONE] + [ERROR] * unread
        if name == "reading_fits_grade":
            counted = []
        n, good = len(counted), sum(outcome in {PASS, WARN} for outcome in counted)
        metrics.append(
            Metric(
                check=name,
                n=n,
                n_trials=n,
                passed=counted.count(PASS),
                warned=counted.count(WARN),
                failed=counted.count(FAIL),
                errors=counted.count(ERROR),
                not_applicable=8 - n,
                rate=good / n if n else None,
                interval=Interval(low=max(0, good / n - 0.3), high=min(1, good / n + 0.2)) if n else None,
                reason="" if n else "It applies to none of the cases.",
            )
        )
    return tuple(metrics)


def _rejected() -> Verdict:
    return Verdict(
        recommendation=Recommendation.REJECT,
        reasons=(
            Reason(
                recommendation=Recommendation.REJECT,
                check="quotes_are_real",
                text="quotes_are_real: 4 of 8 answers failed; none may.",
            ),
            Reason(
                recommendation=Recommendation.HOLD,
                text="The model could not be asked in 1 of 8 trials.",
            ),
            Reason(
                recommendation=Recommendation.HOLD,
                check="reading_fits_grade",
                text="reading_fits_grade: no evidence. It applies to none of the cases.",
            ),
            Reason(
                recommendation=Recommendation.ADOPT,
                check="steps_are_few",
                text="steps_are_few: 5 of 8 passed; 30% is met.",
            ),
        ),
    )


def _adopted() -> Verdict:
    return Verdict(
        recommendation=Recommendation.ADOPT,
        reasons=(
            Reason(
                recommendation=Recommendation.ADOPT,
                check="answer_kept_back",
                text="answer_kept_back: 8 of 8 passed; 60% is met.",
            ),
        ),
    )
