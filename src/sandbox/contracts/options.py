"""Reads what `sandbox.toml` says under `[providers.NAME]`, and refuses what the provider does not know."""

from typing import TypeVar

from pydantic import ValidationError

from sandbox.contracts.provider import Options
from sandbox.domain.problems import describe_problems
from sandbox.domain.record import Record
from sandbox.errors import InputError, UnknownNameError

Known = TypeVar("Known", bound=Record)


class NoOptions(Record):
    """What may be said of a provider that has no options."""


def read_options(provider: str, options: Options, known: type[Known]) -> Known:
    """The options as the record that knows them; a misspelt `base_url` must not send text elsewhere.

    Raises:
        UnknownNameError: there is no such option.
        InputError: an option has a value that it cannot have.
    """
    for name in options:
        if name not in known.model_fields:
            raise UnknownNameError(f"option of [providers.{provider}]", name, known.model_fields)
    try:
        return known.model_validate(dict(options))
    except ValidationError as error:
        # The value is not repeated: people put keys in the wrong places.
        problems = "; ".join(map(str, describe_problems(error, known)))
        raise InputError(f"[providers.{provider}] {problems}") from None
