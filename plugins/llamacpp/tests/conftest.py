"""What the tests of this plugin start from."""

import hashlib
import json
import os
import socket
import struct
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from traceback import format_exception
from urllib.parse import unquote, urlsplit

import pytest
from sandbox_llamacpp.hub import Hub
from sandbox_llamacpp.known_weights import SMOLLM2
from sandbox_llamacpp.library import LlamaCppLibrary
from sandbox_llamacpp.provider import LlamaCppProvider, build_llamacpp
from sandbox_llamacpp.weights import fetch_weights

from sandbox.errors import ProviderError, SandboxError


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the product does."""
    return "asyncio"


@pytest.fixture(autouse=True)
def cache(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that is a test's own; only the real model is taken from the real one."""
    if request.node.get_closest_marker("real_model") is None:
        monkeypatch.setenv("SANDBOX_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "weights"


@pytest.fixture(scope="session")
def smollm2_file() -> Path:
    """The real weights; without them a test fails and says why."""
    try:
        return fetch_weights(SMOLLM2.name)
    except SandboxError as error:
        pytest.fail(str(error))


@pytest.fixture(scope="session")
async def smollm2(smollm2_file: Path) -> AsyncIterator[LlamaCppProvider]:
    """A provider whose model is loaded once for all tests."""
    provider = build_llamacpp({"threads": 1, "context_tokens": 2048})
    yield provider
    await provider.aclose()


class GgufWriter:
    """Writes the beginning of a .gguf file, and something that stands for its weights."""

    def __call__(self, entries: dict[str, object] | None = None, *, weights: bytes = b"weights") -> bytes:
        """The file; without entries, those of a small model."""
        given = SMALL_MODEL if entries is None else entries
        body = b"".join(self.text(key) + self.value(value) for key, value in given.items())
        return b"GGUF" + struct.pack("<IQQ", 3, 0, len(given)) + body + weights

    def value(self, value: object) -> bytes:
        """An entry's value, with its kind before it."""
        match value:
            case bool():
                return struct.pack("<I?", 7, value)
            case int():
                return struct.pack("<II", 4, value)
            case float():
                return struct.pack("<If", 6, value)
            case str():
                return struct.pack("<I", 8) + self.text(value)
            case [str(), *_]:
                return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(map(self.text, value))
            case list():
                return struct.pack("<IIQ", 9, 5, len(value)) + struct.pack(f"<{len(value)}i", *value)
        raise TypeError(value)

    def text(self, text: str) -> bytes:
        """A text, with its length before it."""
        return struct.pack("<Q", len(text.encode())) + text.encode()


SMALL_MODEL: dict[str, object] = {
    "general.architecture": "llama",
    "general.name": "Tiny",
    "llama.rope.freq_base": 10000.0,
    "tokenizer.ggml.add_bos_token": False,
    "llama.block_count": 2,
    "llama.context_length": 128,
    "llama.embedding_length": 64,
    "llama.attention.head_count": 8,
    "llama.attention.head_count_kv": 4,
    "tokenizer.ggml.scores": [1, 2, 3],
    "tokenizer.ggml.tokens": ["a", "b", "ñ"],
}


@pytest.fixture(scope="session")
def gguf() -> GgufWriter:
    """Makes small .gguf files."""
    return GgufWriter()


class HubServer(ThreadingHTTPServer):
    """A hub on this machine with one repository, `school/tiny-gguf`, that answers as Hugging Face does.

    It was written after what `huggingface_hub` reads of the real one.
    """

    daemon_threads = True
    revision = "0123456789abcdef0123456789abcdef01234567"

    def __init__(self, content: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _HubHandler)
        self.files = {"Tiny.Q4_0.gguf": content, "deep/er/Tiny.gguf": content, "README.md": b"#"}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        """The method, path and headers of every request."""
        self.claimed_sha256: str | None = hashlib.sha256(content).hexdigest()
        self.refusal: tuple[int, str] | None = None
        """Status and error code for whoever wants a file."""
        self.storage: HubServer | None = None
        """Where it sends people for the files."""
        self.breaks_after: list[int] = []
        """After how many bytes the next answers break off."""
        self.is_reset = False
        """Whether they do so with a reset, as when a router forgets a connection."""
        self.knows_ranges = True
        self.repository_answer: bytes | None = None
        """What it says of its repository, if it is no hub."""

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.server_port}"

    def facts(self) -> bytes:
        """What it says of its repository."""
        siblings = [
            {"rfilename": name, "size": len(content), "blobId": "0" * 40}
            | ({"lfs": self.large_file(content)} if name.endswith(".gguf") else {})
            for name, content in self.files.items()
        ]
        facts = {"_id": "1", "id": "school/tiny-gguf", "sha": self.revision, "private": False}
        card = {"cardData": {"license": "cc-by-4.0"}, "tags": ["gguf", "license:cc-by-4.0"]}
        return json.dumps(facts | card | {"siblings": siblings}).encode()

    def large_file(self, content: bytes) -> dict[str, object] | None:
        """What it says of a large file."""
        if self.claimed_sha256 is None:
            return None
        return {"sha256": self.claimed_sha256, "size": len(content), "pointerSize": 100}

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing where a client went away."""


class _HubHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: HubServer

    def do_GET(self) -> None:
        """Answer."""
        path = unquote(urlsplit(self.path).path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((self.command, self.path, headers))
        if path == "/api/models/school/tiny-gguf":
            self.reply(200, self.server.repository_answer or self.server.facts())
            return
        start = f"/school/tiny-gguf/resolve/{self.server.revision}/"
        if not path.startswith(start) or path.removeprefix(start) not in self.server.files:
            # A hub that does not know who asks says 401, whatever it is that is not there.
            self.reply(404 if "authorization" in headers else 401, b"{}", {"x-error-code": "RepoNotFound"})
        elif self.server.refusal:
            status, code = self.server.refusal
            self.reply(status, b'{"error": "secret sentence"}', {"x-error-code": code} if code else {})
        elif self.server.storage:
            self.reply(302, b"", {"location": self.server.storage.url + self.path})
        else:
            self.send_file(self.server.files[path.removeprefix(start)], headers.get("range", ""))

    def send_file(self, content: bytes, wanted: str) -> None:
        """Send a file or the rest of it, and break off if that is the plan."""
        first = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.server.knows_ranges else 0
        rest = content[first:]
        self.send_response(206 if first else 200)
        self.send_header("content-length", str(len(rest)))
        if first:
            self.send_header("content-range", f"bytes {first}-{len(content) - 1}/{len(content)}")
        self.end_headers()
        if not self.server.breaks_after:
            self.wfile.write(rest)
            return
        self.wfile.write(rest[: self.server.breaks_after.pop(0)])
        self.wfile.flush()
        self.close_connection = True
        if self.server.is_reset:
            self.connection.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
            )
            with suppress(OSError):
                self.connection.close()

    def reply(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        """Send a short answer."""
        self.send_response(status)
        for name, value in {"content-length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Print nothing."""


@pytest.fixture
def hub_server(gguf: GgufWriter, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """A running hub, for someone with a token."""
    monkeypatch.setenv("HF_TOKEN", "hf_planted_token")
    with running(HubServer(gguf(weights=bytes(range(256)) * 4))) as server:
        yield server


@pytest.fixture
def storage_server(hub_server: HubServer) -> Iterator[HubServer]:
    """Another server, to which the hub sends people for its files."""
    with running(HubServer(hub_server.files["Tiny.Q4_0.gguf"])) as storage:
        hub_server.storage = storage
        yield storage


@contextmanager
def running(server: HubServer) -> Iterator[HubServer]:
    """The server, while it runs."""
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def pauses() -> list[float]:
    """The pauses that were made between two attempts."""
    return []


@pytest.fixture
def library(hub_server: HubServer, pauses: list[float]) -> LlamaCppLibrary:
    """A library that asks the hub on this machine."""
    return LlamaCppLibrary(hub=Hub(endpoint=hub_server.url, pause=pauses.append))


@pytest.fixture
def refused(library: LlamaCppLibrary) -> Callable[..., ProviderError]:
    """Fetches what cannot be had, and gives the error, which repeats nothing that it should not."""

    def fetch(name: str, **options: str) -> ProviderError:
        with pytest.raises(ProviderError) as caught:
            library.fetch(name, **options)
        printed = "".join(format_exception(caught.value))
        assert "hf_planted_token" not in printed
        assert "secret sentence" not in printed
        return caught.value

    return fetch
