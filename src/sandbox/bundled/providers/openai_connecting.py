"""The client of the OpenAI SDK: where it may go, over what, and how many connections it keeps.

Importing this takes half a second, which only those who ask a model should pay.
"""

import importlib
import ssl
from collections.abc import AsyncGenerator
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.util import find_spec
from urllib.request import getproxies

import httpx2
import openai

from sandbox.contracts.answer_limit import limit_answer
from sandbox.contracts.server_address import ServerAddress
from sandbox.contracts.service_errors import IDLE_SECONDS
from sandbox.errors import ErrorKind, ProviderError


async def open_client(
    address: ServerAddress, *, key: str, api_version: str
) -> AsyncGenerator[openai.AsyncOpenAI, None]:
    """Give a client once, and close it in the end.

    Raises:
        ProviderError: the environment wants a proxy that cannot be used.
    """
    async with _http_client(address) as http_client:
        if api_version:
            yield openai.AsyncAzureOpenAI(
                api_version=api_version,
                api_key=key or "none",
                base_url=address.url,
                max_retries=0,
                http_client=http_client,
            )
        else:
            yield openai.AsyncOpenAI(
                api_key=key or "none", base_url=address.url, max_retries=0, http_client=http_client
            )


def _http_client(address: ServerAddress) -> httpx2.AsyncClient:
    trusts_environment = not address.is_loopback
    # Made here, because without trust_env it would not know of SSL_CERT_FILE.
    context = httpx2.create_ssl_context() if address.url.startswith("https:") else None
    # Behind a proxy httpx2 speaks for itself: it knows more kinds of them.
    has_proxy = trusts_environment and bool({"http", "https", "all"} & set(getproxies()))
    transport = None if has_proxy else fast_transport(context)
    try:
        return httpx2.AsyncClient(
            transport=transport,
            verify=context or True,
            # How many requests go out at once is said by the model's card, and by nothing else.
            limits=httpx2.Limits(keepalive_expiry=IDLE_SECONDS),
            timeout=None,  # the time of a request is limited as a whole, not step by step
            # The text goes where base_url says and nowhere else: no redirect is followed,
            # and what is said to stay on this machine goes through no proxy.
            follow_redirects=False,
            trust_env=trusts_environment,
            # Nothing of one request gets into the next.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            event_hooks={"response": [limit_answer]},
        )
    except (ImportError, ValueError):
        raise ProviderError(
            ErrorKind.UNAVAILABLE,
            f"The environment names a proxy for {address.name} that cannot be used here: name one that "
            f"begins with http://, or put {address.host} into the variable NO_PROXY.",
        ) from None


def fast_transport(context: ssl.SSLContext | None) -> httpx2.AsyncBaseTransport | None:
    """What speaks over aiohttp; None if aiohttp is not installed."""
    if find_spec("aiohttp") is None:
        return None
    speaking = importlib.import_module("sandbox.bundled.providers.openai_aiohttp")
    transport: httpx2.AsyncBaseTransport = speaking.AiohttpTransport(context)
    return transport
