"""A server that is not there: for tests of providers that are built on the OpenAI SDK."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import respx
from respx.mocks import HTTPCoreMocker

from sandbox.bundled.providers.openai import VENDOR_URL


class HTTPCore2Mocker(HTTPCoreMocker):
    """Lets respx see what goes through httpx2, which the OpenAI SDK uses since version 3."""

    name = "httpcore2"
    targets = [target.replace("httpcore.", "httpcore2.", 1) for target in HTTPCoreMocker.targets]


@contextmanager
def openai_server_mock(base_url: str = VENDOR_URL) -> Iterator[respx.MockRouter]:
    """A server that answers as its routes say; a request that has no route fails, and nothing is sent.

    A route is made with `server.post("/chat/completions").respond(json=chat_completion("Hello."))`.
    """
    with (
        # What goes over aiohttp, respx does not see.
        patch("sandbox.bundled.providers.openai_connecting.fast_transport", return_value=None),
        respx.mock(base_url=base_url, using=HTTPCore2Mocker.name, assert_all_called=False) as server,
    ):
        yield server


def chat_completion(
    text: str | None,
    *,
    model: str = "test-model",
    finish_reason: str = "stop",
    refusal: str | None = None,
    usage: dict[str, object] | None = None,
) -> dict[str, object]:
    """The body of a chat completion, as a server sends it."""
    body: dict[str, object] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text, "refusal": refusal},
                "finish_reason": finish_reason,
            }
        ],
    }
    return body if usage is None else body | {"usage": usage}
