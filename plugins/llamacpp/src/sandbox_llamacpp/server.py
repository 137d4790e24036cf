"""llama.cpp's server inside this process: how it is opened, what it is asked, and what it streams back."""

import importlib
import json
import secrets
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any, Protocol
from urllib.parse import urlsplit

from sandbox.domain.exchange import JsonSchema
from sandbox_llamacpp.options import LlamaCppOptions

BATCH_TOKENS = 256
"""A prompt is read in batches, and llama.cpp can be stopped between two of them."""

_COUNTING_SECONDS = 30

_SEPARATORS = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
"""A small model that may choose its whitespace fills pages with it, and then has nothing to say."""

Json = Mapping[str, Any]
"""A request or a piece of an answer, as in OpenAI's chat completions; its values are what JSON allows."""


class Server(Protocol):
    """What is used of llama.cpp's server."""

    def handle_chat_completions(self, body: Json, callback: Callable[[Json], bool], /) -> object:
        """Stream an answer into the callback, which ends it by returning True. An error is returned."""
        ...

    def count_tokens(self, text: str) -> int:
        """How many tokens a text takes, as it would in a message."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LlamaServer:
    """The server of the package xllamacpp, which answers in this process and on a port of this machine."""

    inside: Any = field(repr=False)
    address: str
    key: str = field(repr=False)
    """Nobody else is to ask at that port."""

    def handle_chat_completions(self, body: Json, callback: Callable[[Json], bool], /) -> object:
        """Stream an answer into the callback, in this process."""
        returned: object = self.inside.handle_chat_completions(body, callback)
        return returned

    def count_tokens(self, text: str) -> int:
        """How many tokens a text takes; only the port offers that, and it answers while others are asked.

        Raises:
            OSError: the port did not answer.
            ValueError: llama.cpp refused the text.
        """
        headers = {"authorization": f"Bearer {self.key}", "content-type": "application/json"}
        with closing(HTTPConnection(urlsplit(self.address).netloc, timeout=_COUNTING_SECONDS)) as port:
            port.request("POST", "/tokenize", json.dumps({"content": text}).encode(), headers)
            reply = port.getresponse()
            body = reply.read()
        if reply.status != 200:
            raise ValueError(f"llama.cpp could not count (HTTP {reply.status})")
        return len(json.loads(body)["tokens"])


def open_server(path: Path, options: LlamaCppOptions) -> LlamaServer:
    """Load a file of weights; Python stands still meanwhile, for a quarter of a second for 100 MB.

    Raises:
        ImportError: llama.cpp does not run on this machine.
        RuntimeError: llama.cpp cannot use the file; it gives no reason.
    """
    llama = importlib.import_module("xllamacpp")
    parameters = llama.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = options.context_tokens * options.slots
    parameters.n_parallel = options.slots
    parameters.n_batch = parameters.n_ubatch = BATCH_TOKENS
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = options.threads
    parameters.cache_ram_mib = 0
    # Python stands still while llama.cpp loads: neither a trial load nor a trial run makes that longer.
    parameters.fit_params = False
    parameters.warmup = False
    parameters.verbosity = -1
    # The library opens a port on this machine, too. Nobody is to ask there what was written here.
    key = secrets.token_hex()
    parameters.api_keys = [key]
    parameters.endpoint_slots = False
    parameters.ui = False
    parameters.endpoint_metrics = True
    server = llama.Server(parameters)
    # A server that is closed before its loop has begun never ends; once it says something, it has begun.
    server.handle_metrics()
    return LlamaServer(inside=server, address=server.listening_address, key=key)


def schema_grammar(schema: JsonSchema) -> str:
    """The grammar that lets nothing through but JSON that fits the schema."""
    # Keywords that grammars do not know are left to whoever validates, instead of refusing the schema.
    guided = schema | {"x-guidance": _SEPARATORS | {"lenient": True}}
    grammar: str = importlib.import_module("xllamacpp").json_schema_to_grammar(json.dumps(guided))
    return grammar


@dataclass(slots=True)
class StreamedAnswer:
    """An answer as it comes in, chunk by chunk."""

    schema: JsonSchema | None = None
    stop: Event = field(default_factory=Event)
    text: str = ""
    finish_reason: str | None = None
    usage: Json = field(default_factory=dict)
    error: Json = field(default_factory=dict)

    def take(self, chunk: Json) -> str:
        """Take a chunk in, and give the text that it adds."""
        piece = ""
        self.error = chunk.get("error") or self.error
        self.usage = chunk.get("usage") or self.usage
        for choice in chunk.get("choices") or ():
            piece += choice.get("delta", {}).get("content") or ""
            self.finish_reason = choice.get("finish_reason") or self.finish_reason
        self.text += piece
        return piece

    @property
    def is_off_schema(self) -> bool:
        """Whether it begins as no JSON of this schema does.

        llama.cpp drops a grammar that it cannot use without a word, and the model writes what it likes.
        """
        if self.schema is None or not self.text:
            return False
        beginnings = "{" if self.schema.get("type") == "object" else '{["-0123456789tfn'
        return self.text[0] not in beginnings
