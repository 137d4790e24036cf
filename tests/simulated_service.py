"""A model service with a capacity, faults and prices, which runs in virtual time."""

import asyncio
import random
from dataclasses import dataclass, field

from sandbox.domain.exchange import Completion, ModelCard, Request, Usage
from sandbox.errors import ErrorKind, ProviderError


@dataclass
class SimulatedService:
    """Answers after a while, unless it is asked too much at once, or has bad luck."""

    answer: str = "fine"
    latency_seconds: float = 1.0
    capacity: int = 10_000
    """With more under way it says "too often"."""
    retry_after_seconds: float | None = None
    faults: dict[ErrorKind, float] = field(default_factory=dict)
    """How often each happens, from 0 to 1."""
    output_tokens: tuple[int, int] = (10, 10)
    down: tuple[float, float] = (0, 0)
    """From when to when it does not answer at all."""
    seed: int = 0
    under_way: int = 0
    most_under_way: int = 0
    calls: int = 0
    answers: int = 0
    began: list[float] = field(default_factory=list)
    """When each call came in."""
    billed_tokens: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def describe(self, model: str) -> ModelCard:
        """The model of this name."""
        return ModelCard(name=model)

    async def complete(self, request: Request) -> Completion:
        """What the service says to one request."""
        now = asyncio.get_running_loop().time
        self.calls += 1
        self.began.append(now())
        if self.down[0] <= now() < self.down[1]:
            raise ProviderError(ErrorKind.TRANSIENT, "connection refused")
        if self.under_way >= self.capacity:
            raise self._error(ErrorKind.RATE_LIMIT)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await asyncio.sleep(self.latency_seconds * self._random.uniform(0.8, 1.2))
        finally:
            self.under_way -= 1
        drawn = self._random.random()
        for kind, share in self.faults.items():
            if drawn < share:
                raise self._error(kind)
            drawn -= share
        self.answers += 1
        into = sum(len(message.content.split()) for message in request.messages)
        low, high = self.output_tokens
        usage = Usage(input_tokens=into, output_tokens=self._random.randint(low, high))
        self.billed_tokens += usage.input_tokens + usage.output_tokens
        return Completion(text=self.answer, model_served="simulated", usage=usage)

    async def aclose(self) -> None:
        """Nothing is held open."""

    def _error(self, kind: ErrorKind) -> ProviderError:
        wait = self.retry_after_seconds if kind is ErrorKind.RATE_LIMIT else None
        return ProviderError(kind, f"it says {kind}", status=500, retry_after_seconds=wait)
