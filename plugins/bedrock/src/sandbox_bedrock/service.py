"""What is used of the AWS SDK: how a client is opened, and what its errors mean. To import it is slow."""

import logging
import os
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import aiohttp
from aiobotocore.config import AioConfig  # type: ignore[import-untyped]  # the SDK has no types
from aiobotocore.credentials import (  # type: ignore[import-untyped]  # likewise
    AioCredentialResolver,
    AioEnvProvider,
)
from aiobotocore.httpsession import AIOHTTPSession  # type: ignore[import-untyped]  # likewise
from aiobotocore.session import AioSession  # type: ignore[import-untyped]  # likewise
from botocore import exceptions as sdk  # type: ignore[import-untyped]  # likewise
from botocore.eventstream import ParserError  # type: ignore[import-untyped]  # likewise
from botocore.loaders import create_loader  # type: ignore[import-untyped]  # likewise
from botocore.parsers import ResponseParserError  # type: ignore[import-untyped]  # likewise

from sandbox.errors import ProviderError
from sandbox_bedrock.errors import KEY_VARIABLES, CallErrors
from sandbox_bedrock.options import Keys, Place

_OPERATIONS = frozenset({"Converse", "ConverseStream"})
_UNUSABLE_KEYS = (
    sdk.CredentialRetrievalError,
    sdk.InvalidConfigError,
    sdk.LoginError,
    sdk.MetadataRetrievalError,
    sdk.MissingDependencyException,
    sdk.PartialCredentialsError,
    sdk.RefreshWithMFAUnsupportedError,
    sdk.SSOError,
    sdk.TokenRetrievalError,
    sdk.UnknownCredentialError,
)


class OddKeyError(Exception):
    """A variable that holds what cannot be a key."""

    def __init__(self, variable: str) -> None:
        self.variable = variable
        super().__init__(variable)


_FAILURES = (
    *(sdk.BotoCoreError, sdk.ClientError, OddKeyError),
    *(aiohttp.ClientError, OSError),
    *(ParserError, ResponseParserError),
    # The SDK's parsers fall over these when a body is JSON of another shape than the service's;
    # what pydantic says of such an answer is a ValueError, too.
    *(AttributeError, KeyError, TypeError, ValueError),
)


class UndirectedSession(AIOHTTPSession):  # type: ignore[misc]  # the SDK has no types
    """The SDK's own way over HTTP, save that it follows no redirection: texts go where the options say."""

    async def _get_session(self, proxy_url: str | None) -> Any:
        return _Undirected(await super()._get_session(proxy_url))


@dataclass(frozen=True, slots=True)
class _Undirected:
    session: aiohttp.ClientSession

    def request(self, method: str, **details: Any) -> Any:
        return self.session.request(method, **details, allow_redirects=False)


async def opened_client(place: Place, keys: Keys) -> AsyncGenerator[Any, None]:
    """A client for the running event loop, which is closed when this generator is.

    It is a generator because an event loop closes its generators when it ends. So the connections are
    closed even if nobody said `aclose` before.
    """
    _look_at_variables(keys)
    _keep_keys_out_of_logs()
    session = AioSession(profile=keys.profile or None)
    if keys.only_variables:
        session.register_component("credential_provider", AioCredentialResolver([AioEnvProvider()]))
    config = AioConfig(
        # One attempt, and no limit of time but that of the request, which is kept around all of it.
        retries={"total_max_attempts": 1, "mode": "standard"},
        connect_timeout=None,
        read_timeout=None,
        defaults_mode="legacy",
        # How many requests there are at a time is limited above, and not twice.
        max_pool_connections=0,
        # The text goes where the options say and nowhere else: not where AWS's own configuration says,
        # and what is said to stay on this machine goes through no proxy.
        ignore_configured_endpoint_urls=True,
        proxies={} if place.is_loopback else None,
        http_session_cls=UndirectedSession,
    )
    session.register_component("data_loader", _descriptions())
    async with session.create_client(
        "bedrock-runtime",
        region_name=place.region,
        endpoint_url=place.url,
        # Without TLS there is no certificate to look at, and to load whom to trust takes its time.
        verify=False if place.is_unencrypted else None,
        config=config,
    ) as client:
        yield client


@cache
def _descriptions() -> Any:
    """What the SDK knows about services; to read it takes a while, so it is read once."""
    return create_loader()


@contextmanager
def in_our_words(errors: CallErrors) -> Iterator[None]:
    """Whatever the SDK raises in this block becomes a ProviderError. A cancelled task stays one.

    The cause is hidden: it holds the request, the service's words or the keys.
    """
    try:
        yield
    except _FAILURES as error:
        raise _told(error, errors) from None


@asynccontextmanager
async def events_of(stream: Any) -> AsyncIterator[AsyncGenerator[Any, None]]:
    """The events of a stream; its connection is closed at the end of the block, unless it is through."""
    events = aiter(stream)
    try:
        yield events
    finally:
        stream.close()
        await events.aclose()


def _told(error: Exception, errors: CallErrors) -> ProviderError:
    """The first row that an error belongs to says what is made of it."""
    for kinds, say in _SAYINGS:
        if isinstance(error, kinds):
            return say(errors, error)
    return errors.no_answer()


def _say_refused(errors: CallErrors, error: sdk.ClientError) -> ProviderError:
    # Keys that are lent for a while come from other services of AWS.
    is_ours = error.operation_name in _OPERATIONS
    return errors.refused(error.response) if is_ours else errors.unusable_keys()


def _say_unconnected(errors: CallErrors, error: Exception) -> ProviderError:
    cause = error.kwargs.get("error") if isinstance(error, sdk.BotoCoreError) else error
    # A file is not found if AWS_CA_BUNDLE names one that is not there.
    is_distrust = isinstance(cause, aiohttp.ClientConnectorCertificateError | FileNotFoundError)
    return errors.distrusted() if is_distrust else errors.unreachable()


_SAYINGS: tuple[tuple[tuple[type[Exception], ...], Callable[[CallErrors, Any], ProviderError]], ...] = (
    ((OddKeyError,), lambda errors, error: errors.odd_key(error.variable)),
    ((sdk.ClientError,), _say_refused),
    ((sdk.NoCredentialsError, sdk.NoAuthTokenError), lambda errors, _: errors.no_keys()),
    ((sdk.ProfileNotFound,), lambda errors, _: errors.unknown_profile()),
    (_UNUSABLE_KEYS, lambda errors, _: errors.unusable_keys()),
    ((sdk.ConfigParseError,), lambda errors, _: errors.unreadable_configuration()),
    ((sdk.ParamValidationError, sdk.ValidationError), lambda errors, _: errors.malformed()),
    ((sdk.ConnectionError, sdk.HTTPClientError, aiohttp.ClientError, OSError), _say_unconnected),
    ((sdk.BotoCoreError,), lambda errors, error: errors.misconfigured(type(error).__name__)),
)


def _look_at_variables(keys: Keys) -> None:
    """Find a key that was copied badly before the SDK repeats it in a complaint.

    Raises:
        OddKeyError: a variable holds what cannot be a key.
    """
    for variable in () if keys.profile else KEY_VARIABLES:
        key = os.environ.get(variable, "")
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise OddKeyError(variable)


def _keep_keys_out_of_logs() -> None:
    """The SDK's log holds headers and prompts at its lowest level; let that be asked for by name only."""
    for name in ("aiobotocore", "botocore"):
        log = logging.getLogger(name)
        if log.level == logging.NOTSET:
            log.setLevel(logging.INFO)
