"""Between `sandbox` and llama.cpp: a request becomes what llama.cpp is asked, its answer a completion."""

from sandbox.domain.exchange import Completion, FinishReason, Message, Request, Role, Usage
from sandbox.errors import ErrorKind, ProviderError
from sandbox_llamacpp.known_weights import KNOWN_WEIGHTS
from sandbox_llamacpp.server import Json, StreamedAnswer

_SEEDS = 2**32 - 1
"""llama.cpp keeps seeds below this number, and takes the number itself for 'choose one'."""

_AGAINST_LOOPS = {"repeat_penalty": 1.1, "repeat_last_n": 512}
"""Without it a small model copies one sentence into every field."""


_TEMPERATURE = 0.2
"""Where none is asked for: a small model that always takes the likeliest word goes round in circles."""


def request_body(request: Request) -> Json:
    """What llama.cpp is asked. It always streams, because only a stream can be stopped."""
    settings = request.settings
    body: dict[str, object] = {
        "messages": [
            {"role": message.role.value, "content": message.content} for message in _messages(request)
        ],
        "max_tokens": settings.max_output_tokens,
        "temperature": _TEMPERATURE if settings.temperature is None else settings.temperature,
        "stream": True,
        "stream_options": {"include_usage": True},
        "return_progress": True,
        # What is left of the request before changes the rounding, and with it the answer to the same seed.
        "cache_prompt": False,
    }
    if settings.top_p is not None:
        body["top_p"] = settings.top_p
    # Without a seed the repeat's number is one: a trial repeats itself, and repeats differ.
    body["seed"] = (request.repeat if settings.seed is None else settings.seed) % _SEEDS
    return body | _AGAINST_LOOPS


def _messages(request: Request) -> tuple[Message, ...]:
    """The messages; the known model gets an empty system message where its template would invent one."""
    first_role = request.messages[0].role if request.messages else None
    if request.model in KNOWN_WEIGHTS and first_role is not Role.SYSTEM:
        return Message(role=Role.SYSTEM, content=""), *request.messages
    return request.messages


def read_completion(answer: StreamedAnswer, *, model: str, latency_seconds: float) -> Completion:
    """The completion that came in.

    Raises:
        ProviderError: what came in is an error, is not complete, or does not keep to the schema.
    """
    if answer.error:
        raise _refusal(answer.error)
    if answer.is_off_schema:
        raise ProviderError(
            ErrorKind.INVALID_REQUEST,
            "llama.cpp cannot make a grammar of this schema: look for an unknown type, a reference that "
            "leads nowhere, or a pattern that looks ahead, such as that of a Decimal.",
        )
    if answer.finish_reason is None:
        raise ProviderError(ErrorKind.BAD_RESPONSE, f"'{model}' stopped before its answer was complete.")
    usage = answer.usage
    return Completion(
        text=answer.text,
        model_served=model,
        usage=Usage(
            input_tokens=usage.get("prompt_tokens", 0),
            output_tokens=usage.get("completion_tokens", 0),
            cached_input_tokens=usage.get("prompt_tokens_details", {}).get("cached_tokens", 0),
            is_estimated=not usage,
        ),
        finish_reason=FinishReason.LENGTH if answer.finish_reason == "length" else FinishReason.STOP,
        latency_seconds=latency_seconds,
    )


def _refusal(error: Json) -> ProviderError:
    """An error of llama.cpp by its kind. Its words are not repeated: they may quote what was asked."""
    reason, status = error.get("type"), error.get("code")
    if reason == "exceed_context_size_error":
        return ProviderError(
            ErrorKind.CONTEXT_LENGTH,
            f"The prompt takes {error.get('n_prompt_tokens')} tokens where {error.get('n_ctx')} fit: "
            "shorten it, or raise context_tokens under [providers.llamacpp].",
            status=status,
        )
    is_our_mistake = reason in {"invalid_request_error", "not_supported_error"}
    return ProviderError(
        ErrorKind.INVALID_REQUEST if is_our_mistake else ErrorKind.TRANSIENT,
        f"llama.cpp could not answer ({reason or 'it gives no reason'}).",
        status=status,
    )
