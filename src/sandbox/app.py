"""`Sandbox`: the one place where the parts are joined."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self
from weakref import finalize

from sandbox.background import BackgroundLoop
from sandbox.benches import Benches
from sandbox.bundled.observers.decision_log import decision_logs
from sandbox.contracts.check import Check
from sandbox.contracts.late import late
from sandbox.contracts.loading import Plugin
from sandbox.contracts.observer import Observer
from sandbox.contracts.provider import CountingProvider, Provider
from sandbox.contracts.store import Store
from sandbox.domain.budget import Budget
from sandbox.domain.exchange import ModelCard
from sandbox.domain.prompt import Prompt
from sandbox.domain.scorecard import Evaluation
from sandbox.domain.tokens import TokenCount, estimated_tokens
from sandbox.domain.trial import Case, Target, Trial
from sandbox.evaluation.brought import Scorer, score_answers
from sandbox.evaluation.evaluating import Confirm, Plan, evaluate_suite, needs_cap_above
from sandbox.evaluation.suite import (
    LoadedSuite,
    asked_checks,
    first_cases,
    load_suite,
    see_to_policy,
    see_to_prompts,
)
from sandbox.evaluation.watching import Watch
from sandbox.loaded_plugins import load_plugins
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

# What most runs do without.
_build_summary = late("sandbox.report.summary:build_summary")
_delete_older_trials = late("sandbox.storage.retention:delete_older_trials")


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
        self.registry = load_plugins(self.configuration.plugins, plugins)
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
        return self._background.call(
            self._evaluate(
                suite, prompts, models, limit, repeats, label, record, replay, budget, confirm, watch
            )
        )

    async def evaluate_async(
        self,
        suite: str,
        *,
        prompts: Sequence[str] = (),
        models: Sequence[str] = (),
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
        return await self._background.call_async(
            self._evaluate(
                suite, prompts, models, limit, repeats, label, record, replay, budget, confirm, watch
            )
        )

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
            checks=self._checks(loaded),
            workers=self._workers,
        )
        with self.records() as store:
            return self._background.call(
                score_answers(scorer, lambda: read_answers(Path(answers)), label=label, store=store)
            )

    def records(self) -> Store:
        """The record store of this folder; use it in a `with` block.

        Raises:
            UnknownNameError: no plugin brings a store for this kind of address.
        """
        place = self.configuration.records
        scheme, is_address, _ = place.partition("://")
        if not is_address:
            scheme, place = "sqlite", str(self.home / place)
        return self.registry.store(scheme).open(place, self.registry.artifacts)

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

            summary = _build_summary(found, trials, self.registry.checks, product_version=VERSION)
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

    async def _evaluate(
        self,
        suite: str,
        prompts: Sequence[str],
        models: Sequence[str],
        limit: int | None,
        repeats: int | None,
        label: str,
        record: Path | str | None,
        replay: Path | str | None,
        budget: Budget | float | None,
        confirm: Confirm | None,
        watch: Watch | None,
    ) -> Evaluation:
        loaded = self.suite(suite)
        cases = first_cases(loaded, limit)
        checks = self._checks(loaded)
        tried = [self.prompt(name) for name in dict.fromkeys(prompts)] or [loaded.prompt]
        see_to_prompts(loaded, tried)
        spending = Spending(self.configuration.budget.changed_to(budget))
        with taped(self._benches, models, record=record, replay=replay) as reel:
            benches = [
                self._benches.make(
                    prompt,
                    model,
                    checks,
                    spending=spending,
                    settings=loaded.suite.settings,
                    label=label,
                    tape=reel.tape,
                )
                for prompt in tried
                for model in reel.models
            ]
            with self.records() as store:
                if self.configuration.keep_days is not None:
                    _delete_older_trials(store, days=self.configuration.keep_days)
                return await evaluate_suite(
                    Plan(
                        loaded=loaded,
                        benches=benches,
                        cases=cases,
                        repeats=repeats or loaded.suite.repeats,
                        store=store,
                        executor=self.registry.executor(self.configuration.executor).build(),
                        watch=watch,
                        confirm=confirm
                        or needs_cap_above(self.configuration.confirm_above_usd, spending.budget),
                    )
                )

    def _checks(self, loaded: LoadedSuite) -> tuple[Check, ...]:
        available = self.registry.checks_for(loaded.prompt.card.artifact)
        checks = asked_checks(loaded.suite.checks, available)
        see_to_policy(loaded.suite.gate, tuple(check.name for check in checks))
        return checks


def _close(
    background: BackgroundLoop, providers: ProviderPool, workers: CheckWorkers, observers: Observers
) -> None:
    workers.close()
    providers.close(background)
    observers.close()
    background.close()
