"""`Sandbox` with plugins and settings: what a stranger's code does is used, bounded, and never a crash."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType

import pytest

from sandbox import Completion, ModelCard, ProviderError, ProviderSpec, Request, Sandbox, hookimpl
from sandbox.bundled.providers.scripted import ScriptedProvider
from sandbox.bundled.stores.sqlite import open_sqlite
from sandbox.contracts.executor import ExecutorSpec, Lane
from sandbox.contracts.loading import Plugin, plugin_from_module
from sandbox.contracts.observer import Observer
from sandbox.contracts.preparer import RequestPreparer
from sandbox.contracts.store import Store, StoreSpec
from sandbox.contracts.template_filter import TemplateFilter
from sandbox.domain.event import EvaluationFinished, EvaluationStarted, Event, TrialFinished
from sandbox.domain.exchange import StreamEnd, StreamEvent, TextDelta
from sandbox.domain.scorecard import Recommendation
from sandbox.domain.tokens import TokenCount
from sandbox.domain.trial import TrialStatus
from sandbox.errors import InputError, PluginClashError, PluginError, UnknownNameError
from sandbox.storage.places import bundled_folder
from tests.examples import FEEDBACK

INPUTS = {
    "grade": 4,
    "subject": "Mathematics",
    "task": "Add 3/8 + 2/8.",
    "student_work": "I added the tops 3 + 2 = 5 and the bottoms 8 + 8 = 16 so it is 5/16.",
}


def plugin(**hooks: object) -> Plugin:
    """A plugin whose hooks bring these lists."""
    module = ModuleType("acme_plugin")
    for name, values in hooks.items():
        setattr(module, name, hookimpl(_bringing(values)))
    return plugin_from_module("acme", module, distribution="acme-package")


def _bringing(values: object):
    def hook():
        return values

    return hook


def settings(home: Path, text: str) -> None:
    """Writes `sandbox.toml`."""
    (home / "sandbox.toml").write_text(text, encoding="utf-8")


def good() -> ScriptedProvider:
    """A model that gives good feedback."""
    return ScriptedProvider([json.dumps(FEEDBACK)], keeps_requests=True)


def test_a_short_name_stands_for_a_model(tmp_path: Path) -> None:
    """The record says which one it was."""
    settings(tmp_path, 'model = "careful"\n[models]\ncareful = "test/large"\n')
    with Sandbox(tmp_path, plugins=[], providers={"test": good()}) as sandbox:
        trial = sandbox.run("feedback", **INPUTS)

        assert trial.target.model == "test/large"
        with pytest.raises(InputError, match="one of your own names for them: careful; not 'carful'"):
            sandbox.run("feedback", model="carful", **INPUTS)


def test_a_folder_may_allow_only_models_on_this_machine(tmp_path: Path) -> None:
    """Nothing is sent to another one."""

    class Elsewhere(ScriptedProvider):
        def describe(self, model: str) -> ModelCard:
            return super().describe(model).model_copy(update={"is_local": False})

    settings(tmp_path, "only_local = true\n")
    elsewhere = Elsewhere([json.dumps(FEEDBACK)])
    with Sandbox(tmp_path, plugins=[], providers={"here": good(), "there": elsewhere}) as sandbox:
        assert sandbox.run("feedback", model="here/m", **INPUTS).status is TrialStatus.ANSWERED
        with pytest.raises(InputError, match="only_local"):
            sandbox.run("feedback", model="there/m", **INPUTS)
    assert elsewhere.calls == 0


class Raising:
    """A provider that cannot describe its models."""

    def describe(self, model: str) -> ModelCard:
        raise KeyError("sk-planted-key")

    async def complete(self, request: Request) -> Completion:
        raise AssertionError("A model that cannot be described is not asked.")

    async def aclose(self) -> None:
        raise RuntimeError("it cannot close either")


def _exiting(_: object) -> Raising:
    raise SystemExit("sk-planted-key")


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (_exiting, "could not be made: its plugin raised SystemExit"),
        (lambda _: object(), "has no describe and no complete and no aclose"),
        (lambda _: Raising(), "could not describe 'm': its plugin raised KeyError"),
    ],
)
def test_a_provider_that_breaks_the_contract_is_named(tmp_path: Path, build, words: str) -> None:
    """One sentence says which and what to do; what the plugin raised, a key perhaps, is not in it."""
    broken = plugin(sandbox_providers=[ProviderSpec(name="acme", summary="-", build=build)])
    with Sandbox(tmp_path, plugins=[broken]) as sandbox:
        with pytest.raises(PluginError, match=words) as caught:
            sandbox.run("feedback", model="acme/m", **INPUTS)

    assert "planted" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_clash_is_an_error_that_configuration_can_settle(tmp_path: Path) -> None:
    """Nobody's provider is replaced in silence."""
    mine = plugin(sandbox_providers=[ProviderSpec(name="openai", summary="-", build=lambda _: good())])
    with pytest.warns(UserWarning, match="acme"), pytest.raises(PluginClashError, match="prefer"):
        Sandbox(tmp_path, plugins=[mine])

    settings(tmp_path, '[plugins.prefer]\nopenai = "acme-package"\n')
    with Sandbox(tmp_path, plugins=[mine]) as sandbox:
        assert sandbox.run("feedback", model="openai/m", **INPUTS).status is TrialStatus.ANSWERED


def test_strict_makes_a_broken_plugin_an_error(tmp_path: Path) -> None:
    """For a build server that must not go on without it."""
    broken = plugin(sandbox_checks=["no check"])
    settings(tmp_path, "[plugins]\nstrict = true\n")

    with pytest.warns(UserWarning, match="not used"), pytest.raises(PluginError, match="'acme'"):
        Sandbox(tmp_path, plugins=[broken])


def test_an_answer_can_be_followed_while_it_is_written(tmp_path: Path) -> None:
    """Piece by piece, if the provider streams; the trial is the same."""

    class Streaming(ScriptedProvider):
        def describe(self, model: str) -> ModelCard:
            return super().describe(model).model_copy(update={"streams": True})

        async def stream(self, request: Request) -> AsyncIterator[StreamEvent]:
            completion = await self.complete(request)
            for start in range(0, len(completion.text), 100):
                yield TextDelta(completion.text[start : start + 100])
            yield StreamEnd(completion)

    pieces: list[str] = []
    with Sandbox(tmp_path, plugins=[], providers={"test": Streaming([json.dumps(FEEDBACK)])}) as sandbox:
        trial = sandbox.run("feedback", model="test/m", on_text=pieces.append, **INPUTS)

    assert trial.status is TrialStatus.ANSWERED
    assert len(pieces) > 3
    assert json.loads("".join(pieces)) == FEEDBACK


def test_tokens_are_counted_or_else_estimated(tmp_path: Path) -> None:
    """And which of the two it was is said."""

    class Counting(ScriptedProvider):
        def describe(self, model: str) -> ModelCard:
            return super().describe(model).model_copy(update={"counts_tokens": True})

        async def count_tokens(self, model: str, text: str) -> int:
            return len(text.split())

    providers = {"counting": Counting(["-"]), "other": good()}
    with Sandbox(tmp_path, plugins=[], providers=providers) as sandbox:
        assert sandbox.count_tokens("counting/m", "three short words") == TokenCount(3)
        assert sandbox.count_tokens("other/m", "12345678") == TokenCount(2, is_estimated=True)


def test_a_plugin_s_filter_is_there_for_prompts(tmp_path: Path) -> None:
    """Written after a bar, as Jinja does it."""
    folder = tmp_path / "prompts" / "feedback"
    folder.mkdir(parents=True)
    for each in (bundled_folder("prompts") / "feedback").iterdir():
        (folder / each.name).write_bytes(each.read_bytes())
    with (folder / "user.md.j2").open("a", encoding="utf-8") as file:
        file.write("\n{{ subject | loudly(2) }}")
    louder = TemplateFilter(
        name="loudly", summary="-", apply=lambda text, times: text.upper() + "!" * times
    )
    provider = good()
    with Sandbox(
        tmp_path, plugins=[plugin(sandbox_template_filters=[louder])], providers={"test": provider}
    ) as sandbox:
        sandbox.run("feedback", model="test/m", **INPUTS)

    assert "MATHEMATICS!!" in provider.requests[0].messages[-1].content


def test_a_plugin_s_preparer_sees_every_request(tmp_path: Path) -> None:
    """And if it fails, nothing is sent."""

    def refuse(request: Request, card: ModelCard) -> Request:
        raise InputError("Our district asks no model on Sundays.")

    preparer = RequestPreparer(name="sundays", version="1", summary="-", prepare=refuse)
    provider = good()
    with Sandbox(
        tmp_path, plugins=[plugin(sandbox_request_preparers=[preparer])], providers={"test": provider}
    ) as sandbox:
        trial = sandbox.run("feedback", model="test/m", **INPUTS)

    assert (trial.status, provider.calls) == (TrialStatus.REFUSED, 0)
    assert "Sundays" in trial.problem


def test_a_plugin_s_observer_hears_of_an_evaluation(tmp_path: Path) -> None:
    """From its start to its verdict; a case is told of without its words."""
    events: list[Event] = []
    observer = Observer(name="listening", summary="-", observe=events.append)
    with Sandbox(
        tmp_path, plugins=[plugin(sandbox_observers=[observer])], providers={"test": good()}
    ) as sandbox:
        evaluation = sandbox.evaluate("feedback", models=["test/m"], limit=2)

    assert isinstance(events[0], EvaluationStarted)
    assert events[0].planned == 2
    assert events[-1] == EvaluationFinished(
        evaluation=evaluation.id, recommendations=(evaluation.recommendation.value,)
    )
    assert sum(isinstance(event, TrialFinished) for event in events) == 2


def test_an_executor_that_leaves_trials_out_does_not_make_a_verdict_better(tmp_path: Path) -> None:
    """What was left out is said, and the evidence is not enough."""

    class Lazy:
        async def execute(self, lanes: list[Lane]) -> None:
            for lane in lanes:
                await next(lane.jobs)()

    settings(tmp_path, 'executor = "lazy"\n')
    lazy = ExecutorSpec(name="lazy", summary="-", build=Lazy)
    with Sandbox(
        tmp_path, plugins=[plugin(sandbox_executors=[lazy])], providers={"test": good()}
    ) as sandbox:
        evaluation = sandbox.evaluate("feedback", models=["test/m"], limit=3)

    assert evaluation.results[0].scorecard.stopped == "The executor left out 2 trials."
    assert evaluation.recommendation is not Recommendation.ADOPT


def test_records_may_be_kept_in_a_plugin_s_store(tmp_path: Path) -> None:
    """The scheme of the address says which."""
    opened: list[str] = []

    def open_store(address: str, artifact_types) -> Store:
        opened.append(address)
        return open_sqlite(str(tmp_path / "elsewhere.db"), artifact_types)

    settings(tmp_path, 'records = "acme://school/records"\n')
    store = StoreSpec(name="acme", summary="-", open=open_store)
    with Sandbox(tmp_path, plugins=[plugin(sandbox_stores=[store])], providers={"test": good()}) as sandbox:
        evaluation = sandbox.evaluate("feedback", models=["test/m"], limit=1)

    assert set(opened) == {"acme://school/records"}
    assert (tmp_path / "elsewhere.db").exists()
    assert not (tmp_path / ".sandbox").exists()
    with Sandbox(tmp_path, plugins=[]) as without, pytest.raises(UnknownNameError, match="'acme'"):
        without.report(evaluation)


def test_a_provider_that_fails_as_it_is_closed_holds_nobody_up(tmp_path: Path) -> None:
    """The others are closed all the same."""
    closed: list[str] = []

    class Closing(ScriptedProvider):
        async def aclose(self) -> None:
            closed.append("well")

    with Sandbox(
        tmp_path, plugins=[], providers={"a": Closing(["-"]), "b": Raising(), "c": Closing(["-"])}
    ):
        pass

    assert closed == ["well", "well"]


def test_a_provider_error_at_building_comes_through(tmp_path: Path) -> None:
    """It was said on purpose: which key is missing, for example."""

    def build(_: object) -> Raising:
        raise ProviderError("authentication", "Put your key into ACME_KEY.")

    broken = plugin(sandbox_providers=[ProviderSpec(name="acme", summary="-", build=build)])
    with Sandbox(tmp_path, plugins=[broken]) as sandbox, pytest.raises(ProviderError, match="ACME_KEY"):
        sandbox.run("feedback", model="acme/m", **INPUTS)
