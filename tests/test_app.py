"""`Sandbox`: what a teacher calls from a notebook or a script."""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from sandbox import Case, ErrorKind, Outcome, ProviderError, Sandbox, SandboxError
from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.domain.trial import TrialStatus
from sandbox.errors import InputError, InvalidInputsError, UnknownNameError
from sandbox.storage.places import bundled_folder
from tests.examples import FEEDBACK

WORK = "I added the tops 3 + 2 = 5 and the bottoms 8 + 8 = 16 so it is 5/16."
INPUTS = {"grade": 4, "subject": "Mathematics", "task": "Add 3/8 + 2/8.", "student_work": WORK}


def open_sandbox(home: Path, provider: ScriptedProvider) -> Sandbox:
    """A `Sandbox` in an empty folder, with no plugins but our own."""
    return Sandbox(home, plugins=[], providers={"test": provider})


def test_a_prompt_is_tried_once(tmp_path: Path) -> None:
    """The artifact comes back, with what every check says of it."""
    with open_sandbox(tmp_path, ScriptedProvider([json.dumps(FEEDBACK)])) as sandbox:
        trial = sandbox.run("feedback", model="test/m", **INPUTS)

    assert trial.artifact is not None
    assert "the size of the pieces" in trial.artifact.text(width=None)
    outcomes = {finding.check: finding.outcome for finding in trial.findings}
    assert outcomes["quotes_student_work"] is Outcome.PASS
    assert "minutes_add_up" not in outcomes
    assert Outcome.FAIL not in outcomes.values()
    assert not (tmp_path / ".sandbox").exists()


def test_names_stay_here_and_stand_in_the_answer_again(tmp_path: Path) -> None:
    """What is sent holds a placeholder; what the teacher reads holds the name."""
    provider = ScriptedProvider(
        lambda request: json.dumps(FEEDBACK | {"question": "[STUDENT_1], what size is each part?"}),
        keeps_requests=True,
    )
    work = f"My name is Renata Kowalczyk, call 555-0142. {WORK}"
    with open_sandbox(tmp_path, provider) as sandbox:
        trial = sandbox.run(
            "feedback", model="test/m", roster=["Renata Kowalczyk"], **(INPUTS | {"student_work": work})
        )

    sent = provider.requests[0].model_dump_json()
    assert "Renata" not in sent
    assert "Kowalczyk" not in sent
    assert "0142" not in sent
    assert "[STUDENT_1]" in sent
    assert "Renata" in trial.text


def test_it_works_inside_a_running_loop(tmp_path: Path) -> None:
    """A notebook's cell is such a place; the async form works there too, on the same providers."""

    async def cell(sandbox: Sandbox) -> tuple[TrialStatus, TrialStatus]:
        plain = sandbox.run("feedback", model="test/m", **INPUTS)
        awaited = await sandbox.run_async("feedback", model="test/m", **INPUTS)
        return plain.status, awaited.status

    with open_sandbox(tmp_path, ScriptedProvider([json.dumps(FEEDBACK)])) as sandbox:
        for _ in range(2):
            assert asyncio.run(cell(sandbox)) == (TrialStatus.ANSWERED, TrialStatus.ANSWERED)


def test_closing_twice_does_nothing(tmp_path: Path) -> None:
    """Nor does closing one that was never used."""
    sandbox = open_sandbox(tmp_path, ScriptedProvider([""]))

    sandbox.close()
    sandbox.close()

    assert not sandbox._background._thread.is_alive()


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda sb: sb.run("feedbak"), UnknownNameError, "Did you mean 'feedback'"),
        (
            lambda sb: sb.run("feedback", model="openay/x", **INPUTS),
            UnknownNameError,
            "Did you mean 'openai'",
        ),
        (lambda sb: sb.run("feedback", model="gpt", **INPUTS), InputError, "provider/model"),
        (lambda sb: sb.run("feedback", model="test/m"), InvalidInputsError, "student_work: is missing"),
        (lambda sb: sb.evaluate("lesson"), UnknownNameError, "Did you mean 'lesson_plan'"),
        (lambda sb: sb.evaluate("feedback", models=["test/m"], limit=0), InputError, "at least 1"),
        (lambda sb: sb.report("feedback-1"), UnknownNameError, "evaluation"),
        (lambda sb: sb.report("x", format_name="pdf"), UnknownNameError, "report format"),
    ],
)
def test_wrong_names_are_told_with_the_nearest(tmp_path: Path, call, error, words) -> None:
    """Every one is a SandboxError that says what to do."""
    with open_sandbox(tmp_path, ScriptedProvider([""])) as sandbox:
        with pytest.raises(error, match=words) as caught:
            call(sandbox)

    assert isinstance(caught.value, SandboxError)


def test_an_evaluation_ends_with_a_verdict_and_a_report(tmp_path: Path) -> None:
    """Every case is tried, counted, judged, and kept."""
    with open_sandbox(tmp_path, ScriptedProvider([json.dumps(FEEDBACK)])) as sandbox:
        evaluation = sandbox.evaluate("feedback", models=["test/m"])
        report = sandbox.report(evaluation)
        with sandbox.records() as store:
            kept = list(store.trials(evaluation.id, evaluation.results[0].scorecard.target))

    (result,) = evaluation.results
    scorecard = result.scorecard
    assert scorecard.planned == scorecard.done == evaluation.suite_cases == len(kept)
    assert scorecard.unparsed == 2, "two cases ask for Spanish, and the answer is English"
    assert result.verdict.recommendation == "reject"
    assert report.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_same_call_asks_for_nothing_twice(tmp_path: Path) -> None:
    """Nor does a longer one ask again for what a shorter one got; a label asks anew."""
    provider = ScriptedProvider([json.dumps(FEEDBACK)])
    with open_sandbox(tmp_path, provider) as sandbox:
        first = sandbox.evaluate("feedback", models=["test/m"], limit=3)
        calls = [provider.calls]
        for options in ({"limit": 3}, {"limit": 5}, {"limit": 3, "label": "again"}):
            again = sandbox.evaluate("feedback", models=["test/m"], **options)
            calls.append(provider.calls)

    assert calls == [3, 3, 5, 8]
    assert again.id != first.id


def test_repeats_are_asked_one_by_one(tmp_path: Path) -> None:
    """A repeat is never answered from another, and gets a seed of its own."""
    provider = ScriptedProvider([json.dumps(FEEDBACK)], keeps_requests=True)
    with open_sandbox(tmp_path, provider) as sandbox:
        evaluation = sandbox.evaluate("feedback", models=["test/m"], limit=2, repeats=3)

    assert provider.calls == 6
    assert {request.settings.seed for request in provider.requests} == {1, 2, 3}
    assert evaluation.results[0].scorecard.planned == 6


def test_failed_trials_are_asked_again_and_others_are_not(tmp_path: Path) -> None:
    """A server that was away for one trial is asked for that one."""
    answers = [
        json.dumps(FEEDBACK),
        ProviderError(ErrorKind.CONTENT_FILTER, "filtered"),
        json.dumps(FEEDBACK),
    ]
    provider = ScriptedProvider(answers)
    with open_sandbox(tmp_path, provider) as sandbox:
        first = sandbox.evaluate("feedback", models=["test/m"], limit=3)
        second = sandbox.evaluate("feedback", models=["test/m"], limit=3)

    assert first.results[0].scorecard.failed == 1
    assert second.results[0].scorecard.answered == 3
    assert provider.calls == 4
    assert first.id == second.id


def test_a_wrong_key_stops_a_target_at_once(tmp_path: Path) -> None:
    """The rest is not asked, and the verdict is to hold."""
    provider = ScriptedProvider(
        [ProviderError(ErrorKind.AUTHENTICATION, "The key is wrong.")], latency_seconds=0.01
    )
    with open_sandbox(tmp_path, provider) as sandbox:
        evaluation = sandbox.evaluate("feedback", models=["test/m"])

    scorecard = evaluation.results[0].scorecard
    assert scorecard.stopped == "The key is wrong."
    assert evaluation.recommendation == "hold"
    assert scorecard.answered == 0


def test_one_target_does_not_take_another_down(tmp_path: Path) -> None:
    """Each has its own scorecard and verdict."""
    good = ScriptedProvider([json.dumps(FEEDBACK)])
    bad = ScriptedProvider([ProviderError(ErrorKind.UNKNOWN_MODEL, "There is no such model.")])
    with Sandbox(tmp_path, plugins=[], providers={"good": good, "bad": bad}) as sandbox:
        evaluation = sandbox.evaluate("feedback", models=["good/m", "bad/m"], limit=4)

    found = {result.scorecard.target.model: result.scorecard for result in evaluation.results}
    assert found["good/m"].answered == 4
    assert found["bad/m"].stopped == "There is no such model."


def own_feedback(home: Path, version: str) -> Path:
    """A copy of the bundled prompt with other words, in a folder of its own."""
    folder = home / version / "feedback"
    shutil.copytree(bundled_folder("prompts") / "feedback", folder)
    card = (folder / "card.yaml").read_text(encoding="utf-8")
    (folder / "card.yaml").write_text(
        card.replace("version: 1.0.0", f"version: {version}"), encoding="utf-8"
    )
    user = (folder / "user.md.j2").read_text(encoding="utf-8")
    (folder / "user.md.j2").write_text(user + "\nBe brief.\n", encoding="utf-8")
    return folder


def test_two_versions_of_a_prompt_are_tried_side_by_side(tmp_path: Path) -> None:
    """Each is a target of its own, asked in its own words."""
    provider = ScriptedProvider([json.dumps(FEEDBACK)], keeps_requests=True)
    ours = str(own_feedback(tmp_path, "1.1.0"))
    with open_sandbox(tmp_path, provider) as sandbox:
        evaluation = sandbox.evaluate("feedback", prompts=["feedback", ours], models=["test/m"], limit=2)

    versions = [result.scorecard.target.prompt_version for result in evaluation.results]
    brief = ["Be brief." in request.messages[-1].content for request in provider.requests]
    assert versions == ["1.0.0", "1.1.0"]
    assert sorted(brief) == [False, False, True, True]


@pytest.mark.parametrize(
    ("version", "prompts", "words"),
    [
        ("1.0.0", ["feedback"], "Two prompts call themselves feedback 1.0.0"),
        ("1.1.0", ["lesson_plan"], "asks for a lesson_plan"),
    ],
)
def test_prompts_that_cannot_be_compared_are_refused(tmp_path: Path, version, prompts, words) -> None:
    """Before anything is asked."""
    provider = ScriptedProvider([json.dumps(FEEDBACK)])
    ours = str(own_feedback(tmp_path, version))
    with open_sandbox(tmp_path, provider) as sandbox:
        with pytest.raises(InputError, match=words):
            sandbox.evaluate("feedback", prompts=[*prompts, ours], models=["test/m"])

    assert provider.calls == 0


def test_a_changed_expectation_looks_again_without_asking(tmp_path: Path) -> None:
    """New words in `must` are held against the answers that are on record."""
    suite = tmp_path / "evals" / "mine"
    suite.mkdir(parents=True)
    (suite / "suite.yaml").write_text(
        "name: mine\nversion: 1.0.0\nprompt: feedback\nsummary: Mine.\ncases: cases.jsonl\n"
        "gate: {rates: {must_say: 0.5}}\n",
        encoding="utf-8",
    )
    provider = ScriptedProvider([json.dumps(FEEDBACK)])
    outcomes = []
    with open_sandbox(tmp_path, provider) as sandbox:
        for phrase in ("denominator", "hippopotamus"):
            case = Case(id="one", inputs=INPUTS, must=(phrase,))
            (suite / "cases.jsonl").write_text(
                case.model_dump_json(exclude_defaults=True), encoding="utf-8"
            )
            evaluation = sandbox.evaluate("mine", models=["test/m"])
            metric = evaluation.results[0].scorecard.metric("must_say")
            outcomes.append(metric and metric.rate)

    assert outcomes == [1, 0]
    assert provider.calls == 1


def test_a_gate_may_only_name_checks_that_are_asked(tmp_path: Path) -> None:
    """A misspelt check in a policy would otherwise never be held against anything."""
    suite = tmp_path / "evals" / "mine"
    suite.mkdir(parents=True)
    (suite / "suite.yaml").write_text(
        "name: mine\nversion: 1.0.0\nprompt: feedback\nsummary: Mine.\ncases: cases.jsonl\n"
        "gate: {no_failures: [quotes_student_wrok]}\n",
        encoding="utf-8",
    )
    (suite / "cases.jsonl").write_text(Case(id="one", inputs=INPUTS).model_dump_json(), encoding="utf-8")

    with open_sandbox(tmp_path, ScriptedProvider([""])) as sandbox:
        with pytest.raises(UnknownNameError, match="Did you mean 'quotes_student_work'"):
            sandbox.evaluate("mine", models=["test/m"])


def test_answers_made_elsewhere_are_scored_without_a_model(tmp_path: Path) -> None:
    """Plain text and structured answers, of two products, side by side."""
    answers = tmp_path / "answers.jsonl"
    lines = [
        {
            "case": "g4-adding-eighths",
            "text": "The answer is 5/8. See www.fractions.example",
            "model": "chat",
        },
        {"case": "g4-adding-eighths", "text": json.dumps(FEEDBACK), "model": "product"},
    ]
    answers.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    with open_sandbox(tmp_path, ScriptedProvider([""])) as sandbox:
        evaluation = sandbox.score("feedback", answers)

    found = {result.scorecard.target.model: result for result in evaluation.results}
    chat, product = found["elsewhere/chat"], found["elsewhere/product"]
    assert chat.verdict.recommendation == "reject"
    assert product.verdict.recommendation == "hold"
    links = chat.scorecard.metric("no_invented_links")
    quotes = chat.scorecard.metric("quotes_student_work"), product.scorecard.metric("quotes_student_work")
    assert links is not None
    assert links.failed == 1
    assert quotes[0] is not None
    assert quotes[0].rate is None
    assert quotes[1] is not None
    assert quotes[1].rate == 1


@pytest.mark.parametrize("way", ["tried", "scored"])
def test_no_name_of_a_roster_is_kept_or_reported(tmp_path: Path, way: str) -> None:
    """Neither the record nor the report holds one, whether we asked or the answer was made elsewhere."""
    with open_sandbox(tmp_path, ScriptedProvider([json.dumps(FEEDBACK)])) as sandbox:
        cases = [case for case in sandbox.suite("feedback").cases if case.roster]
        names = {name for case in cases for name in case.roster}
        answers = tmp_path / "answers.jsonl"
        lines = [{"case": case.id, "text": f"Well done, {', '.join(case.roster)}."} for case in cases]
        answers.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        if way == "tried":
            evaluation = sandbox.evaluate("feedback", models=["test/m"])
        else:
            evaluation = sandbox.score("feedback", answers)
        report = sandbox.report(evaluation).read_text(encoding="utf-8")
        with sandbox.records() as store:
            targets = [result.scorecard.target for result in evaluation.results]
            kept = [
                trial.model_dump_json() for each in targets for trial in store.trials(evaluation.id, each)
            ]

    assert names
    assert "[STUDENT_1]" in "".join(kept)
    assert not [name for name in names if name in report or name in "".join(kept)]


def test_an_answer_for_a_case_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """With the nearest case."""
    answers = tmp_path / "answers.jsonl"
    answers.write_text('{"case": "g4-adding-eights", "text": "Well done."}', encoding="utf-8")

    with open_sandbox(tmp_path, ScriptedProvider([""])) as sandbox:
        with pytest.raises(UnknownNameError, match="Did you mean 'g4-adding-eighths'"):
            sandbox.score("feedback", answers)


def test_what_is_recorded_can_be_replayed(tmp_path: Path) -> None:
    """A cassette gives the same answers, and says so when it has none."""
    tape = tmp_path / "tape.jsonl"
    with open_sandbox(tmp_path, ScriptedProvider([json.dumps(FEEDBACK)])) as sandbox:
        recorded = sandbox.evaluate("feedback", models=["test/m"], limit=2, record=tape)
        replayed = sandbox.evaluate("feedback", models=[f"replay/{tape}"], limit=2)
        beyond = sandbox.evaluate("feedback", models=[f"replay/{tape}"], limit=3)

    metrics = [evaluation.results[0].scorecard.metrics for evaluation in (recorded, replayed)]
    assert metrics[0] == metrics[1]
    assert beyond.results[0].scorecard.failed == 1
