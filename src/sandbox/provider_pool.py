"""The providers of one `Sandbox`: each is built when it is first asked, and closed with it."""

from collections.abc import Mapping

from sandbox.background import BackgroundLoop
from sandbox.contracts.provider import Provider
from sandbox.contracts.registry import Registry
from sandbox.domain.exchange import ModelCard
from sandbox.errors import FAULTS, InputError, PluginError, SandboxError
from sandbox.storage.configuration import Configuration


class ProviderPool:
    """Providers by name; those in `given` are used as they are."""

    def __init__(
        self, registry: Registry, configuration: Configuration, given: Mapping[str, Provider]
    ) -> None:
        self._registry, self._configuration = registry, configuration
        self._built = dict(given)

    def full_name(self, model: str) -> str:
        """`provider/model`, of that or of a short name from the settings.

        Raises:
            InputError: it is neither.
        """
        full = self._configuration.models.get(model, model)
        provider, slash, name = full.partition("/")
        if provider and slash and name:
            return full
        short = ", ".join(sorted(self._configuration.models))
        also = f", or one of your own names for them: {short}" if short else ""
        raise InputError(f"Write a model as provider/model, such as openai/MODEL{also}; not '{model}'.")

    def find(self, model: str) -> tuple[Provider, ModelCard]:
        """The provider of `provider/model`, and what it says of the model.

        Raises:
            InputError: it is not written so.
            UnknownNameError: no plugin brings the provider.
            ProviderError: the provider cannot be built, or knows that it has no such model.
            PluginError: the provider does not keep its contract.
        """
        provider, _, name = self.full_name(model).partition("/")
        if provider not in self._built:
            self._built[provider] = self._build(provider)
        found = self._built[provider]
        return found, _card(provider, found, name)

    def close(self, background: BackgroundLoop) -> None:
        """Close every provider on the loop that used it, also where one of them cannot be closed."""
        while self._built:
            _, provider = self._built.popitem()
            try:
                background.call(provider.aclose())
            except FAULTS:
                continue

    def _build(self, name: str) -> Provider:
        spec = self._registry.provider(name)
        try:
            provider = spec.build(self._configuration.providers.get(name, {}))
        except SandboxError:
            raise
        except FAULTS as cause:
            # Without the cause's words: they may hold a key.
            raise PluginError(
                f"The provider '{name}' could not be made: its plugin raised {type(cause).__name__}. "
                f"Look at [providers.{name}] in sandbox.toml, or tell the plugin's author."
            ) from None
        lacking = [each for each in ("describe", "complete", "aclose") if not hasattr(provider, each)]
        if lacking:
            raise PluginError(
                f"The provider '{name}' has no {' and no '.join(lacking)}: tell the plugin's author."
            )
        return provider


def _card(name: str, provider: Provider, model: str) -> ModelCard:
    try:
        card: object = provider.describe(model)
    except SandboxError:
        raise
    except FAULTS as cause:
        raise PluginError(
            f"The provider '{name}' could not describe '{model}': its plugin raised "
            f"{type(cause).__name__}. Tell the plugin's author."
        ) from None
    if not isinstance(card, ModelCard) or not card.structured:
        raise PluginError(
            f"The provider '{name}' gave no proper card for '{model}', but a {type(card).__name__}: tell "
            "the plugin's author."
        )
    return card
