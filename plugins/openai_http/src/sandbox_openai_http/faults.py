"""Says in our words why a server gave no answer; no key and no text of a prompt gets into them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module

from pydantic_core import from_json

from sandbox.contracts.service_errors import (
    AnswerTooLargeError,
    ServiceErrors,
    is_plain_name,
    kind_of_status,
)
from sandbox.domain.exchange import Request, StructuredMode
from sandbox.errors import ErrorKind, ProviderError
from sandbox_openai_http.answering import ReportedError

_KIND_OF_CODE = {
    "exceed_context_size_error": ErrorKind.CONTEXT_LENGTH,  # llama.cpp, which gives it as the type
    "not_supported_error": ErrorKind.INVALID_REQUEST,  # likewise, with HTTP 501
    # What gateways before a server hand on from elsewhere.
    "context_length_exceeded": ErrorKind.CONTEXT_LENGTH,
    "content_filter": ErrorKind.CONTENT_FILTER,
    "content_policy_violation": ErrorKind.CONTENT_FILTER,
    "insufficient_quota": ErrorKind.QUOTA,
    "invalid_api_key": ErrorKind.AUTHENTICATION,
    "model_not_found": ErrorKind.UNKNOWN_MODEL,
    "rate_limit_exceeded": ErrorKind.RATE_LIMIT,
    "server_error": ErrorKind.TRANSIENT,
}
_TOO_LONG = ("maximum context length", "maximum model length", "context size has been exceeded")
"""What those say that give no code: vLLM; LM Studio."""
_WORDS_OF_SCHEMAS = ("response_format", "json_schema", "schema", "grammar")
_SENT_FORMATS = (StructuredMode.NATIVE, StructuredMode.JSON_OBJECT)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultReader:
    """Makes the errors of one request. They hide their causes, which hold the address and the answer."""

    errors: ServiceErrors
    request: Request

    @contextmanager
    def in_our_words(self) -> Iterator[None]:
        """A block in which what is raised while the server is asked becomes a ProviderError."""
        # aiohttp is looked up only when there was an error; it takes long to import.
        try:
            yield
        except TimeoutError:
            raise self.errors.timeout(self.request.timeout_seconds) from None
        except AnswerTooLargeError:
            raise self.errors.too_large() from None
        except import_module("aiohttp").ClientHttpProxyError as error:
            raise self.errors.unreachable(error) from None
        except import_module("aiohttp").ClientResponseError:
            # What came was no HTTP; statuses that are errors raise nothing.
            raise self.errors.of(ErrorKind.BAD_RESPONSE) from None
        except (OSError, import_module("aiohttp").ClientError) as error:
            raise self.errors.unreachable(error) from None

    @contextmanager
    def reading(self, status: int, request_id: str | None) -> Iterator[None]:
        """A block in which what is wrong with an answer becomes a ProviderError."""
        try:
            yield
        except ReportedError as error:
            raise self._reported(error.told, status, request_id) from None
        except ValueError:
            raise self.errors.of(ErrorKind.BAD_RESPONSE, status=status, request_id=request_id) from None

    def status(self, status: int, headers: Mapping[str, str], body: bytes) -> ProviderError:
        """The server answered with an HTTP status that is an error."""
        try:
            facts = _facts(from_json(body))
        except ValueError:
            facts = {}
        kind = _kind_told(facts) or kind_of_status(status)
        advice = self._advice_on_refusal(facts, status) if kind is ErrorKind.INVALID_REQUEST else ""
        return self.errors.of(
            kind, advice=advice, status=status, headers=headers, request_id=headers.get("x-request-id")
        )

    def _reported(self, told: object, status: int, request_id: str | None) -> ProviderError:
        """The server began well, and said in the body that it failed, or said no more."""
        facts = _facts(told)
        kind, code = _kind_told(facts), facts.get("code")
        if kind is None and isinstance(code, int) and code >= 400:
            kind = kind_of_status(code)
        return self.errors.of(kind or ErrorKind.BAD_RESPONSE, status=status, request_id=request_id)

    def _advice_on_refusal(self, facts: Mapping[str, object], status: int) -> str:
        """What to change, if the server's sentence names something that was sent."""
        said, model = f"{facts.get('param') or ''} {facts.get('message') or ''}".lower(), self.errors.model
        # The sentence may quote the prompt, in which any word can stand: what was not sent is not meant.
        if self.request.structured in _SENT_FORMATS and any(word in said for word in _WORDS_OF_SCHEMAS):
            return (
                f"The server does not hold '{model}' to a JSON schema in this way: "
                'set structured = "json_object" or "prompt" in [providers.openai_http].'
            )
        for setting, value in self.request.settings.model_dump(exclude={"max_output_tokens"}).items():
            if value is not None and setting in said:
                return f"'{model}' does not take this {setting}: leave {setting} out of the settings."
        if "max_tokens" in said:
            return f"'{model}' cannot write this much: lower max_output_tokens in the settings."
        # The server's own sentence may repeat the prompt or the key; names of things cannot.
        names = [str(facts[name]) for name in ("type", "code", "param") if is_plain_name(facts.get(name))]
        return (
            f"{self.errors.service} refused the request ({', '.join([f'HTTP {status}', *names])}): "
            "check the settings, and the options base_url and structured."
        )


def _facts(told: object) -> Mapping[str, object]:
    """What a server says of an error: within an `error` or without, or in a mere sentence."""
    inner = told.get("error", told) if isinstance(told, dict) else {}
    if isinstance(inner, str):
        return {"message": inner}
    return inner if isinstance(inner, dict) else {}


def _kind_told(facts: Mapping[str, object]) -> ErrorKind | None:
    """What went wrong, if the server says more than a status."""
    for code in (facts.get("code"), facts.get("type")):
        if isinstance(code, str) and code in _KIND_OF_CODE:
            return _KIND_OF_CODE[code]
    said = str(facts.get("message") or "").lower()
    return ErrorKind.CONTEXT_LENGTH if any(words in said for words in _TOO_LONG) else None
