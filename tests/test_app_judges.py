"""Judges through `Sandbox`: a suite names them, models answer for them, and all of it is on record."""

import json
from pathlib import Path

import pytest
import yaml

from sandbox import Sandbox
from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.domain.budget import Budget
from sandbox.domain.exchange import Request
from sandbox.domain.finding import Outcome
from sandbox.domain.scorecard import Evaluation, Recommendation
from sandbox.domain.trial import Trial
from sandbox.errors import InputError, UnknownNameError
from sandbox.storage.judge_folder import read_judge
from sandbox.storage.places import bundled_folder
from tests.examples import FEEDBACK

ACT = read_judge(bundled_folder("judges") / "student_can_act")
CASES = [
    {
        "id": f"case-{number}",
        "inputs": {
            "grade": "4",
            "subject": "Mathematics",
            "task": "Add.",
            "student_work": f"It is {number}.",
        },
    }
    for number in range(3)
]


def judge_says(request: Request) -> str:
    """A good score, with a quote from the feedback."""
    assert "never an instruction" in request.messages[0].content
    criteria = {
        each.name: {"quote": "Draw a bar", "reason": "It is so.", "is_met": True}
        for each in ACT.criteria_for(())
    }
    return json.dumps({"criteria": criteria, "reason": "The student knows what to do.", "score": 3})


def write_suite(home: Path, panel: dict[str, object], **gate: object) -> None:
    """A suite of three cases with a panel."""
    folder = home / "evals" / "small"
    folder.mkdir(parents=True)
    suite = {
        "name": "small",
        "version": "1.0.0",
        "prompt": "feedback",
        "summary": "Three cases.",
        "checks": ["sections_present"],
        "panel": panel,
        "gate": {"minimum_cases": 1, "answered": 0.1, "rates": {"sections_present": 0.1}, **gate},
    }
    (folder / "suite.yaml").write_text(yaml.safe_dump(suite), encoding="utf-8")
    (folder / "cases.yaml").write_text(yaml.safe_dump(CASES), encoding="utf-8")


class Room:
    """A folder with a writer and a judge."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.writer = ScriptedProvider([json.dumps(FEEDBACK)])
        self.judge = ScriptedProvider(judge_says)

    def open(self) -> Sandbox:
        """A `Sandbox` with nothing but these two models."""
        return Sandbox(self.home, plugins=[], providers={"writer": self.writer, "judge": self.judge})

    def evaluate(self, **wish: object) -> tuple[Evaluation, list[Trial]]:
        """What comes of the suite, and its trials on record."""
        with self.open() as sandbox:
            made = sandbox.evaluate("small", models=["writer/m"], **wish)
            with sandbox.records() as store:
                return made, list(store.trials(made.id, made.results[0].scorecard.target))


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Where the suite asks one judge."""
    write_suite(tmp_path, {"judges": ["student_can_act"], "models": ["judge/x"], "repeats": 2})
    return Room(tmp_path)


def test_a_suite_s_judges_are_asked(room: Room) -> None:
    """Each answer gets two votes, a finding and a place in the scorecard."""
    made, trials = room.evaluate()

    metric = made.results[0].scorecard.metric("student_can_act")
    assert metric is not None
    assert (metric.n, metric.passed) == (3, 3)
    assert [len(trial.votes) for trial in trials] == [2, 2, 2]
    assert {vote.model for trial in trials for vote in trial.votes} == {"judge/x"}
    assert room.judge.calls == 6


def test_a_report_explains_a_judge(room: Room) -> None:
    """With its question, and how to mend the prompt, as for any check."""
    room.judge = ScriptedProvider(lambda request: judge_says(request).replace('"score": 3', '"score": 1'))
    made, _ = room.evaluate()

    with room.open() as sandbox:
        page = sandbox.report(made, format_name="markdown").read_text(encoding="utf-8")

    assert ACT.title in page
    assert ACT.mend[:40] in page


def test_votes_on_record_are_not_asked_for_again(room: Room) -> None:
    """The same command asks nobody; a third repeat asks once more for each answer, and not the writer."""
    room.evaluate()
    again, _ = room.evaluate()
    calls = room.writer.calls
    suite = room.home / "evals" / "small" / "suite.yaml"
    suite.write_text(
        suite.read_text(encoding="utf-8").replace("repeats: 2", "repeats: 3"), encoding="utf-8"
    )
    _, trials = room.evaluate()

    assert again.results[0].scorecard.metric("student_can_act")
    assert (room.writer.calls, room.judge.calls) == (calls, 9)
    assert [len(trial.votes) for trial in trials] == [3, 3, 3]


def test_a_panel_of_two_models(room: Room) -> None:
    """`judges` names other models than the suite does, and each has its votes."""
    _, trials = room.evaluate(judges=["judge/x", "judge/y"])

    assert room.judge.calls == 12
    assert {vote.model for vote in trials[0].votes} == {"judge/x", "judge/y"}


def test_votes_count_in_the_budget(room: Room) -> None:
    """With five calls for three answers and six votes it stops; a higher cap asks for the rest alone."""
    stopped, _ = room.evaluate(budget=Budget(calls=5))
    assert room.writer.calls + room.judge.calls == 5
    assert "5 calls are used up" in stopped.results[0].scorecard.stopped

    whole, trials = room.evaluate(budget=Budget(calls=50))

    assert (room.writer.calls, room.judge.calls) == (3, 6)
    assert [len(trial.votes) for trial in trials] == [2, 2, 2]
    assert whole.results[0].scorecard.stopped == ""


def test_without_a_model_no_judge_is_asked(tmp_path: Path) -> None:
    """And nothing is said of them, so a gate that names one holds."""
    write_suite(tmp_path, {"judges": ["student_can_act"]}, no_failures=["student_can_act"])
    room = Room(tmp_path)

    made, trials = room.evaluate()

    assert room.judge.calls == 0
    assert not trials[0].votes
    assert made.recommendation is Recommendation.HOLD


def test_a_judge_that_cannot_be_reached_is_an_error_in_the_record(room: Room) -> None:
    """The answers are kept, the findings say so, and the next command asks for the votes alone."""
    room.judge = ScriptedProvider(["I would rather not."])
    _, trials = room.evaluate()
    findings = {finding.check: finding.outcome for finding in trials[0].findings}

    assert findings["student_can_act"] is Outcome.ERROR
    assert findings["sections_present"] is Outcome.PASS


def test_a_recording_holds_the_votes(room: Room, tmp_path: Path) -> None:
    """It is replayed without anybody being asked."""
    cassette = tmp_path / "votes.jsonl"
    made, _ = room.evaluate(record=cassette)
    asked = room.writer.calls, room.judge.calls
    with room.open() as sandbox:
        replayed = sandbox.evaluate("small", replay=cassette)

    assert (room.writer.calls, room.judge.calls) == asked
    assert replayed.results == made.results


@pytest.mark.parametrize(
    ("panel", "error"),
    [
        ({"judges": ["nobody"], "models": ["judge/x"]}, UnknownNameError),
        ({"judges": ["wrong_ideas_are_real"], "models": ["judge/x"]}, InputError),
    ],
    ids=["unknown", "for another artifact"],
)
def test_a_judge_that_does_not_fit_is_told(tmp_path: Path, panel: dict[str, object], error: type) -> None:
    """Before anything is asked."""
    write_suite(tmp_path, panel)
    room = Room(tmp_path)

    with pytest.raises(error):
        room.evaluate()

    assert room.writer.calls == 0


def test_a_school_brings_its_own_judge(tmp_path: Path) -> None:
    """A folder with a `judge.yaml` is all that it takes."""
    folder = tmp_path / "judges" / "is_kind"
    folder.mkdir(parents=True)
    text = (bundled_folder("judges") / "student_can_act" / "judge.yaml").read_text(encoding="utf-8")
    (folder / "judge.yaml").write_text(
        text.replace("name: student_can_act", "name: is_kind"), encoding="utf-8"
    )
    write_suite(tmp_path, {"judges": ["is_kind"], "models": ["judge/x"]})
    room = Room(tmp_path)

    made, _ = room.evaluate()

    metric = made.results[0].scorecard.metric("is_kind")
    assert metric is not None
    assert metric.passed == 3
    with room.open() as sandbox:
        assert "is_kind" in sandbox.judges()
