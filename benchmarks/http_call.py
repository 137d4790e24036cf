"""What one call over HTTP costs us in CPU: the plugin openai_http, the provider openai, and aiohttp alone.

The server runs in a process of its own, and answers at once. Each client runs in a fresh process, in turns.
Other numbers than the usual: `python benchmarks/http_call.py CALLS AT_ONCE`.
"""

import asyncio
import json
import multiprocessing
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from unittest.mock import patch

from aiohttp import ClientSession, TCPConnector, web
from sandbox_openai_http.provider import build_openai_http

from sandbox.bundled.providers.openai import build_openai
from sandbox.contracts.provider import Provider
from sandbox.domain.exchange import Message, Request, Role

Ask = Callable[[], Awaitable[object]]
CALLS = 2000
AT_ONCE = 100
ROUNDS = 3
CLIENTS = ("aiohttp alone", "openai_http", "openai", "openai on httpx2")
PROMPT = "Plants drink light, and give us air. " * 54  # about two kilobytes
ANSWER = json.dumps(
    {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_760_000_000,
        "model": "small",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": "Well seen! Draw the roots, too. " * 40},
                "logprobs": None,
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 500, "completion_tokens": 320, "total_tokens": 820},
    }
).encode()


async def reply(request: web.Request) -> web.Response:
    """Read what is asked, and give the same answer every time."""
    await request.read()
    return web.Response(body=ANSWER, content_type="application/json")


def serve(pipe: Connection) -> None:
    """Serve until the process is ended, and tell the port."""

    async def run() -> None:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", reply)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        pipe.send(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(run())


async def measure(ask: Ask, calls: int, at_once: int) -> float:
    """CPU milliseconds of one call, after as many as are asked at once have opened the connections."""
    left = iter(range(calls))

    async def work() -> None:
        for _ in left:
            await ask()

    await asyncio.gather(*(ask() for _ in range(at_once)))
    started = time.process_time()
    await asyncio.gather(*(work() for _ in range(at_once)))
    return 1000 * (time.process_time() - started) / calls


async def measure_aiohttp(url: str, calls: int, at_once: int) -> float:
    """The floor: nothing but the body, the call, and the JSON."""
    body = {"model": "small", "messages": [{"role": "user", "content": PROMPT}], "max_tokens": 2000}
    async with ClientSession(connector=TCPConnector(limit=0)) as session:

        async def ask() -> str:
            async with session.post(f"{url}/chat/completions", data=json.dumps(body).encode()) as response:
                text: str = json.loads(await response.read())["choices"][0]["message"]["content"]
                return text

        return await measure(ask, calls, at_once)


async def measure_provider(provider: Provider, calls: int, at_once: int) -> float:
    """A provider, asked with a request that is ready."""
    request = Request(model="small", messages=(Message(role=Role.USER, content=PROMPT),))
    try:
        return await measure(lambda: provider.complete(request), calls, at_once)
    finally:
        await provider.aclose()


def measure_client(name: str, url: str, calls: int, at_once: int) -> float:
    """What one of the clients needs, in this process."""
    options = {"base_url": url}
    match name:
        case "openai_http":
            return asyncio.run(measure_provider(build_openai_http(options), calls, at_once))
        case "openai":
            return asyncio.run(measure_provider(build_openai(options), calls, at_once))
        case "openai on httpx2":  # as where aiohttp is not installed
            with patch("sandbox.bundled.providers.openai_connecting.fast_transport", return_value=None):
                return asyncio.run(measure_provider(build_openai(options), calls, at_once))
        case _:
            return asyncio.run(measure_aiohttp(url, calls, at_once))


def main() -> None:
    """Print a row for each client: minimum, median, maximum."""
    if len(sys.argv) == 5:
        name, url, *numbers = sys.argv[1:]
        print(measure_client(name, url, *map(int, numbers)))
        return
    calls, at_once = map(int, sys.argv[1:3]) if len(sys.argv) == 3 else (CALLS, AT_ONCE)
    pipe, end = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(end,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{pipe.recv()}/v1"
    taken: dict[str, list[float]] = {name: [] for name in CLIENTS}
    for _ in range(ROUNDS):
        for name in CLIENTS:
            command = [sys.executable, __file__, name, url, str(calls), str(at_once)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8")
            taken[name].append(float(done.stdout))
    server.terminate()
    server.join()
    print(f"{'':16} min    median max   (ms of CPU a call, n={calls}, {at_once} at once, {ROUNDS} rounds)")
    for name, each in taken.items():
        print(f"{name:16} {min(each):.3f}  {statistics.median(each):.3f}  {max(each):.3f}")


if __name__ == "__main__":
    main()
