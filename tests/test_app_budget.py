"""`Sandbox` and money: nothing dear is asked for without a word, and a pseudonym finds its trials."""

import json
from pathlib import Path

import pytest

from sandbox import Case, Sandbox
from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.domain.budget import Budget, Estimate
from sandbox.domain.exchange import ModelCard
from sandbox.domain.progress import Progress
from sandbox.domain.purge import Purge
from sandbox.errors import InputError, StoppedError
from sandbox.testing.examples import NOON
from tests.examples import FEEDBACK

SUITE = "name: mine\nversion: 1.0.0\nprompt: feedback\nsummary: Ours.\ncases: cases.jsonl\n"
PRICES = 'confirm_above_usd = 0.01\n[prices."test/m"]\ninput_usd = 10\noutput_usd = 10\n'


def write_suite(home: Path, *, cases: int = 5, student: str = "", settings: str = "") -> None:
    """A suite of so many cases, and these settings."""
    suite = home / "evals" / "mine"
    suite.mkdir(parents=True, exist_ok=True)
    (suite / "suite.yaml").write_text(SUITE, encoding="utf-8")
    (home / "sandbox.toml").write_text(settings, encoding="utf-8")
    inputs = {"grade": "4", "subject": "Mathematics", "task": "Add 3/8 + 2/8."}
    lines = [
        Case(id=f"c{number}", inputs=inputs | {"student_work": f"It is {number}."}, student=student)
        for number in range(cases)
    ]
    text = "".join(case.model_dump_json(exclude_defaults=True) + "\n" for case in lines)
    (suite / "cases.jsonl").write_text(text, encoding="utf-8")


@pytest.fixture
def provider() -> ScriptedProvider:
    """Answers every case."""
    return ScriptedProvider([json.dumps(FEEDBACK)])


def test_what_may_be_dear_needs_a_cap(tmp_path: Path, provider: ScriptedProvider) -> None:
    """Nothing is asked before; under a cap it goes on, and under another label it needs one again."""
    write_suite(tmp_path, settings=PRICES)
    with Sandbox(tmp_path, plugins=[], providers={"test": provider}) as sandbox:
        with pytest.raises(InputError, match=r"5 answers may cost \$\d.*--max-cost 1 or budget=1"):
            sandbox.evaluate("mine", models=["test/m"])
        assert provider.calls == 0
        sandbox.evaluate("mine", models=["test/m"], budget=1)
        sandbox.evaluate("mine", models=["test/m"])  # it is on record, and costs nothing
        assert provider.calls == 5

        with pytest.raises(InputError, match="5 answers may cost"):
            sandbox.evaluate("mine", models=["test/m"], label="anew")


def test_whoever_is_asked_sees_the_estimate_and_may_say_no(
    tmp_path: Path, provider: ScriptedProvider
) -> None:
    """At first only the most is known; later, from what is on record, the likely cost, too."""
    write_suite(tmp_path, settings=PRICES)
    seen: list[Estimate] = []

    def agree(estimate: Estimate) -> bool:
        seen.append(estimate)
        return len(seen) > 1

    with Sandbox(tmp_path, plugins=[], providers={"test": provider}) as sandbox:
        with pytest.raises(StoppedError, match="not agreed"):
            sandbox.evaluate("mine", models=["test/m"], confirm=agree)
        sandbox.evaluate("mine", models=["test/m"], confirm=agree, budget=Budget(calls=3))
        sandbox.evaluate("mine", models=["test/m"], confirm=agree)

    assert [(each.trials, each.recalled) for each in seen] == [(5, 0), (5, 0), (2, 3)]
    assert seen[0].likely_cost_usd is None
    assert seen[2].likely_cost_usd is not None
    assert seen[2].most_cost_usd is not None
    assert 0 < seen[2].likely_cost_usd < seen[2].most_cost_usd
    assert "3 answers on record" in seen[2].basis


def test_an_unknown_price_under_a_cap_is_an_error(tmp_path: Path) -> None:
    """Also if trials of the same target are on record under another label."""

    class Unpriced(ScriptedProvider):
        def describe(self, model: str) -> ModelCard:
            return super().describe(model).model_copy(update={"price": None})

    provider = Unpriced([json.dumps(FEEDBACK)])
    write_suite(tmp_path)
    with Sandbox(tmp_path, plugins=[], providers={"test": provider}) as sandbox:
        sandbox.evaluate("mine", models=["test/m"])
        calls = provider.calls
        with pytest.raises(InputError, match=r'nobody knows what "test/m" costs.*\[prices\]'):
            sandbox.evaluate("mine", models=["test/m"], label="anew", budget=5)

    assert provider.calls == calls


def test_progress_begins_and_ends(tmp_path: Path, provider: ScriptedProvider) -> None:
    """Whoever watches hears of nothing done, and at last of everything."""
    write_suite(tmp_path, settings=PRICES)
    heard: list[Progress] = []
    with Sandbox(tmp_path, plugins=[], providers={"test": provider}) as sandbox:
        sandbox.evaluate("mine", models=["test/m"], budget=2, watch=heard.append)

    assert heard[0].targets[0].done == 0
    assert heard[-1].targets[0].done == heard[-1].calls == 5
    assert heard[-1].left_seconds == 0
    assert heard[-1].spent_usd is not None
    assert heard[-1].budget.cost_usd == 2


def test_a_pseudonym_that_is_added_later_finds_its_trials(
    tmp_path: Path, provider: ScriptedProvider
) -> None:
    """Nobody is asked again for it."""
    write_suite(tmp_path)
    with Sandbox(tmp_path, plugins=[], providers={"test": provider}) as sandbox:
        sandbox.evaluate("mine", models=["test/m"])
        write_suite(tmp_path, student="S-0412")
        sandbox.evaluate("mine", models=["test/m"])
        with sandbox.records() as store:
            receipt = store.purge(Purge(student="S-0412"), now=NOON)

    assert provider.calls == 5
    assert receipt.trials == 5
