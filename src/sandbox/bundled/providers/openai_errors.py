"""Says in our words why the OpenAI SDK gave no answer; no key and no text of a prompt gets into them."""

import math
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from sandbox.errors import ErrorKind, ProviderError

if TYPE_CHECKING:
    from openai import APIConnectionError, APIStatusError

_KIND_OF_CODE = {
    "insufficient_quota": ErrorKind.QUOTA,
    "billing_hard_limit_reached": ErrorKind.QUOTA,
    "context_length_exceeded": ErrorKind.CONTEXT_LENGTH,
    "exceed_context_size_error": ErrorKind.CONTEXT_LENGTH,  # llama.cpp, which gives it as the type
    "content_filter": ErrorKind.CONTENT_FILTER,
    "content_policy_violation": ErrorKind.CONTENT_FILTER,
    "model_not_found": ErrorKind.UNKNOWN_MODEL,
}
_KIND_OF_STATUS = {
    401: ErrorKind.AUTHENTICATION,
    402: ErrorKind.QUOTA,
    403: ErrorKind.AUTHENTICATION,
    404: ErrorKind.UNKNOWN_MODEL,
    408: ErrorKind.TRANSIENT,
    409: ErrorKind.TRANSIENT,
    429: ErrorKind.RATE_LIMIT,
}
_ADVICE = {
    ErrorKind.AUTHENTICATION: "{server} does not let this key use '{model}': "
    "check the variable {key_variable}, and what the key may do.",
    ErrorKind.QUOTA: "The account at {server} has no credit left: check its plan and billing.",
    ErrorKind.UNKNOWN_MODEL: "{server} knows no model '{model}': check the name, "
    "whether your account may use it, and base_url, which mostly ends in /v1.",
    ErrorKind.RATE_LIMIT: "{server} wants fewer requests: wait a little, or lower max_concurrency.",
    ErrorKind.CONTEXT_LENGTH: "The request is longer than '{model}' can take: "
    "shorten the inputs, lower max_output_tokens, or choose another model.",
    ErrorKind.CONTENT_FILTER: "The content filter of {server} refused the request: "
    "look at the inputs of this case.",
    ErrorKind.TRANSIENT: "{server} cannot answer now (HTTP {status}): try again later.",
}
_REFUSABLE_SETTINGS = ("temperature", "top_p", "seed", "response_format")
_NAME = re.compile(r"[A-Za-z_][\w.\[\]-]{0,79}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorReader:
    """Reads the errors of one call: which model was asked, where, and which variable holds the key."""

    model: str
    server: str
    key_variable: str

    def timeout(self, seconds: float) -> ProviderError:
        """The time ran out."""
        return ProviderError(
            ErrorKind.TIMEOUT,
            f"{self.server} did not answer within {seconds:g} seconds: allow more time, or ask for less.",
        )

    def bad_response(self, status: int, request_id: str | None) -> ProviderError:
        """The service said it was well, and sent something else than an answer."""
        return ProviderError(
            ErrorKind.BAD_RESPONSE,
            f"{self.server} sent something that is no chat completion: check base_url, or try again later.",
            status=status,
            request_id=request_id,
        )

    def connection(self, error: "APIConnectionError") -> ProviderError:
        """The server was not reached; only a distrusted certificate will not mend itself."""
        if _has_cause(error, ssl.SSLCertVerificationError):
            return ProviderError(
                ErrorKind.UNAVAILABLE,
                f"The certificate of {self.server} is not trusted here: if your network has its own, "
                "put the path of that certificate into the variable SSL_CERT_FILE.",
            )
        return ProviderError(
            ErrorKind.TRANSIENT,
            f"{self.server} cannot be reached: check that it runs, base_url, and your network.",
        )

    def status(self, error: "APIStatusError") -> ProviderError:
        """The service answered with an HTTP status that is an error."""
        kind = _kind(error)
        return ProviderError(
            kind,
            self._advice(kind, error),
            status=error.status_code,
            retry_after_seconds=retry_after_seconds(error.response.headers, now=datetime.now(UTC)),
            request_id=error.request_id,
        )

    def _advice(self, kind: ErrorKind, error: "APIStatusError") -> str:
        if kind is ErrorKind.INVALID_REQUEST:
            return self._advice_on_refusal(error)
        return _ADVICE[kind].format(
            model=self.model, server=self.server, key_variable=self.key_variable, status=error.status_code
        )

    def _advice_on_refusal(self, error: "APIStatusError") -> str:
        match _refused_setting(error):
            case "response_format":
                return (
                    f"'{self.model}' does not take this JSON schema: "
                    'set structured = "json_object" or "prompt" for this provider.'
                )
            case str(setting):
                return f"'{self.model}' does not take this {setting}: leave {setting} out of the settings."
            case None:
                # The service's own sentence may repeat the prompt or the key; names of things cannot.
                names = [f"{what} {name}" for what, name in _names(error).items()]
                details = ", ".join([f"HTTP {error.status_code}", *names])
                return (
                    f"{self.server} refused the request ({details}): "
                    "check the settings, and the options base_url and structured."
                )


def retry_after_seconds(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """How long the service asks to wait: in milliseconds, in seconds, or until a date."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    wanted = headers.get("retry-after")
    seconds = _number(wanted)
    if seconds is not None or wanted is None:
        return seconds
    try:
        until = parsedate_to_datetime(wanted)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return max(0.0, number) if math.isfinite(number) else None


def _kind(error: "APIStatusError") -> ErrorKind:
    for code in (error.code, error.type):
        if isinstance(code, str) and code in _KIND_OF_CODE:
            return _KIND_OF_CODE[code]
    if error.status_code == 400 and "maximum context length" in error.message:  # vLLM gives no code
        return ErrorKind.CONTEXT_LENGTH
    if error.status_code >= 500:
        return ErrorKind.TRANSIENT
    return _KIND_OF_STATUS.get(error.status_code, ErrorKind.INVALID_REQUEST)


def _refused_setting(error: "APIStatusError") -> str | None:
    """The setting that the service names as the one it does not take."""
    message, parameter = error.message.lower(), _names(error).get("param", "")
    for setting in _REFUSABLE_SETTINGS:
        is_said = "unsupported" in message and f"'{setting}'" in message
        if is_said or parameter.startswith(setting):
            return setting
    return None


def _names(error: "APIStatusError") -> dict[str, str]:
    # The SDK promises texts, but hands on whatever the server sent.
    given: dict[str, object] = {"code": error.code, "param": error.param}
    return {what: name for what, name in given.items() if isinstance(name, str) and _NAME.fullmatch(name)}


def _has_cause(error: BaseException, kind: type[BaseException]) -> bool:
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:  # a chain may run in a circle
        if isinstance(cause, kind):
            return True
        seen.append(cause)
        cause = cause.__cause__ or cause.__context__
    return False
