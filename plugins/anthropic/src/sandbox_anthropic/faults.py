"""Says in our words why the service gave no answer; no key and no text of a prompt gets into them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Self

from sandbox.contracts.service_errors import ServiceErrors, is_plain_name, kind_of_status
from sandbox.domain.exchange import Request, StructuredMode
from sandbox.errors import ErrorKind, ProviderError

if TYPE_CHECKING:
    from anthropic import APIStatusError

_KIND_OF_CODE = {
    "contract_spend_limit_reached": ErrorKind.QUOTA,
    "enforced_spend_limit_reached": ErrorKind.QUOTA,
    "linked_organization_spend_limit_reached": ErrorKind.QUOTA,
    "linked_organization_billing_unavailable": ErrorKind.QUOTA,
    "organization_on_hold": ErrorKind.AUTHENTICATION,
}
_KIND_OF_TYPE = {
    "authentication_error": ErrorKind.AUTHENTICATION,
    "permission_error": ErrorKind.AUTHENTICATION,
    "billing_error": ErrorKind.QUOTA,
    "not_found_error": ErrorKind.UNKNOWN_MODEL,
    "rate_limit_error": ErrorKind.RATE_LIMIT,
    "timeout_error": ErrorKind.TIMEOUT,
    "api_error": ErrorKind.TRANSIENT,
    "overloaded_error": ErrorKind.TRANSIENT,
    "conflict_error": ErrorKind.TRANSIENT,
    "invalid_request_error": ErrorKind.INVALID_REQUEST,
    "request_too_large": ErrorKind.CONTEXT_LENGTH,
    "exceed_context_size_error": ErrorKind.CONTEXT_LENGTH,  # llama.cpp, which speaks this API, too
}
_KIND_OF_WORDS = {
    "prompt is too long": ErrorKind.CONTEXT_LENGTH,
    "exceed context limit": ErrorKind.CONTEXT_LENGTH,
    "credit balance is too low": ErrorKind.QUOTA,
    "api usage limits": ErrorKind.QUOTA,
    "content filtering policy": ErrorKind.CONTENT_FILTER,
}
"""What an `invalid_request_error` is about; for these the service has no code, only its sentence."""
_WORDS_OF_SCHEMAS = ("output_config", "output_format", "output format", "schema", "grammar")


@dataclass(frozen=True, slots=True)
class Fault:
    """What the service says of an error."""

    type: str = ""
    code: str = ""
    sentence: str = field(default="", repr=False)
    """It may repeat the prompt or the key, so it is looked at, but never shown."""

    @classmethod
    def read(cls, body: object) -> Self:
        """The fault in a body; one that says nothing, if it holds none."""
        error = _inner(body, "error")
        code = _inner(error.get("details"), "").get("error_code") if error else None
        said = [error.get("type"), code, error.get("message")]
        return cls(*(each if isinstance(each, str) else "" for each in said))

    def kind(self, status: int | None) -> ErrorKind:
        """What it means; if it does not say, its HTTP status does."""
        if self.code in _KIND_OF_CODE:
            return _KIND_OF_CODE[self.code]
        if self.type in {"", "invalid_request_error"}:
            for words, kind in _KIND_OF_WORDS.items():
                if words in self.sentence.lower():
                    return kind
        if self.type in _KIND_OF_TYPE:
            return _KIND_OF_TYPE[self.type]
        return ErrorKind.TRANSIENT if status is None else kind_of_status(status)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultReader:
    """Makes the errors of one request."""

    errors: ServiceErrors
    request: Request

    @contextmanager
    def in_our_words(self) -> Iterator[None]:
        """A block in which what the SDK and the HTTP library raise becomes a ProviderError.

        What is raised hides its cause, which holds the request, the service's words and the key.
        """
        # The modules are looked up only when there was an error; they take long to import.
        try:
            yield
        except TimeoutError:
            raise self._timeout() from None
        except (_sdk().APITimeoutError, _http().TimeoutException):
            raise self._timeout() from None
        except (_sdk().APIConnectionError, _http().TransportError) as error:
            raise self.errors.unreachable(error) from None
        except _sdk().APIStatusError as error:
            raise self._status(error) from None

    def bad_response(self, status: int | None, request_id: str | None) -> ProviderError:
        """The service said it was well, and sent something else than an answer."""
        return self.errors.of(ErrorKind.BAD_RESPONSE, status=status, request_id=request_id)

    def fault(
        self,
        fault: Fault,
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        request_id: str | None = None,
    ) -> ProviderError:
        """The service says that there will be no answer, or no more of it."""
        kind = fault.kind(status)
        advice = ""
        if kind is ErrorKind.INVALID_REQUEST:
            advice = self._advice_on_refusal(fault, status)
        elif kind is ErrorKind.TIMEOUT:
            advice = f"{self.errors.service} ran out of time itself: try again later, or ask for less."
        return self.errors.of(kind, advice=advice, status=status, headers=headers, request_id=request_id)

    def _timeout(self) -> ProviderError:
        return self.errors.timeout(self.request.timeout_seconds)

    def _status(self, error: "APIStatusError") -> ProviderError:
        return self.fault(
            Fault.read(error.body),
            status=error.status_code,
            headers=error.response.headers,
            request_id=error.request_id,
        )

    def _advice_on_refusal(self, fault: Fault, status: int | None) -> str:
        """What to change, if the service's sentence names something that was sent."""
        said, model, mode = fault.sentence.lower(), self.errors.model, self.request.structured
        settings = self.request.settings
        given = {"temperature": settings.temperature, "top_p": settings.top_p}
        for setting, value in given.items():
            if value is not None and setting in said:
                return f"'{model}' does not take this {setting}: leave {setting} out of the settings."
        if mode is StructuredMode.TOOL and "tool" in said:
            return (
                f"'{model}' cannot be made to call a tool: set structured = \"native\" for this provider."
            )
        if mode is StructuredMode.NATIVE and any(word in said for word in _WORDS_OF_SCHEMAS):
            return (
                f"'{model}' does not take this JSON schema: "
                'set structured = "tool" or "prompt" for this provider.'
            )
        if "max_tokens" in said:
            return f"'{model}' cannot write this much: lower max_output_tokens in the settings."
        # The service's own sentence may repeat the prompt or the key; names of things cannot.
        names = [name for name in (fault.type, fault.code) if is_plain_name(name)]
        details = ", ".join([f"HTTP {status}"] * bool(status) + names)
        return (
            f"{self.errors.service} refused the request ({details}): "
            "check the settings, and the options base_url and structured."
        )


def _inner(value: object, name: str) -> Mapping[str, object]:
    inner = value.get(name) if name and isinstance(value, dict) else value
    return inner if isinstance(inner, dict) else {}


def _sdk() -> ModuleType:
    return import_module("anthropic")


def _http() -> ModuleType:
    return import_module("httpx2")
