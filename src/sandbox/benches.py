"""Benches: everything that the trials of one target share, put together from plugins and settings."""

from dataclasses import dataclass, field

from sandbox.contracts.check import Check
from sandbox.contracts.late import late
from sandbox.contracts.registry import Registry
from sandbox.domain.artifact import Artifact
from sandbox.domain.budget import Limits
from sandbox.domain.exchange import ModelCard, Settings
from sandbox.domain.judging import Opinion
from sandbox.domain.prompt import Prompt
from sandbox.domain.trial import Target
from sandbox.errors import InputError
from sandbox.pipeline.calling import CallPolicy, Line, OnText, Tell
from sandbox.pipeline.check_processes.check_workers import CheckWorkers
from sandbox.pipeline.observing import Observers
from sandbox.pipeline.pacing import Pace, PacePolicy
from sandbox.pipeline.prompting import PromptRenderer
from sandbox.pipeline.spending import Purse, Spending
from sandbox.pipeline.taping import Tape
from sandbox.pipeline.trying import Bench
from sandbox.provider_pool import ProviderPool
from sandbox.storage.configuration import Configuration

_replay_provider = late("sandbox.bundled.providers.replay:ReplayProvider")


@dataclass(frozen=True, slots=True, kw_only=True)
class Benches:
    """Makes benches; what it finds out of an account's pace stays with it."""

    registry: Registry
    configuration: Configuration
    providers: ProviderPool
    observers: Observers
    workers: CheckWorkers
    _paces: dict[str, Pace] = field(default_factory=dict, init=False)

    @property
    def _tell(self) -> Tell | None:
        return self.observers.tell if self.observers.is_needed else None

    def make(
        self,
        prompt: Prompt,
        model: str,
        checks: tuple[Check, ...],
        *,
        spending: Spending,
        settings: Settings | None = None,
        label: str = "",
        tape: Tape | None = None,
        on_text: OnText | None = None,
    ) -> Bench:
        """The bench of a prompt on a model.

        Raises:
            InputError: the model is not named rightly, or may not be asked here.
        """
        model = self.providers.full_name(model)
        line = self._line(model, spending, tape, on_text)
        card = line.card
        return Bench(
            target=Target(
                prompt=prompt.card.name,
                prompt_version=prompt.card.version,
                prompt_digest=prompt.digest,
                model=model,
                model_identity=card.identity,
                is_local=card.is_local,
                settings=settings or prompt.card.settings,
            ),
            renderer=PromptRenderer(prompt, filters=self.registry.template_filters.values()),
            artifact_type=self._artifact_type(prompt),
            line=line,
            tape=tape,
            guards=tuple(self.registry.guards.values()),
            preparers=tuple(self.registry.request_preparers.values()),
            checks=checks,
            workers=self.workers,
            label=label,
        )

    def _artifact_type(self, prompt: Prompt) -> type[Artifact]:
        """What a prompt asks for; an opinion is for judges, and no plugin brings it."""
        name = prompt.card.artifact
        return Opinion if name == Opinion.type_name else self.registry.artifact(name)

    def _line(self, model: str, spending: Spending, tape: Tape | None, on_text: OnText | None) -> Line:
        if tape is not None and tape.is_replay:
            policy = CallPolicy(max_repairs=self.configuration.max_repairs, tell=self._tell)
            return Line.alone(_replay_provider(), tape.card(model), policy)
        provider, card = self.providers.find(model)
        if self.configuration.only_local and not card.is_local:
            raise InputError(
                f"'{model}' is not on this machine, and only_local in sandbox.toml keeps all texts here. "
                "Choose a model on this machine; 'sandbox models' lists them."
            )
        card = card if tape is None else tape.card(model)
        price = self.configuration.prices.get(model)
        card = card if price is None else card.model_copy(update={"price": price})
        return Line(
            provider=provider,
            card=card,
            policy=CallPolicy(
                max_attempts=self.configuration.max_attempts,
                max_repairs=self.configuration.max_repairs,
                timeout_seconds=self.configuration.timeout_seconds,
                total_seconds=self.configuration.total_seconds,
                retries_timeouts=not card.is_local,
                tell=self._tell,
                wants=self.observers.wants,
                on_text=on_text if card.streams else None,
            ),
            pace=self._pace(model, card),
            purse=Purse(spending, card),
        )

    def _pace(self, model: str, card: ModelCard) -> Pace:
        """The pace of the account; models on this machine share nothing with each other."""
        provider = model.partition("/")[0]
        account = model if card.is_local else provider
        if account not in self._paces:
            known = self.configuration.limits.get(provider, Limits())
            policy = PacePolicy(
                most=known.max_concurrency or card.max_concurrency,
                requests_per_minute=known.requests_per_minute,
                tokens_per_minute=known.tokens_per_minute,
                patience_seconds=self.configuration.patience_seconds,
                longest_pause_seconds=self.configuration.total_seconds,
            )
            self._paces[account] = Pace(account, policy, self._tell)
        return self._paces[account]
