"""The providers of one `Sandbox`: each is built when it is first asked, and closed with it."""

from collections.abc import Mapping

from sandbox.background import BackgroundLoop
from sandbox.contracts.provider import Provider
from sandbox.contracts.registry import Registry
from sandbox.errors import InputError
from sandbox.storage.configuration import Configuration


class ProviderPool:
    """Providers by name; those in `given` are used as they are."""

    def __init__(
        self, registry: Registry, configuration: Configuration, given: Mapping[str, Provider]
    ) -> None:
        self._registry, self._configuration = registry, configuration
        self._built = dict(given)

    def find(self, model: str) -> tuple[Provider, str]:
        """The provider of `provider/model`, and the model's name without it.

        Raises:
            InputError: it is not written so.
            UnknownNameError: no plugin brings the provider.
            ProviderError: the provider cannot be built.
        """
        provider, slash, name = model.partition("/")
        if not (provider and slash and name):
            raise InputError(f"Write a model as provider/model, such as openai/MODEL; not '{model}'.")
        if provider not in self._built:
            spec = self._registry.provider(provider)
            self._built[provider] = spec.build(self._configuration.providers.get(provider, {}))
        return self._built[provider], name

    def close(self, background: BackgroundLoop) -> None:
        """Close every provider on the loop that used it."""
        while self._built:
            _, provider = self._built.popitem()
            background.call(provider.aclose())
