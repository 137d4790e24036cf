"""Says in our words why the Gemini API gave no answer; no key and no text of a prompt gets into them."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.contracts.service_errors import ServiceErrors, is_plain_name, kind_of_status
from sandbox.errors import ErrorKind, ProviderError
from sandbox_google.connection import http_errors, sdk_errors

if TYPE_CHECKING:
    from google.genai.errors import APIError

_KIND_OF_STATUS_NAME = {
    "UNAUTHENTICATED": ErrorKind.AUTHENTICATION,
    "PERMISSION_DENIED": ErrorKind.AUTHENTICATION,
    "NOT_FOUND": ErrorKind.UNKNOWN_MODEL,
    "FAILED_PRECONDITION": ErrorKind.UNAVAILABLE,
    "DEADLINE_EXCEEDED": ErrorKind.TIMEOUT,
    "CANCELLED": ErrorKind.TRANSIENT,
    "ABORTED": ErrorKind.TRANSIENT,
}
_TOO_LONG = re.compile(r"token count\b.*\bexceed", re.IGNORECASE | re.DOTALL)
_DELAY = re.compile(r"(\d+(?:\.\d+)?)s", re.ASCII)

Detail = Mapping[str, Any]
"""One of the details of an error, such as google.rpc.ErrorInfo; its values are whatever JSON allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorReader:
    """Reads the errors of one call."""

    errors: ServiceErrors
    timeout_seconds: float

    @contextmanager
    def in_our_words(self) -> Iterator[None]:
        """Turn whatever the SDK and its HTTP library raise within into a ProviderError.

        What is raised hides its cause: the SDK's errors hold the request, the service's words and the key.
        """
        http = http_errors()
        try:
            yield
        except (TimeoutError, http.TimeoutException):
            raise self.errors.timeout(self.timeout_seconds) from None
        except sdk_errors().APIError as error:
            raise self._refused(error) from None
        except http.TransportError as error:
            raise self.errors.unreachable(error) from None
        except (ValueError, TypeError, AttributeError, LookupError, http.RequestError):
            # That is how the SDK fails on a reply that has not the form it should have.
            raise self.bad_response() from None

    def bad_response(self) -> ProviderError:
        """The service said it was well, and sent something else than an answer."""
        return self.errors.of(ErrorKind.BAD_RESPONSE)

    def blocked(self) -> ProviderError:
        """The service did not let the model see the prompt."""
        return self.errors.of(ErrorKind.CONTENT_FILTER)

    def _refused(self, error: "APIError") -> ProviderError:
        details = _details(error)
        kind = _kind(error, details)
        headers = getattr(error.response, "headers", None) or {}
        if delay := _retry_delay(details):
            headers = {"retry-after": delay}
        return self.errors.of(
            kind, advice=self._advice(kind, error, details), status=error.code, headers=headers
        )

    def _advice(self, kind: ErrorKind, error: "APIError", details: list[Detail]) -> str:
        service, model = self.errors.service, self.errors.model
        match kind:
            case ErrorKind.QUOTA:
                return (
                    f"This key has used up what {service} allows for '{model}' in a day: "
                    "go on tomorrow, or look at the plan and billing of its project."
                )
            case ErrorKind.UNAVAILABLE:
                return (
                    f"{service} cannot be used with this key from here (HTTP {error.code}): its free plan "
                    "is not offered in every country. Look at the billing of the key's project."
                )
            case ErrorKind.TIMEOUT:
                return (
                    f"{service} ran out of time itself (HTTP {error.code}): "
                    "allow more time, or ask for less."
                )
            case ErrorKind.INVALID_REQUEST:
                return self._advice_on_refusal(error, details)
            case _:
                return ""

    def _advice_on_refusal(self, error: "APIError", details: list[Detail]) -> str:
        said = str(error.message).lower()
        fields = [name for name in _refused_fields(details) if is_plain_name(name)]
        if any(word in said for word in ("schema", "json mode", "mime")):
            return (
                f"'{self.errors.model}' does not take this JSON schema: "
                'set structured = "json_object" or "prompt" for this provider.'
            )
        named = ", ".join([f"HTTP {error.code}", *(f"field {name}" for name in fields)])
        return (
            f"{self.errors.service} refused the request ({named}): "
            "check the settings, and the options base_url and structured."
        )


def _kind(error: "APIError", details: list[Detail]) -> ErrorKind:
    if error.code < 400:
        return ErrorKind.BAD_RESPONSE
    if any(str(detail.get("reason")).startswith("API_KEY_") for detail in details):
        return ErrorKind.AUTHENTICATION
    if error.code == 400 and _TOO_LONG.search(str(error.message)):
        return ErrorKind.CONTEXT_LENGTH
    if error.code == 429:
        is_for_today = any("PerDay" in quota for quota in _exceeded_quotas(details))
        return ErrorKind.QUOTA if is_for_today else ErrorKind.RATE_LIMIT
    return _KIND_OF_STATUS_NAME.get(str(error.status), kind_of_status(error.code))


def _details(error: "APIError") -> list[Detail]:
    """The details that the service adds, if it adds any: a proxy may send anything else."""
    body = error.details
    inner = body.get("error", body) if isinstance(body, dict) else None
    details = inner.get("details") if isinstance(inner, dict) else None
    return [each for each in details if isinstance(each, dict)] if isinstance(details, list) else []


def _entries(details: list[Detail], name: str) -> Iterator[Detail]:
    for detail in details:
        entries = detail.get(name)
        if isinstance(entries, list):
            yield from (each for each in entries if isinstance(each, dict))


def _exceeded_quotas(details: list[Detail]) -> list[str]:
    return [str(violation.get("quotaId")) for violation in _entries(details, "violations")]


def _refused_fields(details: list[Detail]) -> list[str]:
    return [str(violation.get("field")) for violation in _entries(details, "fieldViolations")]


def _retry_delay(details: list[Detail]) -> str | None:
    """The seconds to wait, of a google.rpc.RetryInfo."""
    for detail in details:
        if found := _DELAY.fullmatch(str(detail.get("retryDelay"))):
            return found[1]
    return None
