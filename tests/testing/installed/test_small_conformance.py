"""The suites of the small kinds: what is sound keeps them, and each fault breaks what names it."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

import pytest
import typer
from pydantic import Field

from sandbox.bundled import plugin as bundled
from sandbox.contracts.command import CommandSpec
from sandbox.contracts.executor import ExecutorSpec, Lane
from sandbox.contracts.observer import Observer
from sandbox.contracts.preparer import RequestPreparer
from sandbox.contracts.template_filter import TemplateFilter
from sandbox.domain.artifact import Artifact
from sandbox.domain.document import Document
from sandbox.domain.event import Event, TrialFinished
from sandbox.domain.exchange import ModelCard, Request
from sandbox.testing.conformance import Mark, run_conformance
from sandbox.testing.installed import small_conformance as suites
from sandbox.testing.installed.made_artifact import made_artifact


def broken(suite: type, **attributes: object) -> set[str]:
    """The behaviours that are broken by what is tried."""
    results = run_conformance(type("Tried", (suite,), attributes))
    return {result.behaviour for result in results if result.mark is Mark.BROKEN}


def executor(execute: Callable[[object, Sequence[Lane]], object]) -> ExecutorSpec:
    """An executor that works like this."""
    return ExecutorSpec(name="tried", summary="Tried.", build=type("Tried", (), {"execute": execute}))


@pytest.mark.parametrize("spec", bundled.sandbox_executors(), ids=lambda spec: spec.name)
def test_our_executors_keep_every_promise(spec: ExecutorSpec) -> None:
    """Quick and slow ones."""
    assert broken(suites.ExecutorConformance, executor=spec) == set()


def test_an_executor_that_drops_jobs_is_found_out() -> None:
    """It does the first of each lane and thinks that it is done."""

    async def first_only(_: object, lanes: Sequence[Lane]) -> None:
        for lane in lanes:
            await next(lane.jobs)()

    assert "it_does_every_job_once" in broken(suites.ExecutorConformance, executor=executor(first_only))


def test_an_executor_that_begins_everything_at_once_is_found_out() -> None:
    """It neither keeps to what a model takes, nor stops at an error."""

    async def all_at_once(_: object, lanes: Sequence[Lane]) -> None:
        await asyncio.gather(*(job() for lane in lanes for job in lane.jobs))

    found = broken(suites.ExecutorConformance, executor=executor(all_at_once))

    assert found == {"it_keeps_to_what_a_model_takes", "it_stops_at_an_error"}


def test_an_executor_that_swallows_errors_is_found_out() -> None:
    """Nobody would hear that a record could not be kept."""

    async def deaf(_: object, lanes: Sequence[Lane]) -> None:
        for lane in lanes:
            for job in lane.jobs:
                with suppress(Exception):
                    await job()

    assert "it_stops_at_an_error" in broken(suites.ExecutorConformance, executor=executor(deaf))


def test_an_executor_that_cannot_be_stopped_is_found_out() -> None:
    """It shields its jobs from being cancelled."""

    async def stubborn(_: object, lanes: Sequence[Lane]) -> None:
        for lane in lanes:
            for job in lane.jobs:
                await asyncio.shield(asyncio.ensure_future(job()))

    assert broken(suites.ExecutorConformance, executor=executor(stubborn)) == {"it_can_be_stopped"}


@pytest.mark.parametrize("kind", bundled.sandbox_artifacts(), ids=lambda kind: kind.type_name)
def test_our_artifacts_keep_every_promise(kind: type[Artifact]) -> None:
    """And one of each can be made up from its schema."""
    assert made_artifact(kind) is not None
    assert broken(suites.ArtifactConformance, artifact=kind) == set()


def test_an_artifact_without_end_or_words_is_found_out() -> None:
    """A text without a limit, a field without a description, a document without words."""

    class Endless(Artifact):
        """Never ends."""

        type_name = "endless"
        words: str

        def document(self) -> Document:
            """Nothing."""
            return Document("", ())

    assert broken(suites.ArtifactConformance, artifact=Endless) == {
        "its_schema_has_an_end",
        "its_fields_are_described",
        "people_can_read_it",
    }


def test_an_artifact_that_asks_for_more_than_its_schema_says_is_not_held_to_what_needs_one() -> None:
    """None can be made up, and that is said."""

    class Even(Artifact):
        """Wants what no schema says."""

        type_name = "even"
        number: int = Field(ge=1, le=9, description="An even number.")

        def model_post_init(self, _: object) -> None:
            """Refuse odd ones."""
            if self.number % 2:
                raise ValueError("odd")

        def document(self) -> Document:
            """The number."""
            return Document(str(self.number), ())

    results = list(run_conformance(type("Tried", (suites.ArtifactConformance,), {"artifact": Even})))

    assert [result.mark for result in results] == [
        Mark.KEPT,
        Mark.KEPT,
        Mark.NOT_DECLARED,
        Mark.NOT_DECLARED,
    ]


def preparer(prepare: Callable[[Request, ModelCard], Request]) -> RequestPreparer:
    """A preparer that works like this."""
    return RequestPreparer(name="tried", version="1.0.0", summary="Tried.", prepare=prepare)


@pytest.mark.parametrize(
    ("prepare", "found"),
    [
        (lambda request, card: request, set()),
        (lambda request, card: None, {"it_gives_a_request"}),
        (lambda request, card: request.model_copy(update={"model": "x"}), {"it_gives_a_request"}),
        (lambda request, card: request.messages[1].content[0] and request, {"it_bears_odd_texts"}),
    ],
)
def test_a_preparer_is_held_to_messages_and_settings(prepare, found: set[str]) -> None:
    """It gives a request whatever the text, and changes nothing else."""
    assert broken(suites.PreparerConformance, preparer=preparer(prepare)) == found


def test_a_preparer_that_changes_what_it_was_given_is_found_out() -> None:
    """Frozen records can be forced."""

    def force(request: Request, card: ModelCard) -> Request:
        request.messages[0].__dict__["content"] = "Forced."
        return request

    assert broken(suites.PreparerConformance, preparer=preparer(force)) == {
        "it_changes_nothing_that_it_was_given"
    }


def test_an_observer_hears_every_kind_of_event() -> None:
    """One that cannot bear an unknown price is found out."""
    heard: list[Event] = []

    def divide(event: Event) -> None:
        if isinstance(event, TrialFinished):
            _ = event.cost_usd + 1  # type: ignore[operator]  # this is the fault

    assert broken(suites.ObserverConformance, observer=_observer(heard.append)) == set()
    assert {type(event) for event in heard} == set(Event.__args__)
    assert broken(suites.ObserverConformance, observer=_observer(divide)) == {"it_bears_every_event"}


def _observer(observe: Callable[[Event], None]) -> Observer:
    return Observer(name="tried", summary="Tried.", observe=observe)


def test_filters_and_commands_are_looked_at_lightly() -> None:
    """They can be called, and say what they are for."""
    empty = typer.Typer()
    upper = TemplateFilter(name="upper", summary="In capitals.", apply=str.upper)
    none = TemplateFilter(name="none", summary=" ", apply="upper")  # type: ignore[arg-type]  # the fault
    silent = CommandSpec(name="silent", summary="", build=lambda: empty)

    assert broken(suites.FilterConformance, template_filter=upper) == set()
    assert broken(suites.FilterConformance, template_filter=none) == {
        "it_can_be_applied",
        "it_says_what_it_is_for",
    }
    assert broken(suites.CommandConformance, command=silent) == {
        "it_makes_an_application",
        "it_says_what_it_is_for",
    }
