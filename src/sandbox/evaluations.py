"""Evaluations: what a person asks for becomes a plan, with benches and judges, and is carried out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sandbox.benches import Benches
from sandbox.contracts.check import Check, Judgement, Subject, not_applicable
from sandbox.contracts.late import late
from sandbox.contracts.store import Store
from sandbox.domain.budget import Budget
from sandbox.domain.judging import Judge
from sandbox.domain.prompt import Prompt
from sandbox.domain.scorecard import Evaluation
from sandbox.errors import InputError
from sandbox.evaluation.evaluating import Confirm, Plan, evaluate_suite, needs_cap_above
from sandbox.evaluation.suite import (
    LoadedSuite,
    PanelPolicy,
    asked_checks,
    first_cases,
    load_suite,
    see_to_policy,
    see_to_prompts,
)
from sandbox.evaluation.watching import Watch
from sandbox.pipeline.judging import Panel
from sandbox.pipeline.spending import Spending
from sandbox.pipeline.taping import Tape
from sandbox.recordings import taped
from sandbox.storage.judge_folder import read_judge
from sandbox.storage.places import bundled_folder, find_folder, list_folders
from sandbox.storage.prompt_folder import read_prompt

# What most runs do without.
_delete_older_trials = late("sandbox.storage.retention:delete_older_trials")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """An evaluation as it is asked for; `Sandbox.evaluate` says what each part means."""

    suite: str
    prompts: Sequence[str] = ()
    models: Sequence[str] = ()
    judges: Sequence[str] = ()
    limit: int | None = None
    repeats: int | None = None
    label: str = ""
    record: Path | str | None = None
    replay: Path | str | None = None
    budget: Budget | float | None = None
    confirm: Confirm | None = None
    watch: Watch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluations:
    """Carries out evaluations in one folder."""

    home: Path
    benches: Benches

    def records(self) -> Store:
        """The record store of the folder.

        Raises:
            UnknownNameError: no plugin brings a store for this kind of address.
        """
        registry, place = self.benches.registry, self.benches.configuration.records
        scheme, is_address, _ = place.partition("://")
        if not is_address:
            scheme, place = "sqlite", str(self.home / place)
        return registry.store(scheme).open(place, registry.artifacts)

    async def evaluate(self, wish: Wish) -> Evaluation:
        """Try a suite's cases as it is wished, keep every trial, and judge."""
        configuration = self.benches.configuration
        loaded = load_suite(wish.suite, home=self.home)
        cases = first_cases(loaded, wish.limit)
        policy = loaded.suite.panel.asked_by(wish.judges)
        checks = self.checks(loaded)
        tried = [self._prompt(name) for name in dict.fromkeys(wish.prompts)] or [loaded.prompt]
        see_to_prompts(loaded, tried)
        spending = Spending(configuration.budget.changed_to(wish.budget))
        with taped(
            self.benches, wish.models, record=wish.record, replay=wish.replay, judges=policy.models
        ) as reel:
            panel = self._panel(loaded, policy, spending, reel.tape)
            benches = [
                replace(
                    self.benches.make(
                        prompt,
                        model,
                        checks,
                        spending=spending,
                        settings=loaded.suite.settings,
                        label=wish.label,
                        tape=reel.tape,
                    ),
                    panel=panel,
                )
                for prompt in tried
                for model in reel.models
            ]
            with self.records() as store:
                if configuration.keep_days is not None:
                    _delete_older_trials(store, days=configuration.keep_days)
                return await evaluate_suite(
                    Plan(
                        loaded=loaded,
                        benches=benches,
                        cases=cases,
                        repeats=wish.repeats or loaded.suite.repeats,
                        store=store,
                        executor=self.benches.registry.executor(configuration.executor).build(),
                        watch=wish.watch,
                        confirm=wish.confirm
                        or needs_cap_above(configuration.confirm_above_usd, spending.budget),
                    )
                )

    def checks(self, loaded: LoadedSuite) -> tuple[Check, ...]:
        """The checks that a suite asks.

        Raises:
            UnknownNameError: it names one that is not there.
        """
        available = self.benches.registry.checks_for(loaded.prompt.card.artifact)
        checks = asked_checks(loaded.suite.checks, available)
        names = [check.name for check in checks]
        see_to_policy(loaded.suite.gate, (*names, *loaded.suite.panel.judges))
        return checks

    def judges(self) -> dict[str, Judge]:
        """Every judge that can be asked, by name."""
        folders = list_folders("judges", home=self.home)
        return {name: read_judge(folder) for name, folder in folders.items()}

    def looked_with(self, evaluation: Evaluation) -> Mapping[str, Check]:
        """The checks and judges that an evaluation's metrics are of, so far as they are still there."""
        checks = self.benches.registry.checks
        named = {metric.check for each in evaluation.results for metric in each.scorecard.metrics}
        folders = list_folders("judges", home=self.home)
        judges = [read_judge(folders[name]) for name in named - checks.keys() if name in folders]
        return {**checks, **{judge.name: _as_check(judge) for judge in judges}}

    def _prompt(self, name: str) -> Prompt:
        return read_prompt(find_folder("prompts", name, home=self.home))

    def _panel(
        self, loaded: LoadedSuite, policy: PanelPolicy, spending: Spending, tape: Tape | None
    ) -> Panel | None:
        """The judges of a suite with the models that answer for them; None if no model is named."""
        if not policy.judges or not policy.models:
            return None
        judges = [read_judge(find_folder("judges", name, home=self.home)) for name in policy.judges]
        kind = loaded.prompt.card.artifact
        for judge in judges:
            if judge.artifacts and kind not in judge.artifacts:
                fit = ", ".join(judge.artifacts)
                raise InputError(f"The judge '{judge.name}' looks at {fit}; the suite is for {kind}.")
        prompt = read_prompt(bundled_folder("prompts") / "shared" / "judge")
        benches = [
            self.benches.make(prompt, model, (), spending=spending, tape=tape)
            for model in dict.fromkeys(policy.models)
        ]
        for bench in benches:
            bench.line.pace.reopen()
        return Panel(judges=tuple(judges), benches=tuple(benches), repeats=policy.repeats)


def _as_check(judge: Judge) -> Check:
    """A judge in the words of a check, for whoever reads what it found."""
    asked = "" if isinstance(judge.criteria, str) else " ".join(each.question for each in judge.criteria)
    return Check(
        name=judge.name,
        version=judge.version,
        title=judge.title,
        why=judge.why,
        how=f"A model is asked. {asked}".strip(),
        mend=judge.mend,
        source=judge.source,
        limits=judge.limits,
        run=_for_models,
        artifacts=judge.artifacts,
    )


def _for_models(_: Subject) -> Judgement:
    return not_applicable("A model has to be asked.")
