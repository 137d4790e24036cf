"""`Sandbox`: the one place where the parts are joined."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self
from weakref import finalize

from sandbox.background import BackgroundLoop
from sandbox.benches import Benches
from sandbox.bundled.observers.decision_log import decision_logs
from sandbox.contracts.late import late
from sandbox.contracts.loading import Plugin
from sandbox.contracts.observer import Observer
from sandbox.contracts.provider import CountingProvider, Provider
from sandbox.contracts.store import Store
from sandbox.domain.budget import Budget
from sandbox.domain.exchange import ModelCard
from sandbox.domain.judging import Judge
from sandbox.domain.prompt import Prompt
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.tokens import TokenCount, estimated_tokens
from sandbox.domain.trial import Case, Target, Trial
from sandbox.evaluation.brought import Scorer, score_answers
from sandbox.evaluation.evaluating import Confirm
from sandbox.evaluation.suite import LoadedSuite, load_suite
from sandbox.evaluation.watching import Watch
from sandbox.evaluations import Evaluations, Wish
from sandbox.loaded_plugins import load_plugins
from sandbox.own_cards import CARDS, with_cards_of
from sandbox.pipeline.calling import OnText
from sandbox.pipeline.check_processes.check_workers import CheckWorkers
from sandbox.pipeline.guarding import restore, restore_text
from sandbox.pipeline.observing import Observers
from sandbox.pipeline.prompting import read_inputs
from sandbox.pipeline.spending import Spending
from sandbox.pipeline.trying import run_trial
from sandbox.provider_pool import ProviderPool
from sandbox.recordings import taped
from sandbox.storage.answer_file import read_answers
from sandbox.storage.configuration import Configuration, read_configuration
from sandbox.storage.places import find_folder, list_folders
from sandbox.storage.prompt_folder import read_prompt
from sandbox.version import VERSION

if TYPE_CHECKING:
    from sandbox.calibrating import LabelledFile
    from sandbox.domain.calibration import CalibrationCard

# What most runs do without.
_calibrate_check = late("sandbox.calibrating:calibrate_check")
_build_summary = late("sandbox.report.summary:build_summary")


class Sandbox:
    """Try prompts, evaluate suites, and read what came of it, from one folder.

    >>> with Sandbox() as sandbox:
    ...     trial = sandbox.run("lesson_plan", grade=4, subject="Mathematics", topic="Area", minutes=45)
    >>> print(trial.text)  # doctest: +SKIP

    `home` is the folder with your own prompts, suites and `sandbox.toml`; without it, the current one.
    Works in scripts and in notebooks; `run_async` and `evaluate_async` are there for code that awaits.
    """

    def __init__(
        self,
        home: Path | str = ".",
        *,
        configuration: Configuration | None = None,
        plugins: Sequence[Plugin] | None = None,
        providers: Mapping[str, Provider] | None = None,
        observers: Iterable[Observer] = (),
    ) -> None:
        self.home = Path(home)
        self.configuration = configuration or read_configuration(self.home)
        registry = load_plugins(self.configuration.plugins, plugins)
        self.registry = with_cards_of(self.home, registry)
        self.registry.insist(is_strict=self.configuration.plugins.is_strict)
        self._providers = ProviderPool(self.registry, self.configuration, providers or {})
        log = self.home / self.configuration.log if self.configuration.log else None
        self._observers = Observers([*self.registry.observers.values(), *decision_logs(log), *observers])
        self._workers = CheckWorkers()
        self._benches = Benches(
            registry=self.registry,
            configuration=self.configuration,
            providers=self._providers,
            observers=self._observers,
            workers=self._workers,
        )
        self._evaluations = Evaluations(home=self.home, benches=self._benches)
        self._background = BackgroundLoop()
        self._finalizer = finalize(
            self, _close, self._background, self._providers, self._workers, self._observers
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back what the providers hold. Closing twice does nothing."""
        self._finalizer()

    def prompts(self) -> dict[str, Prompt]:
        """Every prompt that can be used, by name."""
        folders = list_folders("prompts", home=self.home)
        return {name: read_prompt(folder) for name, folder in folders.items()}

    def prompt(self, name: str) -> Prompt:
        """The prompt of this name.

        Raises:
            UnknownNameError: there is none.
        """
        return read_prompt(find_folder("prompts", name, home=self.home))

    def suites(self) -> tuple[str, ...]:
        """The names of every suite that can be run."""
        return tuple(list_folders("evals", home=self.home))

    def judges(self) -> dict[str, Judge]:
        """Every judge that a suite can ask, by name."""
        return self._evaluations.judges()

    def suite(self, name: str) -> LoadedSuite:
        """The suite of this name, with its prompt and cases.

        Raises:
            UnknownNameError: there is none.
            FileError: one of its files is malformed.
        """
        return load_suite(name, home=self.home)

    def run(
        self,
        prompt: str,
        *,
        model: str | None = None,
        roster: Iterable[str] = (),
        record: Path | str | None = None,
        replay: Path | str | None = None,
        on_text: OnText | None = None,
        **inputs: object,
    ) -> Trial:
        """Try a prompt once, with these inputs, and look at the answer with every check that applies.

        Names in `roster`, and what the guards find by themselves, do not leave this machine; they stand
        in the answer again when you get it. Nothing is kept. `on_text` is told of each piece of the answer
        as it is written, before any name stands in it and before anything has looked at it.

        Raises:
            InputError: a name or an input is wrong; the message says which.
        """
        return self._background.call(self._run(prompt, model, roster, record, replay, on_text, inputs))

    async def run_async(
        self,
        prompt: str,
        *,
        model: str | None = None,
        roster: Iterable[str] = (),
        record: Path | str | None = None,
        replay: Path | str | None = None,
        on_text: OnText | None = None,
        **inputs: object,
    ) -> Trial:
        """As `run`, for code that awaits."""
        return await self._background.call_async(
            self._run(prompt, model, roster, record, replay, on_text, inputs)
        )

    def evaluate(
        self,
        suite: str,
        *,
        prompts: Sequence[str] = (),
        models: Sequence[str] = (),
        judges: Sequence[str] = (),
        limit: int | None = None,
        repeats: int | None = None,
        label: str = "",
        record: Path | str | None = None,
        replay: Path | str | None = None,
        budget: Budget | float | None = None,
        confirm: Confirm | None = None,
        watch: Watch | None = None,
    ) -> Evaluation:
        """Try a suite's cases on models, keep every trial, and judge.

        `prompts` stand in for the suite's own, by name or folder, such as two versions to choose from.
        Doing it again with the same arguments goes on where it stopped, and asks for nothing twice;
        another `label` asks anew.

        `judges` are the models that answer for the judges of the suite; without them those that the suite
        names are asked, if it names any.

        `budget` caps what it may take, in US dollars or as a `Budget`; without it `sandbox.toml` does.
        `confirm` is given the estimate before the first call, and says whether to go on. Without it, an
        evaluation that may cost more than `confirm_above_usd` needs a cap. `watch` is told a few times a
        second how far it is.

        Raises:
            InputError: a name, a file or a number is wrong; the message says which.
            BusyError: another process is at this evaluation.
            StoppedError: the estimate was not agreed to.
            StoreError: the records cannot be read or written.
        """
        wish = Wish(
            suite=suite,
            prompts=prompts,
            models=models,
            judges=judges,
            limit=limit,
            repeats=repeats,
            label=label,
            record=record,
            replay=replay,
            budget=budget,
            confirm=confirm,
            watch=watch,
        )
        return self._background.call(self._evaluations.evaluate(wish))

    async def evaluate_async(
        self,
        suite: str,
        *,
        prompts: Sequence[str] = (),
        models: Sequence[str] = (),
        judges: Sequence[str] = (),
        limit: int | None = None,
        repeats: int | None = None,
        label: str = "",
        record: Path | str | None = None,
        replay: Path | str | None = None,
        budget: Budget | float | None = None,
        confirm: Confirm | None = None,
        watch: Watch | None = None,
    ) -> Evaluation:
        """As `evaluate`, for code that awaits."""
        wish = Wish(
            suite=suite,
            prompts=prompts,
            models=models,
            judges=judges,
            limit=limit,
            repeats=repeats,
            label=label,
            record=record,
            replay=replay,
            budget=budget,
            confirm=confirm,
            watch=watch,
        )
        return await self._background.call_async(self._evaluations.evaluate(wish))

    def score(self, suite: str, answers: Path | str, *, label: str = "") -> Evaluation:
        """Look at answers that were made elsewhere with a suite's checks, and judge.

        Raises:
            InputError: the suite or the file with the answers cannot be used.
        """
        loaded = self.suite(suite)
        scorer = Scorer(
            loaded=loaded,
            artifact_type=self.registry.artifact(loaded.prompt.card.artifact),
            guards=tuple(self.registry.guards.values()),
            checks=self._evaluations.checks(loaded),
            workers=self._workers,
        )
        with self.records() as store:
            return self._background.call(
                score_answers(scorer, lambda: read_answers(Path(answers)), label=label, store=store)
            )

    def calibrate(
        self, check: str, data: "LabelledFile | Path | str", *, out: Path | str | None = None
    ) -> "CalibrationCard":
        """Hold a check against answers that people have labelled, and write its card.

        Without `out` the card goes to this folder's `cards/`, where it counts from then on.

        Raises:
            UnknownNameError: there is no such check.
            InputError: the file cannot be used, or a package is not installed.
        """
        card: CalibrationCard = _calibrate_check(
            self.registry.check(check),
            data,
            registry=self.registry,
            workers=self._workers,
            wait=self._background.call,
            out=Path(out) if out is not None else self.home / CARDS / f"{check}.json",
        )
        return card

    def records(self) -> Store:
        """The record store of this folder; use it in a `with` block.

        Raises:
            UnknownNameError: no plugin brings a store for this kind of address.
        """
        return self._evaluations.records()

    def report(
        self, evaluation: Evaluation | str, *, format_name: str = "html", path: Path | str | None = None
    ) -> Path:
        """Write a report on an evaluation, and give its path.

        Raises:
            UnknownNameError: there is no such evaluation or format.
        """
        layout = self.registry.report_format(format_name)
        with self.records() as store:
            found = store.evaluation(evaluation) if isinstance(evaluation, str) else evaluation

            def trials(target: Target) -> Iterator[Trial]:
                return store.trials(found.id, target)

            checks = self._evaluations.looked_with(found)
            summary = _build_summary(found, trials, checks, product_version=VERSION)
        default = self.home / self.configuration.reports / f"{found.id}.{layout.extension}"
        goal = Path(path) if path is not None else default
        goal.parent.mkdir(parents=True, exist_ok=True)
        goal.write_text(layout.render(summary), encoding="utf-8", newline="\n")
        return goal

    def model_card(self, model: str) -> ModelCard:
        """What the provider of `provider/model` says of it.

        Raises:
            UnknownNameError: no plugin brings the provider.
            ProviderError: the provider cannot be built, or knows that it has no such model.
        """
        return self._providers.find(model)[1]

    def count_tokens(self, model: str, text: str) -> TokenCount:
        """How many tokens a text takes: counted where the provider can, else estimated from its length.

        Raises:
            InputError: there is no such provider.
            ProviderError: the provider cannot count now.
        """
        provider, card = self._providers.find(model)
        if card.counts_tokens and isinstance(provider, CountingProvider):
            return TokenCount(self._background.call(provider.count_tokens(card.name, text)))
        return TokenCount(estimated_tokens(text), is_estimated=True)

    async def _run(
        self,
        prompt_name: str,
        model: str | None,
        roster: Iterable[str],
        record: Path | str | None,
        replay: Path | str | None,
        on_text: OnText | None,
        inputs: Mapping[str, object],
    ) -> Trial:
        prompt = self.prompt(prompt_name)
        checks = self.registry.checks_for(prompt.card.artifact)
        spending = Spending(self.configuration.budget)
        spending.begin()
        case = Case(id="run", inputs=read_inputs(prompt.card, inputs), roster=tuple(roster))
        with taped(self._benches, [model] if model else [], record=record, replay=replay) as reel:
            bench = self._benches.make(
                prompt, reel.models[0], checks, spending=spending, tape=reel.tape, on_text=on_text
            )
            bench.line.pace.reopen()
            tried = await run_trial(bench, case)
        trial = tried.trial
        if trial.artifact is None:
            return trial
        findings = tuple(
            finding.model_copy(update={"reason": restore_text(finding.reason, tried.replaced)})
            for finding in trial.findings
        )
        return trial.model_copy(
            update={"artifact": restore(trial.artifact, tried.replaced), "findings": findings}
        )


def _close(
    background: BackgroundLoop, providers: ProviderPool, workers: CheckWorkers, observers: Observers
) -> None:
    workers.close()
    providers.close(background)
    observers.close()
    background.close()
