"""A real HTTP server on this machine that speaks the chat completions protocol, and counts."""

import contextlib
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.examples import FEEDBACK


class _PatientServer(ThreadingHTTPServer):
    """Lets many connections wait in line, where the usual five would reset the sixth."""

    request_queue_size = 128


class ChatServer:
    """Answers every question with one feedback, after a while; it may go away for good."""

    def __init__(self, *, latency_seconds: float = 0.05) -> None:
        self.asked: Counter[str] = Counter()
        """How often each question was answered."""
        self.bodies: list[str] = []
        self.models = {"small"}
        self.latency_seconds = latency_seconds
        self.goes_away_after: int | None = None
        self._lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                if server.is_away():
                    self.close_connection = True
                    return
                time.sleep(server.latency_seconds)
                is_known = json.loads(body)["model"] in server.models
                answer = server.answer(body) if is_known else b'{"error": {"message": "no such model"}}'
                self.send_response(200 if is_known else 404)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                with contextlib.suppress(ConnectionError):  # the one who asked may have been killed
                    self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Stay quiet."""

        self._server = _PatientServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    @property
    def base_url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def is_away(self) -> bool:
        """Whether it does not answer any more."""
        return self.goes_away_after is not None and self.asked.total() >= self.goes_away_after

    def answer(self, body: str) -> bytes:
        """The answer to one question, which is counted."""
        question = json.loads(body)["messages"][-1]["content"]
        with self._lock:
            self.asked[question] += 1
            self.bodies.append(body)
        message = {"role": "assistant", "content": json.dumps(FEEDBACK)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        usage = {"prompt_tokens": 300, "completion_tokens": 120, "total_tokens": 420}
        whole = {"id": "c1", "object": "chat.completion", "created": 1, "model": "served-model"}
        return json.dumps(whole | {"choices": [choice], "usage": usage}).encode()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def chat_server() -> Iterator[ChatServer]:
    """A server for one test."""
    server = ChatServer()
    yield server
    server.close()
