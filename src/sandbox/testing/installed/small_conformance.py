"""What artifacts, executors, template filters, request preparers, observers and commands do."""

import asyncio
import json
from collections.abc import Iterator
from typing import ClassVar

import typer

from sandbox.contracts.command import CommandSpec
from sandbox.contracts.executor import ExecutorSpec, Job, Lane
from sandbox.contracts.observer import Observer
from sandbox.contracts.preparer import RequestPreparer
from sandbox.contracts.template_filter import TemplateFilter
from sandbox.domain.artifact import Artifact
from sandbox.domain.event import (
    CheckFinished,
    EvaluationFinished,
    EvaluationStarted,
    Event,
    ModelAnswered,
    ModelAsked,
    ModelFailed,
    PaceChanged,
    PaceReason,
    RecordsDelayed,
    RepairAsked,
    RetryScheduled,
    TargetStopped,
    TrialFinished,
    TrialStarted,
)
from sandbox.domain.exchange import Message, ModelCard, Request, Role, StructuredMode
from sandbox.domain.finding import Outcome
from sandbox.domain.trial import TrialStatus
from sandbox.errors import FAULTS, ErrorKind
from sandbox.pipeline.preparing import prepare_request
from sandbox.pipeline.prompt_review import unbounded
from sandbox.testing.conformance import BrokenPromiseError, NotDeclared, expect
from sandbox.testing.hard_texts import expect_no_crash
from sandbox.testing.installed.made_artifact import made_artifact

_TARGET = "kit_note 1.0.0 on kit/sample"
EVENTS: tuple[Event, ...] = (
    EvaluationStarted(evaluation="kit", suite="kit_note", targets=(_TARGET,), planned=2),
    TrialStarted(target=_TARGET, case_id="case-1", repeat=1),
    ModelAsked(model="kit/sample", attempt=1),
    ModelFailed(model="kit/sample", kind=ErrorKind.RATE_LIMIT, status=429),
    PaceChanged(account="kit", before=10, after=7, reason=PaceReason.RATE_LIMIT),
    RetryScheduled(model="kit/sample", kind=ErrorKind.RATE_LIMIT, wait_seconds=0.5),
    ModelAsked(model="kit/sample", attempt=2),
    ModelAnswered(model="kit/sample", latency_seconds=0.25, input_tokens=40, output_tokens=12),
    RepairAsked(model="kit/sample", repair=1),
    CheckFinished(check="kit_check", version="1", outcome=Outcome.WARN),
    *(
        TrialFinished(
            target=_TARGET,
            case_id=f"case-{status}",
            repeat=1,
            status=status,
            calls=2,
            input_tokens=80,
            output_tokens=24,
            cost_usd=cost,
            is_recalled=cost is None,
        )
        for status, cost in zip(TrialStatus, (0.001, None, 0.0, None), strict=False)
    ),
    RecordsDelayed(reason="The records are locked."),
    RecordsDelayed(reason=""),
    TargetStopped(target=_TARGET, reason="The 10 calls are used up."),
    EvaluationFinished(evaluation="kit", recommendations=("hold",)),
)
"""One event of each kind at least, in an order in which they happen."""
_JOBS = 20
_SECONDS = 20


class ArtifactConformance:
    """What every type of artifact does."""

    artifact: ClassVar[type[Artifact]]

    def test_its_schema_has_an_end(self) -> None:
        """Every text and list that a model is asked for has a greatest length."""
        endless = unbounded(self.artifact.schema_for_model())
        expect(not endless, f"A small model would never stop: {' '.join(endless)} Give it a max_length.")

    def test_its_fields_are_described(self) -> None:
        """Every field says what belongs into it: the description is all that the model is told."""
        schema = self.artifact.schema_for_model()
        parts = (schema, *schema.get("$defs", {}).values())
        silent = [
            name
            for part in parts
            for name, field in part.get("properties", {}).items()
            if not field.get("description")
        ]
        expect(not silent, f"These have no description: {', '.join(silent)}.")

    def test_it_can_be_written_and_read_again(self) -> None:
        """What is kept of it as JSON gives the same artifact again."""
        made = self._made()
        again = self.artifact.parse(made.model_dump_json())
        expect(again == made, "Written as JSON and read again, it is another: look at your validators.")

    def test_people_can_read_it(self) -> None:
        """Its document has words in it, as plain text and in Markdown."""
        made = self._made()
        expect(bool(made.text().strip()), "document() holds no words: say there what people are to read.")
        expect(bool(made.markdown().strip()), "document() gives no Markdown.")

    def _made(self) -> Artifact:
        made = made_artifact(self.artifact)
        if made is None:
            raise NotDeclared(
                "None could be made up from the schema: validators ask for more than it says."
            )
        return made


class ExecutorConformance:
    """What every executor does."""

    executor: ClassVar[ExecutorSpec]

    def test_it_does_every_job_once(self) -> None:
        """Each job of each lane is done, and none twice."""
        done: list[str] = []

        def job(name: str) -> Job:
            async def work() -> None:
                await asyncio.sleep(0)
                done.append(name)

            return work

        names = [f"{lane}-{number}" for lane in "ab" for number in range(_JOBS)]
        lanes = {lane: iter([job(name) for name in names if name[0] == lane]) for lane in "ab"}
        self._execute(lanes)
        expect(
            sorted(done) == sorted(names),
            f"Of {len(names)} jobs it did {len(set(done))}, in {len(done)} goes.",
        )

    def test_it_keeps_to_what_a_model_takes(self) -> None:
        """No more jobs of a lane are under way at once than the lane allows."""
        now = {"a": 0, "b": 0}
        most = {"a": 0, "b": 0}

        def job(lane: str) -> Job:
            async def work() -> None:
                now[lane] += 1
                most[lane] = max(most[lane], now[lane])
                await asyncio.sleep(0.001)
                now[lane] -= 1

            return work

        lanes = {lane: iter([job(lane) for _ in range(_JOBS)]) for lane in "ab"}
        self._execute(lanes, at_once=2)
        expect(
            max(most.values()) <= 2, f"Two at once were allowed, and {max(most.values())} were under way."
        )

    def test_it_stops_at_an_error(self) -> None:
        """If a job raises, so does it, and no new job is begun."""
        begun: list[int] = []

        def job(number: int) -> Job:
            async def work() -> None:
                begun.append(number)
                await asyncio.sleep(0.001)
                if number == 3:
                    raise _JobError

            return work

        is_raised = False
        try:
            self._execute({"a": (job(number) for number in range(_JOBS * 10))}, at_once=2)
        except* _JobError:
            is_raised = True
        expect(is_raised, "A job raised, and nobody heard of it: let the error through.")
        expect(len(begun) < _JOBS, f"After an error in the fourth job it began {len(begun) - 4} more.")

    def test_it_can_be_stopped(self) -> None:
        """If it is cancelled, so is what is under way."""
        ended: list[str] = []

        async def stop() -> None:
            is_under_way = asyncio.Event()

            async def job() -> None:
                is_under_way.set()
                try:
                    await asyncio.sleep(_SECONDS)
                except asyncio.CancelledError:
                    ended.append("cancelled")
                    raise

            executing = asyncio.ensure_future(self._lanes({"a": iter([job])}, at_once=1))
            async with asyncio.timeout(_SECONDS):
                await is_under_way.wait()
            executing.cancel()
            await asyncio.wait({executing}, timeout=_SECONDS / 2)
            expect(executing.done(), "It went on after it was cancelled.")
            expect(ended == ["cancelled"], "The job that was under way was not cancelled.")

        asyncio.run(stop())

    def _execute(self, lanes: dict[str, Iterator[Job]], *, at_once: int = 3) -> None:
        async def within_limits() -> None:
            async with asyncio.timeout(_SECONDS):
                await self._lanes(lanes, at_once=at_once)

        asyncio.run(within_limits())

    async def _lanes(self, lanes: dict[str, Iterator[Job]], *, at_once: int) -> None:
        made = [Lane(target=name, max_concurrency=at_once, jobs=jobs) for name, jobs in lanes.items()]
        await self.executor.build().execute(made)


class _JobError(Exception):
    """What a job of the kit raises."""


class FilterConformance:
    """What every template filter does."""

    template_filter: ClassVar[TemplateFilter]

    def test_it_can_be_applied(self) -> None:
        """It is something that a template can call."""
        expect(callable(self.template_filter.apply), "`apply` cannot be called: give a function.")

    def test_it_says_what_it_is_for(self) -> None:
        """It has a summary for people."""
        expect(bool(self.template_filter.summary.strip()), "Its summary is empty.")


class PreparerConformance:
    """What every request preparer does."""

    preparer: ClassVar[RequestPreparer]

    def test_it_gives_a_request(self) -> None:
        """It gives a request, in which nothing but messages and settings differ."""
        for request, card in _requests("Say hello."):
            prepared = prepare_request([self.preparer], request, card)
            expect(not prepared.refusal, prepared.refusal)

    def test_it_changes_nothing_that_it_was_given(self) -> None:
        """The request that it was given stays as it was: it gives a new one."""
        for request, card in _requests("Say hello."):
            before = request.model_dump_json(), card.model_dump_json()
            self.preparer.prepare(request, card)
            expect(
                (request.model_dump_json(), card.model_dump_json()) == before,
                "It changed the request in its hands: use request.model_copy(update=...).",
            )

    def test_it_bears_odd_texts(self) -> None:
        """Empty texts, other scripts, emoji and markup can be asked, too."""

        def prepare(text: str) -> None:
            for request, card in _requests(text):
                self.preparer.prepare(request, card)

        expect_no_crash(prepare, f"'{self.preparer.name}'")


class ObserverConformance:
    """What every observer does."""

    observer: ClassVar[Observer]

    def test_it_bears_every_event(self) -> None:
        """It can be told of everything that happens, in the order in which it does."""
        for event in EVENTS:
            try:
                self.observer.observe(event)
            except FAULTS as cause:
                raise BrokenPromiseError(
                    f"Told of {type(event).__name__}, it raised {type(cause).__name__}: {cause}. In an "
                    "evaluation it would be told no more."
                ) from cause


class CommandConformance:
    """What every command does."""

    command: ClassVar[CommandSpec]

    def test_it_makes_an_application(self) -> None:
        """`build` gives a Typer application with at least one command."""
        app: object = self.command.build()
        expect(
            isinstance(app, typer.Typer), f"build gave a {type(app).__name__} where a typer.Typer belongs."
        )
        if isinstance(app, typer.Typer):
            typer.main.get_command(app)

    def test_it_says_what_it_is_for(self) -> None:
        """It has a summary for `sandbox --help`."""
        expect(bool(self.command.summary.strip()), "Its summary is empty.")


def _requests(text: str) -> Iterator[tuple[Request, ModelCard]]:
    """A request for plain text, and one for each way of keeping to a schema."""
    messages = (
        Message(role=Role.SYSTEM, content="You help a teacher."),
        Message(role=Role.USER, content=text),
    )
    schema = json.loads('{"type": "object", "properties": {"text": {"type": "string", "maxLength": 80}}}')
    for mode in (None, *StructuredMode):
        card = ModelCard(name="sample", structured=(mode or StructuredMode.PROMPT,))
        yield (
            Request(
                model="sample", messages=messages, output_schema=schema if mode else None, structured=mode
            ),
            card,
        )
