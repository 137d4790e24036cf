"""Call and parse: a request becomes an artifact, with as many calls as it takes to read an answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from sandbox.domain.artifact import Artifact
from sandbox.domain.event import RepairAsked
from sandbox.domain.exchange import Completion, Message, ModelCard, Request, Role, StructuredMode
from sandbox.errors import ProviderError, StoppedError
from sandbox.pipeline.calling import Called, CallPolicy
from sandbox.pipeline.parsing import Parsed, Remedy, parse_answer

Call = Callable[[Request], Awaitable[Called]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How answers are read, and what a model is told if one cannot be."""

    artifact_type: type[Artifact]
    language: str
    card: ModelCard
    policy: CallPolicy
    words_to_mend: Callable[[str], str]
    """What to say to a model whose answer has this problem."""
    trial: str = ""
    """The fingerprint of the trial that this is for."""

    def parse(self, completion: Completion) -> Parsed:
        """The artifact in an answer, or why there is none."""
        return parse_answer(completion, self.artifact_type, language=self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of a request. The completion is the last one, with the tokens and the cost of all."""

    completion: Completion | None
    parsed: Parsed = field(default_factory=Parsed)
    error: ProviderError | None = None
    calls: int = 0
    repairs: int = 0
    messages: tuple[Message, ...] = ()
    """What was sent in the last call."""


async def answer_request(call: Call, request: Request, reading: Reading) -> Answered:
    """Ask, and where the answer cannot be read, ask the model to mend it, or give it more room once.

    If such a repair fails, what came before it stands.

    Raises:
        StoppedError: the model is not asked any more.
    """
    called = await call(request)
    if called.completion is None:
        return Answered(completion=None, error=called.error, calls=called.calls)
    answered = Answered(
        completion=called.completion,
        parsed=reading.parse(called.completion),
        calls=called.calls,
        messages=request.messages,
    )
    while answered.repairs < reading.policy.max_repairs:
        repaired = _repaired(request, answered, reading)
        if repaired is None:
            break
        if reading.policy.tell:
            reading.policy.tell(
                RepairAsked(model=request.model, repair=answered.repairs + 1, trial=reading.trial)
            )
        try:
            called = await call(repaired)
        except StoppedError:
            return answered
        calls, repairs = answered.calls + called.calls, answered.repairs + 1
        if called.completion is None:
            return replace(answered, calls=calls, repairs=repairs)
        request, answered = (
            repaired,
            Answered(
                completion=_added(answered.completion, called.completion),
                parsed=reading.parse(called.completion),
                calls=calls,
                repairs=repairs,
                messages=repaired.messages,
            ),
        )
    return answered


def _repaired(request: Request, answered: Answered, reading: Reading) -> Request | None:
    """The request that may get a better answer; None if there is no hope."""
    completion, parsed = answered.completion, answered.parsed
    if completion is None or parsed.artifact is not None:
        return None
    if parsed.remedy is Remedy.MORE_ROOM and answered.repairs == 0:
        return _with_more_room(request, reading.card)
    # A grammar lets nothing else through: the model would only write the same again.
    if parsed.remedy is not Remedy.ASK_TO_MEND or request.structured is StructuredMode.GRAMMAR:
        return None
    words = reading.words_to_mend(parsed.problem)
    talk = (
        Message(role=Role.ASSISTANT, content=completion.text or "(nothing)"),
        Message(role=Role.USER, content=words),
    )
    return request.model_copy(update={"messages": request.messages + talk})


def _with_more_room(request: Request, card: ModelCard) -> Request | None:
    limit = 2 * request.settings.max_output_tokens
    limits = [each for each in (card.max_output_tokens, card.context_tokens) if each is not None]
    limit = min([limit, *limits])
    if limit <= request.settings.max_output_tokens:
        return None
    settings = request.settings.model_copy(update={"max_output_tokens": limit})
    return request.model_copy(update={"settings": settings})


def _added(before: Completion | None, now: Completion) -> Completion:
    """The answer now, with what both took."""
    if before is None:
        return now
    is_known = before.cost_usd is not None and now.cost_usd is not None
    return now.model_copy(
        update={
            "usage": before.usage + now.usage,
            "latency_seconds": before.latency_seconds + now.latency_seconds,
            "cost_usd": (before.cost_usd or 0) + (now.cost_usd or 0) if is_known else None,
        }
    )
